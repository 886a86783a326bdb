import type { CanaryQualityGate } from '@ai-mesh/plugin-ai-mesh-common';
import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { canaryOptions, demoCanaries, renderTab } from '../../../__testUtils__';

const gate = (
  name: string,
  en: string,
  use: CanaryQualityGate['use'],
): CanaryQualityGate => ({
  name,
  title: { en },
  kind: 'share',
  use,
  rollBackWhen: "above 30%, and more than the stable version's",
  advanceWhen: "below 20%, or no worse than the stable version's",
});

/** The gates to choose from, which a button shows below those that are on. */
async function shown(on: string) {
  const panel = await screen.findByRole('region', { name: 'Quality gates' });
  expect(panel).toHaveTextContent(on);
  expect(within(panel).queryByRole('table')).not.toBeInTheDocument();
  await userEvent.click(
    within(panel).getByRole('button', { name: /^Choose from \d gates?$/ }),
  );
  return within(panel).getByRole('table', { name: 'Quality gates' });
}

describe('the quality gates of the form', () => {
  it('are on as the plan has them, chosen by a click, and not to be switched off where they are required', async () => {
    const canaries = demoCanaries({
      canaryOptions: jest.fn().mockResolvedValue(
        canaryOptions({
          defaults: canaryPlanSchema.parse({
            qualityGates: ['cut-off', 'safety'],
          }),
          qualityGates: [
            gate('thumbs-down', 'Thumbs down', 'optional'),
            gate('cut-off', 'Answers cut off', 'default'),
            gate('safety', 'Safety', 'required'),
          ],
        }),
      ),
    });
    await renderTab('/canary/new', { canaries });
    const table = await shown('On: Answers cut off, Safety.');
    const box = (name: string) => within(table).getByRole('checkbox', { name });
    expect(box('Thumbs down')).not.toBeChecked();
    expect(box('Answers cut off')).toBeChecked();
    expect(box('Safety')).toBeChecked();
    expect(box('Safety')).toBeDisabled();
    expect(
      within(table).getByRole('row', { name: /Thumbs down/ }),
    ).toHaveTextContent("above 30%, and more than the stable version's");

    await userEvent.click(box('Thumbs down'));
    await userEvent.click(box('Answers cut off'));
    expect(
      screen.getByRole('region', { name: 'Quality gates' }),
    ).toHaveTextContent('On: Thumbs down, Safety.');
    await waitFor(() =>
      expect(canaries.previewCanary).toHaveBeenLastCalledWith(
        expect.objectContaining({
          plan: expect.objectContaining({
            qualityGates: ['safety', 'thumbs-down'],
          }),
        }),
        expect.anything(),
      ),
    );
  });

  it.each([
    ['offer those of InferencePools where the versions are pools', true],
    ['offer none of InferencePools for other versions', false],
  ])('%s', async (_, arePools) => {
    const { services } = canaryOptions();
    const canaries = demoCanaries({
      canaryOptions: jest.fn().mockResolvedValue(
        canaryOptions({
          services: services.map(service => ({
            ...service,
            versions: arePools
              ? ['llm-v1', 'llm-v2'].map(pool => ({
                  version: { pool },
                  label: pool,
                }))
              : service.versions,
          })),
          qualityGates: [
            gate('thumbs-down', 'Thumbs down', 'optional'),
            {
              ...gate('pool-queue', 'Queue of the pool', 'optional'),
              onlyPools: true,
            },
          ],
        }),
      ),
    });
    await renderTab('/canary/new', { canaries });
    const table = await shown('None of them is on.');
    expect(
      within(table)
        .getAllByRole('checkbox')
        .map(one => one.getAttribute('aria-label')),
    ).toEqual(
      arePools ? ['Thumbs down', 'Queue of the pool'] : ['Thumbs down'],
    );
  });
});
