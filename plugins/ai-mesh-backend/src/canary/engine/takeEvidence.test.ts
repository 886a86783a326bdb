import type { CanaryGroup } from '@ai-mesh/plugin-ai-mesh-common';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { aCanary, weights } from '../machine/__testUtils__/aCanary';
import { takeBaseline, takeEvidence } from './takeEvidence';

const host = 'chat.ai.svc.cluster.local';
const { signal } = new AbortController();

/** How near a canary of which a share fails is to its roll-back, 0..1, after one look. */
async function nearness(group?: CanaryGroup): Promise<number> {
  const cluster = new FakeCluster();
  const { prometheus } = cluster;
  let now = new Date('2025-06-01T12:00:00Z');
  prometheus.now = () => now;
  prometheus.requests = 200;
  prometheus.canaryErrorRatio = 0.1;
  const record = aCanary(
    {},
    {
      service: { cluster: 'demo', namespace: 'ai', name: 'chat' },
      stable: { host, subset: 'v1' },
      canary: { host, subset: 'v2' },
      group,
    },
  );
  const snapshot = await cluster.snapshots.snapshot();
  const { counted } = await takeBaseline(
    record,
    cluster,
    snapshot,
    now,
    signal,
  );
  now = new Date(now.getTime() + 30_000);
  const { check } = await takeEvidence(
    {
      ...record,
      progress: { ...record.progress, counted, written: weights(5) },
    },
    cluster,
    snapshot,
    now,
    signal,
  );
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
