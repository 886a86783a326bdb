import {
  known,
  Overview,
  overviewSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, CLUSTER, OBSERVED_AT } from './answers';
import { encryption, traffic } from './traffic';

/** An hour with a gap of five minutes. */
const history = Array.from({ length: 60 }, (_, minute) => {
  const gap = minute >= 20 && minute < 25;
  return {
    at: new Date(
      Date.parse(OBSERVED_AT) - (59 - minute) * 60_000,
    ).toISOString(),
    requestsPerSecond: gap ? null : 10 + 3 * Math.sin(minute / 6),
    errorRatio: gap ? null : 0.004,
  };
});

/** The demo's chat service at a glance: a little plaintext, a few errors. */
export function overview(change: Partial<Overview> = {}): Overview {
  return overviewSchema.parse({
    ...answer(),
    services: [
      {
        cluster: CLUSTER,
        namespace: 'ai-services',
        name: 'ai-chat-service',
      },
    ],
    traffic: {
      total: traffic(12.4, { errorRatio: 0.004, p95Ms: 2300 }),
      health: {
        status: 'healthy',
        message: '0.4% of 3,720 requests failed, below 1%.',
      },
      sparkline: known(history),
    },
    mtls: {
      observed: encryption(11.9, 0.5),
      plaintextCallers: [
        {
          cluster: CLUSTER,
          namespace: 'ai-services',
          workload: 'nightly-report',
          plaintextPerSecond: 0.5,
        },
      ],
    },
    findings: { high: 1, medium: 2, low: 1, note: 3 },
    canary: known({ active: 0 }),
    ...change,
  } satisfies Overview);
}
