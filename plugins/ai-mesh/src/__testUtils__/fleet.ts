import {
  known,
  unknown,
  type Fleet,
  type FleetHurting,
  type FleetRow,
} from '@ai-mesh/plugin-ai-mesh-common';

const queries = [
  {
    id: 'requests' as const,
    cluster: 'demo',
    promql: 'sum(rate(istio_requests_total[5m]))',
    warnings: [],
  },
];

const SINCE = '2026-02-20T10:00:00.000Z';

function fact(value: number) {
  return { status: 'known' as const, value, since: SINCE };
}

/** An entity that does well. */
export function fleetRow(
  name: string,
  change: Partial<FleetRow> = {},
): FleetRow {
  return {
    entityRef: `component:default/${name}`,
    owners: ['group:default/ai-team'],
    systems: ['system:default/assistant'],
    services: [{ cluster: 'demo', namespace: 'ai-services', name }],
    traffic: {
      requestsPerSecond: known(12.4),
      requestCount: known(3720),
      errorRatio: known(0.004),
      p95: known({ valueMs: 820, lowerBoundMs: 500, upperBoundMs: 1000 }),
    },
    trend: known({
      until: '2026-02-20T10:00:00.000Z',
      requestsPerSecond: [8, 9, null, 10, 14, 12, 12, 11, 12, 13, 12, 12.4],
      errorRatio: [0, 0, null, 0, 0.25, 0.02, 0, 0, 0, 0, 0, 0],
    }),
    health: { status: 'healthy', message: '0.4% of 3720 requests failed.' },
    encryption: known({
      share: 1,
      encryptedPerSecond: 12.4,
      plaintextPerSecond: 0,
    }),
    canary: known(null),
    facts: {
      observedAt: SINCE,
      budgetLeft: fact(0.42),
      burnRate: fact(1.5),
      findingsHigh: fact(2),
      findingsMedium: fact(1),
      costPerDay: { ...fact(12.5), currency: 'USD' },
      models: fact(3),
      certificateDaysLeft: fact(0.8),
      certificateRenewal: { status: 'known', value: true, since: SINCE },
    },
    modelNames: ['deep', 'fast', 'swift'],
    level: known({ status: 'known', level: 'silver' }),
    ...change,
  };
}

/** Two entities: one does well, of the other nothing is known. */
export function fleet(change: Partial<Fleet> = {}): Fleet {
  const nothing = unknown('no-traffic', 'No requests in the window.');
  const notComputed = {
    status: 'unknown' as const,
    reason: 'not-computed' as const,
    message: "The entity's turn has not come yet.",
  };
  return {
    window: '5m',
    observedAt: new Date().toISOString(),
    rows: [
      fleetRow('ai-chat-service', {
        canary: known({
          id: 'c-1',
          state: 'requested',
          next: { action: 'wait-for-approval', message: 'Waits.' },
        }),
      }),
      fleetRow('quiet', {
        traffic: {
          requestsPerSecond: nothing,
          requestCount: nothing,
          errorRatio: nothing,
          p95: nothing,
        },
        health: { status: 'unknown', message: 'No requests in the window.' },
        encryption: nothing,
        facts: {
          budgetLeft: notComputed,
          burnRate: notComputed,
          findingsHigh: notComputed,
          findingsMedium: notComputed,
          costPerDay: notComputed,
          models: notComputed,
          certificateDaysLeft: notComputed,
          certificateRenewal: notComputed,
        },
        modelNames: undefined,
        level: known({ status: 'unknown', atLeast: null, atMost: 'gold' }),
      }),
    ],
    total: 2,
    all: 2,
    facets: {
      owners: ['group:default/ai-team'],
      systems: ['system:default/assistant'],
      clusters: ['demo'],
      namespaces: ['ai-services'],
      levels: [
        { id: 'bronze', title: 'Bronze' },
        { id: 'silver', title: 'Silver' },
        { id: 'gold', title: 'Gold' },
      ],
      models: ['deep', 'fast', 'swift'],
      modelsNotKnown: 1,
      slownessNotKnown: 0,
    },
    sources: [],
    queries,
    ...change,
  };
}

/** A provider that fails, a budget that burns, a certificate that ends, and a canary that waits for the reader. */
export function fleetHurting(change: Partial<FleetHurting> = {}): FleetHurting {
  return {
    window: '5m',
    observedAt: new Date().toISOString(),
    entities: 2,
    facts: { oldest: SINCE, newest: SINCE, none: 1 },
    unwell: { worst: [], total: 0, notKnown: 1, slownessNotKnown: 0 },
    budgets: {
      ending: [
        {
          entityRef: 'component:default/ai-chat-service',
          left: -0.2,
          burnRate: 15,
        },
      ],
      total: 1,
      notKnown: 1,
      young: 0,
    },
    certificates: {
      ending: [
        {
          entityRef: 'component:default/ai-chat-service',
          endsAt: new Date(Date.now() + 30 * 60_000).toISOString(),
          renewalFails: true,
        },
      ],
      total: 1,
      notKnown: 1,
    },
    controlPlanes: [
      {
        cluster: 'demo',
        root: known({
          expiresAt: new Date(Date.now() + 12.5 * 86_400_000).toISOString(),
          secondsLeft: 12.5 * 86_400,
          status: 'soon',
        }),
        rejecting: known([{ part: 'routes', proxies: 3 }]),
      },
    ],
    origins: known([
      {
        node: {
          kind: 'external',
          cluster: 'demo',
          name: 'api.fast-model.example',
          entityRefs: [],
        },
        reason: '40% of 900 requests failed. It is outside the mesh.',
        confidence: 'likely',
        suffering: {
          count: 3,
          entityRefs: ['component:default/ai-chat-service'],
        },
      },
    ]),
    canaries: known([
      {
        id: 'c-1',
        entityRef: 'component:default/ai-chat-service',
        service: {
          cluster: 'demo',
          namespace: 'ai-services',
          name: 'ai-chat-service',
        },
        state: 'requested',
        next: {
          action: 'wait-for-approval',
          message: 'Waits until somebody approves or rejects it.',
        },
        requestedBy: 'user:default/olivia',
        requestedAt: new Date().toISOString(),
        reason: 'A better model',
        waiting: true,
        waitingForMe: true,
      },
    ]),
    sources: [],
    queries,
    ...change,
  };
}
