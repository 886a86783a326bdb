import {
  known,
  unknown,
  slosSchema,
  type ModelSlos,
  type ObjectiveStatus,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, CLUSTER, OBSERVED_AT } from './answers';
import { latency } from './traffic';

const HOUR_MS = 3_600_000;

const at = (hoursAgo: number) =>
  new Date(Date.parse(OBSERVED_AT) - hoursAgo * HOUR_MS).toISOString();

const PAIRS = [
  ['page', 3600, 300, 14.4],
  ['page', 21600, 1800, 6],
  ['ticket', 86400, 7200, 3],
  ['ticket', 259200, 21600, 1],
] as const;

/** An availability objective that burns as fast as said, in every window. */
export function objectiveStatus(
  options: {
    id?: string;
    budgetLeft?: number;
    burn?: number;
    change?: Partial<ObjectiveStatus>;
    objective?: Partial<ObjectiveStatus['objective']>;
  } = {},
): ObjectiveStatus {
  const {
    id = 'default-availability',
    budgetLeft = 0.8,
    burn = 0.5,
    change,
    objective,
  } = options;
  const burnRates = PAIRS.map(([severity, long, short, factor]) => ({
    severity,
    longWindowSeconds: long,
    shortWindowSeconds: short,
    factor,
    long: known(burn),
    short: known(burn),
    state: burn > factor ? ('firing' as const) : ('ok' as const),
  }));
  return {
    cluster: CLUSTER,
    objective: {
      id,
      name: 'Availability',
      indicator: { kind: 'availability', fallbacksAreBad: false },
      target: 0.995,
      periodSeconds: 30 * 86400,
      period: 'rolling',
      source: 'configuration',
      ...objective,
    },
    sli: known(1 - 0.005 * (1 - budgetLeft)),
    events: known(120_000),
    badEvents: known(600 * (1 - budgetLeft)),
    budgetLeft: known(budgetLeft),
    budgetLeftEvents: known(600 * budgetLeft),
    burnRates,
    alert: burnRates.find(({ state }) => state === 'firing')?.severity ?? 'ok',
    secondsToExhaustion: known(burn > 0 ? 86400 * 12 : null),
    lowTraffic: false,
    budgetOverTime: known(
      [6, 4, 2, 0].map(hours => ({
        at: at(hours),
        budgetLeft: hours === 2 ? null : budgetLeft + hours / 100,
      })),
    ),
    readFrom: 'raw-series',
    ...change,
  };
}

/** A model of the demo with an availability and a latency objective. */
export function modelSlos(change: Partial<ModelSlos> = {}): ModelSlos {
  return {
    cluster: CLUSTER,
    model: 'swift-chat-3.5',
    answeredBy: [],
    versions: ['v1'],
    provider: 'fast-model',
    dialect: 'micrometer',
    lastSeenAt: OBSERVED_AT,
    reporting: true,
    requestsPerSecond: known(8.4),
    errorRatio: known(0.004),
    errorsFrom: 'dialect',
    fallbacksPerSecond: known(0.02),
    p50: known(latency(900)),
    p95: known(latency(2100)),
    p99: known(latency(4200)),
    percentilesAre: 'worst-pod',
    timeToFirstTokenP95: unknown('not-exported'),
    inputTokensPerSecond: known(4200),
    outputTokensPerSecond: known(1300),
    tokensPerSecond: known(5500),
    inputTokensPerRequest: known(500),
    outputTokensPerRequest: known(155),
    tokensPerRequest: known(655),
    cost: known({ currency: 'USD', perHour: 14.6, perDay: 350.4 }),
    costByVersion: {
      v1: { currency: 'USD', perHour: 14.6, perDay: 350.4 },
    },
    objectives: [
      objectiveStatus({ budgetLeft: 0.92 }),
      objectiveStatus({
        id: 'latency',
        budgetLeft: -0.3,
        burn: 20,
        objective: {
          name: 'Latency',
          indicator: { kind: 'latency', thresholdMs: 2000, exact: false },
          target: 0.99,
          source: 'slos/chat.yaml',
          sourceUrl: 'https://git.example.com/slos/chat.yaml',
        },
        change: {
          secondsToExhaustion: known(0),
          readFrom: 'recording-rules',
        },
      }),
    ],
    series: [6, 4, 2, 0].map(hours => ({
      at: at(hours),
      requestsPerSecond: hours === 4 ? null : 8 + hours / 10,
      errorRatio: hours === 4 ? null : 0.004,
      p95Ms: hours === 4 ? null : 2100,
      tokensPerSecond: hours === 4 ? null : 5500,
      costPerHour: hours === 4 ? null : 14.6,
    })),
    ...change,
  };
}

/** The demo's chat service: a fast model that is too slow, and a smart one that stopped reporting. */
export function slos(change: Partial<Slos> = {}): Slos {
  return slosSchema.parse({
    ...answer(),
    window: '6h',
    dialect: {
      name: 'micrometer',
      chosenBy: 'detected',
      alsoPresent: ['istio'],
      notes: ['Percentiles are each pod’s own.'],
    },
    recordingRules: {
      status: 'absent',
      message: 'Raw series were read.',
    },
    models: [
      modelSlos(),
      modelSlos({
        model: 'sage-chat-4',
        versions: ['v2'],
        provider: 'smart-model',
        reporting: false,
        lastSeenAt: at(3),
        cost: unknown('not-configured', 'sage-chat-4 has no price.'),
        costByVersion: {},
        objectives: [
          objectiveStatus({
            change: {
              sli: unknown('no-traffic'),
              events: known(12),
              budgetLeft: unknown('no-traffic'),
              lowTraffic: true,
              alert: 'unknown',
            },
          }),
        ],
      }),
    ],
    objectives: [],
    applicationBreakers: {
      breakers: known([
        {
          cluster: CLUSTER,
          namespace: 'ai-services',
          name: 'llm-gateway',
          state: 'open',
          pods: { open: 1, closed: 3 },
        },
      ]),
      fallbacksPerSecond: known(0.02),
    },
    links: [{ title: 'Grafana', url: 'https://grafana.example.com/d/chat' }],
    problems: [],
    ...change,
  } satisfies Slos);
}
