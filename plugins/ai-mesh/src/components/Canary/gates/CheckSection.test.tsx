import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { CheckSection } from './CheckSection';

const check: CanaryCheck = {
  at: '2026-11-26T12:00:00.000Z',
  windowSeconds: 300,
  verdict: { outcome: 'breach', message: '' },
  gates: [],
};
const versions = { canary: 'v2', stable: 'v1' };
const name = "The canary's requests by their callers' cluster";

describe('the latest check', () => {
  it('says what the callers of each cluster contribute', async () => {
    renderInTestApp(
      <CheckSection
        check={{
          ...check,
          byCluster: [
            { cluster: 'east', requests: 100, failures: 0 },
            { cluster: 'west', requests: 300, failures: 225 },
          ],
        }}
        versions={versions}
      />,
    );
    const list = await screen.findByRole('list', { name });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'east: 100 requests, of which 0 failed',
      'west: 300 requests, of which 225 failed',
    ]);
  });

  it('says nothing of clusters where there is one', async () => {
    renderInTestApp(<CheckSection check={check} versions={versions} />);
    await screen.findByRole('table', { name: 'Gates' });
    expect(screen.queryByRole('list', { name })).toBeNull();
  });

  it('calls a further gate by its title', async () => {
    const side = {
      value: { status: 'known' as const, value: 0.5 },
      requests: { status: 'known' as const, value: 100 },
    };
    renderInTestApp(
      <CheckSection
        check={{
          ...check,
          gates: [
            {
              gate: 'thumbs-down',
              title: { en: 'Thumbs down', zh: '差评率' },
              unit: 'ratio',
              windowSeconds: 300,
              canary: side,
              stable: side,
              bounds: {
                rollBack: { status: 'known', value: 0.3 },
                advance: { status: 'known', value: 0.2 },
                rollBackWhen: 'above 30%',
                advanceWhen: 'below 20%',
              },
              outcome: 'breach',
              message: 'Many thumbs are down.',
              breaches: 1,
            },
          ],
        }}
        versions={versions}
      />,
    );
    expect(
      await screen.findByRole('rowheader', { name: 'Thumbs down' }),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: /^Thumbs down of v2: 50/ }),
    ).toBeVisible();
  });
});
