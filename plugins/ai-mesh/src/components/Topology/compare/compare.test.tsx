import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import type {
  TopologyEdge,
  TopologyRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  canaryDetails,
  demoApi,
  demoCanaries,
  OBSERVED_AT,
  renderTab,
  topology,
  traffic,
  unknownTraffic,
} from '../../../__testUtils__';

const failing = (edge: TopologyEdge): TopologyEdge =>
  edge.target === 'llm-gateway-service'
    ? { ...edge, traffic: traffic(12, { errorRatio: 0.048 }) }
    : edge;

/** An hour ago all was well; by now the calls of the gateway fail twelve times as often. */
const worsened = () =>
  jest.fn().mockImplementation(async (_: string, { at }: TopologyRequest) =>
    at
      ? topology({
          observedAt: at,
          edges: topology().edges.map(edge => ({
            ...edge,
            traffic: traffic(12, { errorRatio: 0.004 }),
          })),
        })
      : topology({
          edges: topology().edges.map(edge =>
            failing({
              ...edge,
              traffic: traffic(12, { errorRatio: 0.004 }),
            }),
          ),
        }),
  );

describe('the topology compared with another moment', () => {
  it('says in one sentence what changed most, and shows both moments side by side', async () => {
    const api = demoApi({ topology: worsened() });
    const { container } = await renderTab('/topology?with=hour', { api });
    expect(
      await screen.findByRole('region', {
        name: /^Since .* the calls from ai-chat-service to llm-gateway-service fail 12 times as often: 4\.8% instead of 0\.4%\.$/,
      }),
    ).toHaveTextContent(/^.*1 of \d calls changed between/);
    const table = screen.getByRole('table', { name: 'What changed most' });
    const [, first] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(
      /ai-chat-service to llm-gateway-service.*worse.*0\.4% → 4\.8%/,
    );
    expect(
      screen.getByRole('button', {
        name: /^Call from ai-chat-service to llm-gateway-service: worse, 0\.4%→4\.8% fail/,
      }),
    ).toBeInTheDocument();
    // An hour before what is shown, not before the reader's clock.
    expect(api.topology).toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({
        at: new Date(Date.parse(OBSERVED_AT) - 3_600_000).toISOString(),
      }),
      expect.anything(),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('is chosen, and is in the address', async () => {
    const user = userEvent.setup();
    const { address } = await renderTab('/topology', {
      api: demoApi({ topology: worsened() }),
    });
    await user.click(
      await screen.findByRole('button', { name: /^Compare with/ }),
    );
    await user.click(screen.getByRole('option', { name: 'A day earlier' }));
    expect(
      await screen.findByRole('table', { name: 'What changed most' }),
    ).toBeInTheDocument();
    expect(address()).toContain('with=day');
  });

  it("looks at a canary's step before and after it", async () => {
    const user = userEvent.setup();
    const details = canaryDetails();
    const api = demoApi({ topology: worsened() });
    const { address } = await renderTab('/topology', {
      api,
      canaries: demoCanaries({
        canaries: jest.fn().mockResolvedValue({
          canaries: [{ ...details, state: 'progressing' }],
        }),
        canary: jest.fn().mockResolvedValue({
          ...details,
          transitions: [
            {
              ...details.transitions.find(({ weightsAfter }) => weightsAfter)!,
              at: '2026-03-02T09:30:00.000Z',
            },
          ],
        }),
      }),
    });
    await user.click(
      await screen.findByRole('button', { name: /^Compare with/ }),
    );
    await user.click(screen.getByRole('option', { name: "A canary's step" }));
    await user.click(await screen.findByRole('button', { name: /^Step/ }));
    await user.click(screen.getByRole('option', { name: /v2 at 10%$/ }));
    expect(
      await screen.findByRole('table', { name: 'What changed most' }),
    ).toBeInTheDocument();
    expect(address()).toContain('with=step%3A2026-03-02T09%3A30%3A00.000Z');
    expect(address()).toContain('at=2026-03-02T09%3A35%3A00.000Z');
    expect(api.topology).toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({ at: '2026-03-02T09:30:00.000Z' }),
      expect.anything(),
    );
  });

  it('lays two versions beside each other, whatever share each has', async () => {
    const user = userEvent.setup();
    const edges = topology().edges.map(edge =>
      edge.target === 'llm-gateway-service'
        ? {
            ...edge,
            byVersion: {
              v1: traffic(11, { errorRatio: 0.004 }),
              v2: traffic(4, { errorRatio: 0.09 }),
            },
          }
        : edge,
    );
    const { address } = await renderTab('/topology', {
      api: demoApi({
        topology: jest.fn().mockResolvedValue(topology({ edges })),
      }),
    });
    await user.click(
      await screen.findByRole('button', { name: /^Compare with/ }),
    );
    await user.click(screen.getByRole('option', { name: 'Another version' }));
    const sentence = await screen.findByRole('region', {
      name: 'The calls from ai-chat-service to llm-gateway-service fail more often with v2: 9%; with v1 0.4%.',
    });
    expect(sentence).toHaveTextContent(
      /1 of \d calls went differently with v2 than with v1/,
    );
    await user.click(screen.getByRole('button', { name: /^Beside/ }));
    await user.click(screen.getByRole('option', { name: 'v1' }));
    expect(
      await screen.findByRole('region', {
        name: /^With v1 no call went differently than with v1/,
      }),
    ).toBeInTheDocument();
    expect(address()).toContain('with=versions%3Av1%3Av1');
  });

  it('says where no two versions answered', async () => {
    await renderTab('/topology?with=versions:', { api: demoApi() });
    expect(
      await screen.findByText('No call here was answered by two versions.'),
    ).toBeInTheDocument();
  });

  it('says where no canary made a step', async () => {
    await renderTab('/topology?with=step:', {
      api: demoApi(),
      canaries: demoCanaries({
        canaries: jest.fn().mockResolvedValue({ canaries: [] }),
      }),
    });
    expect(
      await screen.findByText('No canary made a step within the last 30 days.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('table', { name: 'What changed most' }),
    ).not.toBeInTheDocument();
  });

  it('says why it cannot compare, and keeps what is now', async () => {
    const api = demoApi({
      topology: jest
        .fn()
        .mockImplementation(async (_: string, { at }: TopologyRequest) =>
          at
            ? topology({
                observedAt: at,
                edges: [],
                sources: [
                  {
                    name: 'prometheus',
                    cluster: 'demo',
                    status: 'partial',
                    message: 'There is data since 11:00 only.',
                  },
                ],
              })
            : topology(),
        ),
    });
    await renderTab('/topology?with=day', { api });
    expect(
      await screen.findByText('There is data since 11:00 only.'),
    ).toBeInTheDocument();
    expect(screen.queryByText('new call')).not.toBeInTheDocument();
    // That no call changed would be more than anybody knows.
    expect(
      screen.getByRole('region', {
        name: /^What changed between .* cannot be told: no call has figures of both\.$/,
      }),
    ).not.toHaveTextContent(/calls changed/);
  });

  it('says of how many calls it cannot be told what changed', async () => {
    const [first, ...others] = topology().edges;
    const blind = { ...first, traffic: unknownTraffic('not-exported') };
    await renderTab('/topology?with=day', {
      api: demoApi({
        topology: jest
          .fn()
          .mockResolvedValue(topology({ edges: [blind, ...others] })),
      }),
    });
    expect(
      await screen.findByRole('region', {
        name: /^Between .* no call changed by more than chance explains\.$/,
      }),
    ).toHaveTextContent(`0 of ${others.length} calls changed between`);
    expect(
      screen.getByText(/Of 1 more it cannot be told\.$/),
    ).toBeInTheDocument();
  });

  it('says of versions that no call tells apart that nobody knows', async () => {
    await renderTab('/topology?with=versions:v8:v9', {
      api: demoApi({
        topology: jest.fn().mockResolvedValue(
          topology({
            edges: topology().edges.map(edge => ({
              ...edge,
              byVersion: { v1: traffic(11), v2: traffic(4) },
            })),
          }),
        ),
      }),
    });
    expect(
      await screen.findByRole('region', {
        name: 'What goes differently with v9 than with v8 cannot be told: no call has figures of both.',
      }),
    ).toBeInTheDocument();
  });
});
