import type { CanaryGroup } from '@ai-mesh/plugin-ai-mesh-common';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { aCanary, weights } from '../machine/__testUtils__/aCanary';
import type { CanaryRecord } from '../machine';
import { takeBaseline, takeEvidence } from './takeEvidence';

const host = 'chat.ai.svc.cluster.local';
const { signal } = new AbortController();

/** A look at a canary of which a share fails, some time after the last one. */
async function look(
  seconds: number,
  change: {
    group?: CanaryGroup;
    plan?: Parameters<typeof aCanary>[0];
    progress?: Partial<CanaryRecord['progress']>;
  } = {},
) {
  const cluster = new FakeCluster();
  const { prometheus } = cluster;
  let now = new Date('2025-06-01T12:00:00Z');
  prometheus.now = () => now;
  prometheus.requests = 200;
  prometheus.canaryErrorRatio = 0.1;
  const record = aCanary(change.plan, {
    service: { cluster: 'demo', namespace: 'ai', name: 'chat' },
    stable: { host, subset: 'v1' },
    canary: { host, subset: 'v2' },
    group: change.group,
  });
  const snapshot = await cluster.snapshots.snapshot();
  const { counted } = await takeBaseline(
    record,
    cluster,
    snapshot,
    now,
    signal,
  );
  now = new Date(now.getTime() + seconds * 1000);
  const taken = await takeEvidence(
    {
      ...record,
      progress: {
        ...record.progress,
        ...change.progress,
        counted,
        written: weights(5),
      },
    },
    cluster,
    snapshot,
    now,
    signal,
  );
  return { ...taken, asked: prometheus.asked };
}

/** How near it is to its roll-back, 0..1. */
async function nearness(group?: CanaryGroup): Promise<number> {
  const { check } = await look(30, { group });
  const { test } = check.gates.find(({ gate }) => gate === 'error-rate')!;
  return test!.evidence.beyondBound;
}

it('shares the error that a plan allows between the canaries of a request', async () => {
  const clusters = ['demo', 'east', 'west', 'north', 'south'];
  const alone = await nearness();
  const ofFive = await nearness({ id: 'g1', order: 'together', clusters });
  expect(alone).toBeGreaterThan(0.05);
  // The evidence is the same, and has to be five times as strong; the error rate has seven tenths of the plan's 1 %.
  expect(ofFive / alone).toBeCloseTo(Math.log(1 / 0.007) / Math.log(5 / 0.007));
});

describe('what a look asks of a window', () => {
  /** The questions for p99, which tell versions of a window. */
  const windowsOf = ({ asked }: { asked: string[] }) =>
    asked.filter(promql => promql.includes('"canary_part", "p99"')).slice(1);

  const observed = (seconds: number) => ({
    plan: { intervalSeconds: 900 },
    progress: { observedMs: seconds * 1000 },
  });

  it.each<[string, number, boolean]>([
    [
      'those whose reports count for some call of the last ten minutes',
      400,
      false,
    ],
    ['all where the window is longer', 800, true],
  ])('is asked of %s', async (_, seconds, ofAll) => {
    const taken = await look(15, observed(seconds));
    expect(taken.counted?.reporters).toEqual(['source']);
    const [window] = windowsOf(taken);
    expect(window).toContain('reporter="source"');
    expect(window.includes('reporter="destination"')).toBe(ofAll);
  });

  it('is nothing that the counts have told', async () => {
    const taken = await look(15, observed(400));
    expect(windowsOf(taken)).toHaveLength(1);
    expect(windowsOf(taken)[0]).not.toContain('"canary_part", "lost"');
  });
});
