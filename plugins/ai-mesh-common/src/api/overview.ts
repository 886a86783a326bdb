import { z } from 'zod';
import type { Named } from './named';
import { manyConfiguredThenSchema } from './canaries/configuredThen';
import { canaryGlanceSchema } from './canaries/glance';
import { measured } from './measured';
import { resolutionSchema, serviceRefSchema } from './objects';
import { findingCountsSchema } from './review';
import { queryTraceSchema, sourceSchema, windowSchema } from './sources';
import { encryptionSchema, trafficSchema } from './traffic';
import { worstSloSchema } from './slos';
import { healthSchema } from './topology';
import { momentSchema } from './moment';

/** @public */
export const overviewRequestSchema = z.object({
  window: windowSchema.default('5m'),
  at: momentSchema.optional(),
});

/** @public */
export type OverviewRequest = z.infer<typeof overviewRequestSchema>;

const overviewObject = z.object({
  entityRef: z.string(),
  window: windowSchema,
  observedAt: z.iso.datetime(),
  resolution: resolutionSchema,
  /** The entity's services, all clusters. */
  services: z.array(serviceRefSchema),
  traffic: z.object({
    /** All services, all callers. */
    total: trafficSchema,
    /**
     * What the entity got on each of its clusters, wherever its callers are; absent where it is on one. A call that
     * reached nobody counts where it was made.
     */
    clusters: z
      .array(
        z.object({
          cluster: z.string(),
          traffic: trafficSchema,
        }),
      )
      .optional(),
    health: healthSchema,
    /** Over the last hour, oldest first; a null is a gap, not a zero. */
    sparkline: measured(
      z.array(
        z.object({
          at: z.iso.datetime(),
          requestsPerSecond: z.number().nonnegative().nullable(),
          errorRatio: z.number().min(0).max(1).nullable(),
        }),
      ),
    ),
  }),
  mtls: z.object({
    observed: measured(encryptionSchema),
    /** Callers seen in plaintext, most requests and TCP connections first. */
    plaintextCallers: z.array(
      z.object({
        /** The caller's. */
        cluster: z.string(),
        namespace: z.string().optional(),
        workload: z.string(),
        plaintextPerSecond: z.number().nonnegative(),
      }),
    ),
  }),
  /** The objective that stands worst. */
  worstSlo: measured(worstSloSchema).optional(),
  /** Unknown where the portal's database is away. */
  canary: measured(canaryGlanceSchema),
  /** Of a past moment alone: how canaries had set the entity's routes then. */
  configuredThen: manyConfiguredThenSchema.optional(),
  /** What the review found, at most a minute ago; absent where there is no service to review. */
  findings: findingCountsSchema.optional(),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export interface OverviewSchema extends Named<typeof overviewObject> {}

/** @public */
export const overviewSchema: OverviewSchema = overviewObject;

/** @public */
export type Overview = z.infer<typeof overviewSchema>;
