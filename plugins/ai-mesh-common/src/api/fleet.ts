import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { canaryNextSchema, canaryStateSchema } from './canaries/view';
import { factSchema, youngSchema } from './facts';
import { splitValues } from './joinValues';
import { findingCodeSchema } from './findingCode';
import { measured, moreCount } from './measured';
import { serviceRefSchema } from './objects';
import { scorecardLevelSchema } from './scorecard';
import { certificateSchema } from './security';
import { queryTraceSchema, sourceSchema, windowSchema } from './sources';
import { healthSchema } from './topology';
import { encryptionSchema, trafficSchema } from './traffic';

/** What the fleet can be sorted by. @public */
export const fleetSortSchema = z.enum([
  'name',
  'owner',
  'system',
  'health',
  'rate',
  'errors',
  'p95',
  'mtls',
  'canary',
  'budget',
  'burn',
  'findings',
  'level',
  'cost',
  'models',
]);

/** @public */
export type FleetSort = z.infer<typeof fleetSortSchema>;

/** One or several values as {@link joinValues} writes them: any of them will do. */
const anyOf = (most: number) =>
  z.string().min(1).max(most).transform(splitValues);
const someOf = anyOf(2000);
/** A person may be in a hundred groups; with its escapes it still is an address that proxies take. */
const ownersOf = anyOf(6000);

/** More rows than this are not answered at once. @public */
export const MOST_FLEET_ROWS = 200;

/**
 * Which entities a question is about: those that meet each filter.
 *
 * @public
 */
export const fleetFilterSchema = z.object({
  /** A part of a name, title, owner, system or Service. */
  search: z.string().max(200).optional(),
  /** Entity references of owners, separated by commas; a comma within any filter's value stands behind a backslash. */
  owner: ownersOf.optional(),
  system: someOf.optional(),
  cluster: someOf.optional(),
  /** Of a Service. */
  namespace: someOf.optional(),
  /** Levels of the scorecard by their id; `none`: below the first; `unknown`: facts that decide are not known. */
  level: someOf.optional(),
  /** Names of models that are in use. */
  model: someOf.optional(),
  /** Only what fails or is slow now. */
  failing: z.enum(['true', 'false']).default('false'),
});

/** @public */
export type FleetFilter = z.output<typeof fleetFilterSchema>;

/** The query of a {@link FleetFilter}, as a caller writes it. @public */
export type FleetFilterQuery = Partial<z.input<typeof fleetFilterSchema>>;

/** @public */
export const fleetRequestSchema = fleetFilterSchema.extend({
  limit: z.coerce.number().int().min(1).max(MOST_FLEET_ROWS).default(50),
  /** Where the page before ended. */
  cursor: z.string().min(1).max(500).optional(),
  sort: fleetSortSchema.default('health'),
  /** Unless said: what is worst or busiest first, names from A. */
  order: z.enum(['asc', 'desc']).optional(),
});

/** @public */
export type FleetRequest = z.output<typeof fleetRequestSchema>;

/** The query of a {@link FleetRequest}, as a caller writes it. @public */
export type FleetQuery = Partial<z.input<typeof fleetRequestSchema>>;

const fleetFactsObject = z.object({
  /** When they were computed; absent: not yet. */
  observedAt: z.iso.datetime().optional(),
  /** What is left of the worst error budget: ratio, below 0 where it is overspent. */
  budgetLeft: factSchema,
  /** The worst burn rate, as a multiple of what the budget allows. */
  burnRate: factSchema,
  findingsHigh: factSchema,
  findingsMedium: factSchema,
  /** Money a day, with its currency. */
  costPerDay: factSchema,
  /** How many models are called. */
  models: factSchema,
  /** Days until the first certificate ends, as of {@link fleetFactsSchema}'s `observedAt`. */
  certificateDaysLeft: factSchema,
  /** Whether the expiry of every workload's certificate was seen to move on; no: a renewal is overdue. */
  certificateRenewal: factSchema,
});

/** @public */
export interface FleetFactsSchema extends Named<typeof fleetFactsObject> {}

/** What a row shows of an entity's stored facts. @public */
export const fleetFactsSchema: FleetFactsSchema = fleetFactsObject;

/** @public */
export type FleetFacts = z.infer<typeof fleetFactsSchema>;

/**
 * The last hour of a row, in twelve points, each the mean over the five minutes that it ends; the oldest first, and the last
 * `until` a moment. A null is a gap, not a zero.
 *
 * @public
 */
export const fleetTrendSchema = z.object({
  until: z.iso.datetime(),
  /** Three digits of each. */
  requestsPerSecond: z.array(z.number().nonnegative().nullable()),
  /** Null also where there was no request. */
  errorRatio: z.array(z.number().min(0).max(1).nullable()),
});

/** @public */
export type FleetTrend = z.infer<typeof fleetTrendSchema>;

const fleetRowObject = z.object({
  entityRef: z.string(),
  title: z.string().optional(),
  /** `spec.type`. */
  type: z.string().optional(),
  owners: z.array(z.string()),
  systems: z.array(z.string()),
  /** Those that the caller may see. */
  services: z.array(serviceRefSchema),
  /** All its Services, all callers. */
  traffic: trafficSchema.pick({
    requestsPerSecond: true,
    requestCount: true,
    errorRatio: true,
    p95: true,
  }),
  trend: measured(fleetTrendSchema),
  health: healthSchema,
  encryption: measured(encryptionSchema),
  /** Its canary to look at first; null: none is active. */
  canary: measured(
    z
      .object({
        id: z.string(),
        state: canaryStateSchema,
        next: canaryNextSchema,
      })
      .nullable(),
  ),
  facts: fleetFactsSchema,
  /** Those that are called; absent where that is not known, which the fact `models` explains. */
  modelNames: z.array(z.string()).optional(),
  /** Of what its review finds and no annotation silences, each once; absent where that is not known. */
  findingCodes: z.array(findingCodeSchema).optional(),
  /** Of its scorecard. */
  level: measured(scorecardLevelSchema),
});

/** @public */
export interface FleetRowSchema extends Named<typeof fleetRowObject> {}

/**
 * An entity that is in a mesh.
 *
 * @public
 */
export const fleetRowSchema: FleetRowSchema = fleetRowObject;

/** @public */
export type FleetRow = z.infer<typeof fleetRowSchema>;

const fleetObject = z.object({
  window: windowSchema,
  observedAt: z.iso.datetime(),
  rows: z.array(fleetRowSchema),
  /** Rows that the filters leave, on all pages. */
  total: z.number().int().nonnegative(),
  /** Entities that the caller may see, whatever the filters. */
  all: z.number().int().nonnegative(),
  /** The cursor of the next page; absent: this is the last. */
  next: z.string().optional(),
  /** What there is to filter by. */
  facets: z.object({
    owners: z.array(z.string()),
    systems: z.array(z.string()),
    clusters: z.array(z.string()),
    namespaces: z.array(z.string()),
    /** The scorecard's, lowest first. */
    levels: z.array(z.object({ id: z.string(), title: z.string() })),
    models: z.array(z.string()),
    /** Entities of which it is not known which models they call: no filter by model finds them. */
    modelsNotKnown: z.number().int().nonnegative(),
    /** Entities of which nobody can tell whether they are slow: `failing` does not find them unless they fail. */
    slownessNotKnown: z.number().int().nonnegative(),
  }),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export interface FleetSchema extends Named<typeof fleetObject> {}

/** @public */
export const fleetSchema: FleetSchema = fleetObject;

/** @public */
export type Fleet = z.infer<typeof fleetSchema>;

const fleetOriginObject = z.object({
  /** Absent: it belongs to an entity that the caller may not see. */
  node: z
    .object({
      kind: z.enum(['service', 'workload', 'external', 'unknown']),
      cluster: z.string(),
      namespace: z.string().optional(),
      name: z.string(),
      entityRefs: z.array(z.string()),
    })
    .optional(),
  /** With figures; absent where it would name what the caller may not see. */
  reason: z.string().optional(),
  /** The same for other languages. */
  words: manyWordsSchema.optional(),
  /** How sure it is that it starts there; see the topology's outage. */
  confidence: z.enum(['likely', 'possible']),
  suffering: z.object({
    /** Services, workloads and hosts that only suffer from it. */
    count: z.number().int().nonnegative(),
    /** Of these, entities that the caller may see. */
    entityRefs: z.array(z.string()),
  }),
});

/** @public */
export interface FleetOriginSchema extends Named<typeof fleetOriginObject> {}

/**
 * Something that fails or is slow by itself, not because of what it calls.
 *
 * @public
 */
export const fleetOriginSchema: FleetOriginSchema = fleetOriginObject;

/** @public */
export type FleetOrigin = z.infer<typeof fleetOriginSchema>;

/** @public */
export const fleetCanarySchema = z.object({
  id: z.string(),
  entityRef: z.string(),
  service: serviceRefSchema,
  state: canaryStateSchema,
  next: canaryNextSchema,
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  reason: z.string(),
  /** Whether it goes on only once a person has decided. */
  waiting: z.boolean(),
  /** Whether the caller may decide. */
  waitingForMe: z.boolean(),
});

/** @public */
export type FleetCanary = z.infer<typeof fleetCanarySchema>;

const endingSchema = z.object({
  entityRef: z.string(),
  title: z.string().optional(),
});

/** Of how many there are the first are listed. */
const endings = <T extends z.ZodType>(ending: T) =>
  z.object({
    ending: z.array(ending),
    /** All that end, listed or not. */
    total: z.number().int().nonnegative(),
    /** Entities of which it is not known. */
    notKnown: z.number().int().nonnegative(),
  });

/** An entity that is not well, whether or not what hurts it starts there. @public */
export const fleetUnwellSchema = endingSchema.extend({ health: healthSchema });

/** @public */
export type FleetUnwell = z.infer<typeof fleetUnwellSchema>;

/** An error budget that is overspent, or burns faster than it may. @public */
export const fleetBudgetSchema = endingSchema.extend({
  /** Ratio, below 0 where it is overspent; absent where it is not known. */
  left: z.number().optional(),
  /** Why `left` is not known, where it is since the period has only begun. */
  young: youngSchema.optional(),
  /** As a multiple of what the budget allows; absent where it is not known. */
  burnRate: z.number().optional(),
});

/** @public */
export type FleetBudget = z.infer<typeof fleetBudgetSchema>;

/** An entity with a certificate that ends within the hour, or that should have been renewed. @public */
export const fleetCertificateSchema = endingSchema.extend({
  endsAt: z.iso.datetime().optional(),
  renewalFails: z.boolean(),
});

/** @public */
export type FleetCertificate = z.infer<typeof fleetCertificateSchema>;

/** How the control plane of a cluster does. @public */
export const fleetControlPlaneSchema = z.object({
  cluster: z.string(),
  /** The mesh's root certificate. */
  root: measured(certificateSchema),
  /** How many proxies of the cluster rejected a part of their configuration within the last 15 minutes; none: `[]`. */
  rejecting: measured(
    z.array(
      z.object({
        part: z.enum(['clusters', 'endpoints', 'listeners', 'routes']),
        proxies: z.number().int().positive(),
      }),
    ),
  ),
});

/** @public */
export type FleetControlPlane = z.infer<typeof fleetControlPlaneSchema>;

const fleetHurtingObject = z.object({
  window: windowSchema,
  observedAt: z.iso.datetime(),
  /** Entities that meet the filters. */
  entities: z.number().int().nonnegative(),
  /** How old what is stored of them is. */
  facts: z.object({
    /** Absent: nothing is stored of any. */
    oldest: z.iso.datetime().optional(),
    newest: z.iso.datetime().optional(),
    /** Entities whose facts were never computed, or cannot be read. */
    none: z.number().int().nonnegative(),
  }),
  /** Entities that are failing, slow or degraded. */
  unwell: z.object({
    /** The worst of them. */
    worst: z.array(fleetUnwellSchema),
    /** All of them, listed or not. */
    total: z.number().int().nonnegative(),
    /** Entities of which it is not known. */
    notKnown: z.number().int().nonnegative(),
    /** Entities of which nobody can tell whether they are slow, though they do not fail. */
    slownessNotKnown: z.number().int().nonnegative(),
  }),
  /** Overspent ones first, then the fastest. */
  budgets: endings(fleetBudgetSchema).extend({
    /** Of those that are not known, how many are since their periods have only begun. */
    young: z.number().int().nonnegative(),
  }),
  /** The first to end first. */
  certificates: endings(fleetCertificateSchema),
  /** Of each cluster that the entities have Services on. */
  controlPlanes: z.array(fleetControlPlaneSchema),
  /** Those with most sufferers first; unknown while no cluster's traffic is known. */
  origins: measured(z.array(fleetOriginSchema)),
  /** The active ones; those that wait for the caller first, then those that wait. */
  canaries: measured(z.array(fleetCanarySchema)),
  /** How many more there are. */
  moreCanaries: moreCount,
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export interface FleetHurtingSchema extends Named<typeof fleetHurtingObject> {}

/**
 * Where it hurts now, over all entities that meet the filters.
 *
 * @public
 */
export const fleetHurtingSchema: FleetHurtingSchema = fleetHurtingObject;

/** @public */
export type FleetHurting = z.infer<typeof fleetHurtingSchema>;
