import {
  REPLAY_STEPS,
  type Replay,
  replaySchema,
  type TrafficTrack,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, OBSERVED_AT } from './answers';
import { topology } from './topology';

/** When, in steps, nothing had been measured yet, and when the gateway failed. */
const MEASURED_FROM = 10;
const FAILS_FROM = 30;
const FAILS_UNTIL = 40;

const FAILING = 'llm-gateway-service';

const track = (of: (step: number) => number): (number | null)[] =>
  Array.from({ length: REPLAY_STEPS + 1 }, (_, step) =>
    step < MEASURED_FROM ? null : of(step),
  );

const fails = (step: number) => step >= FAILS_FROM && step < FAILS_UNTIL;

const traffic = (failing: boolean): TrafficTrack => ({
  requestsPerSecond: track(() => 12),
  errorRatio: track(step => (failing && fails(step) ? 0.3 : 0.004)),
  p95: track(step => (failing && fails(step) ? 9000 : 180)),
});

/** The demo's last hour: measured from its eleventh minute on, and ten minutes of failures of the gateway. */
export function replay(change: Partial<Replay> = {}): Replay {
  const { nodes, edges } = topology();
  const end = Date.parse(OBSERVED_AT);
  return replaySchema.parse({
    ...answer(),
    span: '1h',
    depth: 2,
    moments: Array.from({ length: REPLAY_STEPS + 1 }, (_, step) => ({
      at: new Date(end - (REPLAY_STEPS - step) * 60_000).toISOString(),
      measured: step >= MEASURED_FROM,
      origins: fails(step) ? [FAILING] : [],
      suffering: fails(step) ? ['ai-chat-service'] : [],
    })),
    nodes: nodes.map(node => ({
      ...node,
      traffic: traffic(node.id === FAILING),
      health: track(step => Number(node.id === FAILING && fails(step))).map(
        value => (value === null ? 'unknown' : ['healthy', 'failing'][value]),
      ),
    })),
    edges: edges.map(edge => ({
      ...edge,
      traffic: traffic(edge.target === FAILING),
      encryptedShare: track(() => 1),
    })),
    changes: [],
    budgetAlerts: { status: 'known', value: [] },
    ...change,
  });
}
