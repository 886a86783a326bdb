import { z } from 'zod';
import type { Named } from './named';
import { applicationBreakersSchema } from './applicationBreakers';
import { linkOutSchema } from './links';
import { measured } from './measured';
import { resolutionSchema } from './objects';
import { queryTraceSchema, sourceSchema } from './sources';
import { latencySchema } from './traffic';
import { momentSchema } from './moment';
import { manyWordsSchema } from '../words';

/**
 * The metric dialects that an entity's AI series may be written in, richest first.
 * A configured or plugged-in dialect has a name of its own.
 *
 * @public
 */
export const builtInDialects = [
  'opentelemetry-genai',
  'envoy-ai-gateway',
  'opentelemetry-genai-server',
  'vllm',

  'micrometer',
  'spring-ai',
  'inference-extension',
  'istio',
] as const;

/** What a request for SLOs may ask: the window of the charts. @public */
export const slosRequestSchema = z.object({
  window: z.enum(['1h', '6h', '1d', '7d', '30d']).default('6h'),
  at: momentSchema.optional(),
});

/** @public */
export type SlosRequest = z.infer<typeof slosRequestSchema>;

const objectiveObject = z.object({
  /** Stable: from the OpenSLO document's name and objective, or `default-availability`. */
  id: z.string(),
  name: z.string(),
  /** The name for other languages, where nobody gave it but the portal; absent for a document's. */
  nameWords: manyWordsSchema.optional(),
  indicator: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('availability'),
      /** Whether an answer that the application gave in place of the model (`ai_circuit_fallback_total`) is a bad event. */
      fallbacksAreBad: z.boolean(),
    }),
    z.object({
      kind: z.literal('latency'),
      /** Good means: answered within this many milliseconds. */
      thresholdMs: z.number().positive(),
      /** False when the threshold is no bucket's bound: then the share of good events is interpolated. */
      exact: z.boolean(),
    }),
    /** Good and total (or bad and total) as an OpenSLO document gives them. */
    z.object({ kind: z.literal('custom'), description: z.string() }),
  ]),
  /** The share of good events that is promised, 0..1, below 1. */
  target: z.number().gt(0).lt(1),
  /** The period of the promise, seconds. */
  periodSeconds: z.number().positive(),
  /** Whether the period moves with the clock or starts with the calendar. */
  period: z.enum(['rolling', 'calendar']),
  /** The calendar period that runs now; absent for a rolling one. */
  calendar: z
    .object({ startsAt: z.iso.datetime(), endsAt: z.iso.datetime() })
    .optional(),
  /** Where the promise is written: `configuration`, or the document's location. */
  source: z.string(),
  /** A page that shows the document, where there is one. */
  sourceUrl: z.string().optional(),
});

/** @public */
export interface ObjectiveSchema extends Named<typeof objectiveObject> {}

/**
 * A promise about a model (or a service): what share of events must be good over a period.
 *
 * @public
 */
export const objectiveSchema: ObjectiveSchema = objectiveObject;

/** @public */
export type Objective = z.infer<typeof objectiveSchema>;

/**
 * One pair of windows of a burn-rate alert. It fires when both windows burn above the factor.
 *
 * @public
 */
export const burnRateSchema = z.object({
  severity: z.enum(['page', 'ticket']),
  longWindowSeconds: z.number().positive(),
  shortWindowSeconds: z.number().positive(),
  /** Times the sustainable rate, above which this pair fires. */
  factor: z.number().positive(),
  long: measured(z.number().nonnegative()),
  short: measured(z.number().nonnegative()),
  state: z.enum(['firing', 'ok', 'unknown']),
});

/** @public */
export type BurnRate = z.infer<typeof burnRateSchema>;

const objectiveStatusObject = z.object({
  cluster: z.string(),
  objective: objectiveSchema,
  /** Share of good events over the period, 0..1, event-weighted. */
  sli: measured(z.number().min(0).max(1)),
  /** Events in the period. */
  events: measured(z.number().nonnegative()),
  badEvents: measured(z.number().nonnegative()),
  /** Budget left: 1 is all, 0 is spent, below 0 is overspent. */
  budgetLeft: measured(z.number()),
  /** Bad events that may still happen; negative when overspent. */
  budgetLeftEvents: measured(z.number()),
  burnRates: z.array(burnRateSchema),
  /** The worst firing severity; `unknown` when nothing fires and a window could not be had. */
  alert: z.enum(['page', 'ticket', 'ok', 'unknown']),
  /** Seconds until the budget is spent at the present burn rate (1 h); null when it never is. */
  secondsToExhaustion: measured(z.number().nonnegative().nullable()),
  /** Fewer than 100 events in the period. */
  lowTraffic: z.boolean(),
  /**
   * Seconds before now in which all events of the period happened, at most a tenth of it: its budget stands on too little
   * of the period to be called spent. Absent where it does not, and where nobody can say.
   */
  youngWithinSeconds: z.number().positive().optional(),
  /** Budget left over the charted window; null is a gap. */
  budgetOverTime: measured(
    z.array(
      z.object({ at: z.iso.datetime(), budgetLeft: z.number().nullable() }),
    ),
  ),
  /** Whether recorded rules or raw series were read. */
  readFrom: z.enum(['recording-rules', 'raw-series']),
});

/** @public */
export interface ObjectiveStatusSchema extends Named<
  typeof objectiveStatusObject
> {}

/**
 * How an objective stands.
 *
 * @public
 */
export const objectiveStatusSchema: ObjectiveStatusSchema =
  objectiveStatusObject;

/** @public */
export type ObjectiveStatus = z.infer<typeof objectiveStatusSchema>;

/**
 * How an objective stands over all of an entity's clusters: all their events together.
 *
 * @public
 */
export const objectiveAcrossClustersSchema = objectiveStatusSchema
  .omit({ cluster: true, budgetOverTime: true, readFrom: true })
  .extend({
    /** Absent for an objective of the service as a whole. */
    model: z.string().optional(),
    /** What each contributes over the period. One that is unknown makes the whole unknown. */
    clusters: z.array(
      objectiveStatusSchema.pick({
        cluster: true,
        sli: true,
        events: true,
        badEvents: true,
      }),
    ),
  });

/** @public */
export type ObjectiveAcrossClusters = z.infer<
  typeof objectiveAcrossClustersSchema
>;

/**
 * Money, always an estimate: tokens times a price table.
 *
 * @public
 */
export const costSchema = z.object({
  currency: z.string(),
  perHour: z.number().nonnegative(),
  perDay: z.number().nonnegative(),
});

/** @public */
export type Cost = z.infer<typeof costSchema>;

/** @public */
export const modelPointSchema = z.object({
  at: z.iso.datetime(),
  requestsPerSecond: z.number().nullable(),
  errorRatio: z.number().nullable(),
  p95Ms: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  costPerHour: z.number().nullable(),
});

const modelSlosObject = z.object({
  /** A model on several clusters is a row for each of them. */
  cluster: z.string(),
  /** The model's name as it was asked for, else as it answered; for Istio alone, a version of the service. */
  model: z.string(),
  /** Names that the provider answered by, where they differ: `swift-chat-3.5-0613`. */
  answeredBy: z.array(z.string()),
  /** The version of the service, where the series say. */
  versions: z.array(z.string()),
  provider: z.string().optional(),
  /** A catalog Resource of type `ai-model` of that name. */
  entityRef: z.string().optional(),
  dialect: z.string(),
  /** When it last reported (ISO 8601); a model that stopped is shown for 24 h. */
  lastSeenAt: z.iso.datetime().optional(),
  reporting: z.boolean(),
  requestsPerSecond: measured(z.number().nonnegative()),
  /** Requests a second of each version of the service; without those whose workloads the series do not name. */
  requestsByVersion: z.record(z.string(), z.number().nonnegative()).optional(),
  errorRatio: measured(z.number().min(0).max(1)),
  /** Who counted the errors: a dialect without a counter of failures borrows Istio's. */
  errorsFrom: z.enum(['dialect', 'istio', 'both']),
  /** Answers that the application gave in place of the model. */
  fallbacksPerSecond: measured(z.number().nonnegative()),
  p50: measured(latencySchema),
  p95: measured(latencySchema),
  p99: measured(latencySchema),
  /** A percentile that one process computed by itself is the worst pod's, and cannot be added up. */
  percentilesAre: z.enum(['service', 'worst-pod']),
  timeToFirstTokenP95: measured(latencySchema),
  /** What the model's servers say of themselves now; absent where the dialect has nothing of it. */
  load: z
    .object({
      /** Requests in work. */
      running: measured(z.number().nonnegative()),
      /** Requests in the servers' queues. */
      waiting: measured(z.number().nonnegative()),
      /** The fullest server's cache, 0..1. */
      cacheUse: measured(z.number().nonnegative()),
    })
    .optional(),
  inputTokensPerSecond: measured(z.number().nonnegative()),
  outputTokensPerSecond: measured(z.number().nonnegative()),
  /** Both together; some dialects know no more. */
  tokensPerSecond: measured(z.number().nonnegative()),
  inputTokensPerRequest: measured(z.number().nonnegative()),
  outputTokensPerRequest: measured(z.number().nonnegative()),
  tokensPerRequest: measured(z.number().nonnegative()),
  cost: measured(costSchema),
  costByVersion: z.record(z.string(), costSchema),
  objectives: z.array(objectiveStatusSchema),
  series: z.array(modelPointSchema),
});

/** @public */
export interface ModelSlosSchema extends Named<typeof modelSlosObject> {}

/** @public */
export const modelSlosSchema: ModelSlosSchema = modelSlosObject;

/** @public */
export type ModelSlos = z.infer<typeof modelSlosSchema>;

/** A place in an OpenSLO document, or in the configuration, that could not be read. @public */
export const objectiveProblemSchema = z.object({
  source: z.string(),
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
  message: z.string(),
  /** The message for readers of other languages, where the catalogue has it. */
  words: manyWordsSchema.optional(),
});

/** @public */
export type ObjectiveProblem = z.infer<typeof objectiveProblemSchema>;

const slosObject = z.object({
  entityRef: z.string(),
  window: z.string(),
  observedAt: z.iso.datetime(),
  resolution: resolutionSchema,
  /** The dialect that was used, how it was chosen, and which others have series too. */
  dialect: z.object({
    /** `none` where no series of any dialect exists. */
    name: z.string(),
    chosenBy: z.enum(['detected', 'annotation']),
    alsoPresent: z.array(z.string()),
    /** What a reader should know of it: worst pods, errors borrowed from Istio, an annotation that finds nothing. */
    notes: z.array(z.string()),
    /** The same for other languages. */
    noteWords: manyWordsSchema.optional(),
  }),
  /** Whether the generated recording rules exist in Prometheus, and were read. */
  recordingRules: z.object({
    status: z.enum(['read', 'partly-read', 'outdated', 'absent', 'unknown']),
    message: z.string(),
    /** The message for other languages, where the catalogue has it. */
    words: manyWordsSchema.optional(),
  }),
  models: z.array(modelSlosSchema),
  /** Objectives of the service as a whole, that name no model. */
  objectives: z.array(objectiveStatusSchema),
  /** The objectives that more than one cluster has a part in; absent where the entity is on one. */
  acrossClusters: z.array(objectiveAcrossClustersSchema).optional(),
  /** Circuit breakers and fallbacks inside the applications. */
  applicationBreakers: applicationBreakersSchema,
  /** Dashboards and the like, as configured. */
  links: z.array(linkOutSchema),
  problems: z.array(objectiveProblemSchema),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export interface SlosSchema extends Named<typeof slosObject> {}

/** @public */
export const slosSchema: SlosSchema = slosObject;

/** @public */
export type Slos = z.infer<typeof slosSchema>;

/** What a request for alerting rules may ask: Prometheus' own file, or the operator's `PrometheusRule`. @public */
export const sloRulesRequestSchema = z.object({
  format: z.enum(['prometheus', 'operator']).default('prometheus'),
  /** The cluster whose Prometheus they are for; the entity's first one unless given. */
  cluster: z.string().min(1).max(253).optional(),
});

/** @public */
export type SloRulesRequest = z.infer<typeof sloRulesRequestSchema>;

/** The objective of an entity that stands worst: firing before quiet, then the least budget left. @public */
export const worstSloSchema = z.object({
  /** Where it stands so; absent where the entity is on one cluster. */
  cluster: z.string().optional(),
  model: z.string(),
  objective: z.string(),
  /** As of an objective. */
  nameWords: manyWordsSchema.optional(),
  target: z.number().gt(0).lt(1),
  periodSeconds: z.number().positive(),
  budgetLeft: measured(z.number()),
  alert: z.enum(['page', 'ticket', 'ok', 'unknown']),
  /** What it promises; absent in answers of older backends. */
  indicator: z.enum(['availability', 'latency', 'custom']).optional(),
  lowTraffic: z.boolean(),
  /** As of an objective. */
  youngWithinSeconds: z.number().positive().optional(),
  /** Budget left over the last hours, oldest first; null is a gap. */
  budgetOverTime: objectiveStatusSchema.shape.budgetOverTime,
});

/** @public */
export type WorstSlo = z.infer<typeof worstSloSchema>;
