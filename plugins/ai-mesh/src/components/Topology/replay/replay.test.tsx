import { known, type Replay } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  canaryDetails,
  demoApi,
  demoCanaries,
  renderTab,
  replay,
} from '../../../__testUtils__';
import type { Translate } from '../../../translation';
import { frameOf } from './frameOf';
import { marksOf } from './marksOf';

const player = () => screen.findByRole('group', { name: 'Replay' });
const gateway = (health: string) =>
  screen.findByRole('button', {
    name: new RegExp(`^Service llm-gateway-service, provider, ${health},`),
  });

describe('the replay of the topology', () => {
  it('is a view of its own; it opens at the end of the span and steps back', async () => {
    const user = userEvent.setup();
    const { address, container } = await renderTab('/topology', {
      api: demoApi(),
    });
    await user.click(await screen.findByRole('button', { name: 'Replay' }));
    expect(
      within(await player()).getByRole('slider', { name: 'Moment' }),
    ).toHaveAttribute('aria-valuenow', '60');
    expect(
      screen.getByRole('button', { name: 'One moment on' }),
    ).toBeDisabled();
    expect(await gateway('Healthy')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'One moment back' }));
    expect(address()).toContain('view=replay');
    expect(address()).toContain('moment=2026-03-02T09%3A59%3A00.000Z');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('goes to where it started to hurt by its mark, and says what failed then', async () => {
    const user = userEvent.setup();
    await renderTab('/topology?view=replay', { api: demoApi() });
    await user.click(
      await screen.findByRole('button', {
        name: /it starts to hurt at llm-gateway-service$/,
      }),
    );
    const failing = await gateway('Failing');
    expect(failing).toHaveTextContent('origin of the failure');
    expect(failing).toHaveTextContent('30% fail');
    await user.click(
      screen.getByRole('button', { name: /llm-gateway-service well again$/ }),
    );
    expect(await gateway('Healthy')).toBeInTheDocument();
  });

  it('says of a moment without measurements that nobody knows, and shows no zero', async () => {
    await renderTab('/topology?view=replay&moment=2026-03-02T09:01:00Z', {
      api: demoApi(),
    });
    expect(
      await screen.findByRole('region', {
        name: 'Nothing was measured at this moment, so nobody knows how it was.',
      }),
    ).toBeInTheDocument();
    const unknown = await gateway('Unknown');
    expect(unknown).toHaveTextContent('– · – fail · p95 –');
  });

  it('over a restart of Prometheus marks what became of it, and no other start', async () => {
    const origins = ['llm-gateway-service'];
    const moments = replay().moments.map(({ at }, step) => ({
      at,
      measured: step < 20 || step > 30,
      origins:
        (step > 9 && step < 20) || (step > 30 && step < 40) ? origins : [],
      suffering: [],
    }));
    const marksIn = (of: Replay['moments']) =>
      marksOf(
        replay({ moments: of }),
        [],
        ((key: string) => key) as unknown as Translate,
      ).map(({ moment, text }) => [moment, text]);
    expect(marksIn(moments)).toEqual([
      [10, 'replay.mark.began'],
      [20, 'replay.mark.unmeasured'],
      [31, 'replay.mark.measured'],
      [40, 'replay.mark.ended'],
    ]);
    const healed = moments.map((one, step) =>
      step > 30 ? { ...one, origins: [] } : one,
    );
    expect(marksIn(healed).slice(2)).toEqual([
      [31, 'replay.mark.measured'],
      [31, 'replay.mark.ended'],
    ]);
    // Since when it hurts at the first moment that is measured, nobody knows.
    expect(marksIn(moments.slice(20)).map(([, text]) => text)).toEqual([
      'replay.mark.measured',
      'replay.mark.ended',
    ]);
  });

  it('says what it finds and hides at the moment that is shown', async () => {
    const user = userEvent.setup();
    await renderTab('/topology?view=replay&find=failing&hide=version!%3Dv1', {
      api: demoApi(),
    });
    // At the end of the span all is well; versions are not played, so that nobody knows which are not that.
    expect(await screen.findByText('No match')).toBeInTheDocument();
    expect(screen.getByText('0 hidden')).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', {
        name: /it starts to hurt at llm-gateway-service$/,
      }),
    );
    expect(await screen.findByText(/^[1-9] match(es)?$/)).toBeInTheDocument();
  });

  it('marks what canaries did within the span', async () => {
    const details = canaryDetails();
    const [first] = details.transitions;
    await renderTab('/topology?view=replay', {
      api: demoApi(),
      canaries: demoCanaries({
        canaries: jest.fn().mockResolvedValue({
          canaries: [{ ...details, requestedAt: '2026-03-02T09:20:00.000Z' }],
        }),
        canary: jest.fn().mockResolvedValue({
          ...details,
          transitions: [
            {
              ...first,
              at: '2026-03-02T09:30:30.000Z',
              from: 'approved',
              to: 'progressing',
            },
          ],
        }),
      }),
    });
    expect(
      await screen.findByRole('button', {
        name: /canary v2: Progressing$/,
      }),
    ).toBeInTheDocument();
  });

  it('marks budget alerts and changes of its objects, and goes there', async () => {
    const user = userEvent.setup();
    const { address } = await renderTab('/topology?view=replay', {
      api: demoApi({
        replay: jest.fn().mockResolvedValue(
          replay({
            changes: [
              {
                at: '2026-03-02T09:29:30.000Z',
                by: 'argocd',
                object: {
                  cluster: 'shop',
                  apiVersion: 'networking.istio.io/v1',
                  kind: 'VirtualService',
                  name: 'chat',
                },
              },
            ],
            budgetAlerts: known([
              {
                cluster: 'shop',
                objective: 'default-availability',
                model: 'gpt-4o',
                severity: 'page',
                from: '2026-03-02T09:32:00.000Z',
                until: '2026-03-02T09:44:00.000Z',
              },
            ]),
          }),
        ),
      }),
    });
    await user.click(
      await screen.findByRole('button', {
        name: /budget alert \(page\): default-availability \(gpt-4o\)$/,
      }),
    );
    expect(address()).toContain('moment=2026-03-02T09%3A32%3A00.000Z');
    await user.click(
      screen.getByRole('button', {
        name: /VirtualService chat changed by argocd$/,
      }),
    );
    expect(address()).toContain('moment=2026-03-02T09%3A30%3A00.000Z');
    expect(
      screen.getByRole('button', {
        name: /budget alert over: default-availability \(gpt-4o\)$/,
      }),
    ).toBeInTheDocument();
  });

  it('over a rename of the service says since when it has its name', async () => {
    const user = userEvent.setup();
    await renderTab('/topology?view=replay&moment=2026-03-02T09:20:00Z', {
      api: demoApi({
        replay: jest.fn().mockResolvedValue(
          replay({
            changes: [
              {
                at: '2026-03-02T09:29:30.000Z',
                object: {
                  cluster: 'shop',
                  apiVersion: 'v1',
                  kind: 'Service',
                  namespace: 'ai-services',
                  name: 'chat',
                },
              },
            ],
          }),
        ),
      }),
    });
    const since = {
      name: /^The Service chat was created at .*another name before/,
    };
    expect(await screen.findByRole('region', since)).toBeInTheDocument();
    await user.click(
      await screen.findByRole('button', { name: /Service chat created$/ }),
    );
    expect(screen.queryByRole('region', since)).not.toBeInTheDocument();
  });

  it('says that nobody knows of budget alerts, where that cannot be told', async () => {
    await renderTab('/topology?view=replay', {
      api: demoApi({
        replay: jest.fn().mockResolvedValue(
          replay({
            budgetAlerts: { status: 'unknown', reason: 'source-unreachable' },
          }),
        ),
      }),
    });
    expect(
      await screen.findByRole('region', {
        name: 'Whether budget alerts fired in this span cannot be told.',
      }),
    ).toBeInTheDocument();
  });

  it('says that it marks some of the canaries alone', async () => {
    const ran = Array.from({ length: 6 }, (_, n) => ({
      ...canaryDetails(),
      id: `c-${n}`,
      requestedAt: '2026-03-02T09:20:00.000Z',
    }));
    await renderTab('/topology?view=replay', {
      api: demoApi(),
      canaries: demoCanaries({
        canaries: jest.fn().mockResolvedValue({ canaries: ran }),
        canary: jest.fn().mockResolvedValue(canaryDetails()),
      }),
    });
    expect(
      await screen.findByRole('region', {
        name: 'Of the canaries of this span only the newest 5 are marked.',
      }),
    ).toBeInTheDocument();
  });

  it('plays to the end, and opens one moment as the topology', async () => {
    const user = userEvent.setup();
    const { address } = await renderTab(
      '/topology?view=replay&moment=2026-03-02T09:58:00Z',
      { api: demoApi() },
    );
    await user.click(await screen.findByRole('button', { name: 'Play' }));
    expect(
      await screen.findByRole('button', { name: 'One moment on' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('button', { name: 'Play' }),
    ).toBeInTheDocument();
    expect(address()).toContain('moment=2026-03-02T10%3A00%3A00.000Z');
    await user.click(screen.getByRole('button', { name: 'Open this moment' }));
    expect(address()).toContain('at=2026-03-02T10%3A00%3A00.000Z');
    expect(address()).not.toContain('view=replay');
  });
});

describe('frameOf', () => {
  it('keeps what is not known unknown', () => {
    const frame = frameOf(replay(), 0);
    expect(frame.outage.status).toBe('unknown');
    expect(
      frame.edges.every(
        ({ traffic, encryption }) =>
          traffic.errorRatio.status === 'unknown' &&
          traffic.requestsPerSecond.status === 'unknown' &&
          encryption.status === 'unknown',
      ),
    ).toBe(true);
    expect(frameOf(replay(), 20).outage.status).toBe('none');
    expect(frameOf(replay(), 35).outage).toMatchObject({
      status: 'found',
      suffering: [{ node: 'ai-chat-service' }],
    });
  });
});
