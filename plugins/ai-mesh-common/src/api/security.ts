import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { authorizationSchema } from './authorization';
import { measured } from './measured';
import {
  callerMtlsSchema,
  mtlsConflictSchema,
  mtlsNoteSchema,
  settingSourceSchema,
  workloadMtlsSchema,
  workloadNameSchema,
} from './mtls';
import { objectRefSchema, resolutionSchema, serviceRefSchema } from './objects';
import { strictReadinessSchema } from './readiness';
import { queryTraceSchema, sourceSchema } from './sources';
import { momentSchema } from './moment';

/** @public */
export const securityRequestSchema = z.object({
  at: momentSchema.optional(),
});

/** @public */
export type SecurityRequest = z.infer<typeof securityRequestSchema>;

/**
 * What mutual TLS comes to for a service.
 *
 * - `strict`: every port is STRICT and no caller is refused
 * - `ready`: not STRICT, but no plaintext was seen over the look-back: switching is safe
 * - `mixed`: plaintext callers exist
 * - `disabled`: a port is on DISABLE, or no proxy terminates mutual TLS
 * - `conflict`: two settings refuse each other, or every port refuses a caller that was seen in plaintext
 * - `unknown`: no telemetry or no configuration to tell it from
 *
 * @public
 */
export const mtlsStatusSchema = z.enum([
  'strict',
  'ready',
  'mixed',
  'disabled',
  'conflict',
  'unknown',
]);

/** @public */
export type MtlsStatus = z.infer<typeof mtlsStatusSchema>;

/** @public */
export const serviceMtlsSchema = z.object({
  status: mtlsStatusSchema,
  /** Why, in one sentence with figures and names. */
  message: z.string(),
  words: manyWordsSchema.optional(),
  workloads: z.array(workloadMtlsSchema),
  /** Plaintext first, most of it first. */
  callers: z.array(callerMtlsSchema),
  /** All callers together over the look-back, 0..1. */
  observedShare: measured(z.number().min(0).max(1)),
  conflicts: z.array(mtlsConflictSchema),
  readiness: strictReadinessSchema,
  notes: z.array(mtlsNoteSchema),
});

/** @public */
export type ServiceMtls = z.infer<typeof serviceMtlsSchema>;

/** @public */
export const certificateStatusSchema = z.enum([
  'ok',
  'soon',
  'expired',
  'unknown',
]);

/** @public */
export type CertificateStatus = z.infer<typeof certificateStatusSchema>;

const certificateObject = z.object({
  expiresAt: z.iso.datetime(),
  /** Negative once it has expired. */
  secondsLeft: z.number(),
  /** `soon`: under 1 h for a workload's (which lives 24 h), under 30 d for the root's. */
  status: certificateStatusSchema,
});

/** @public */
export interface CertificateSchema extends Named<typeof certificateObject> {}

/** @public */
export const certificateSchema: CertificateSchema = certificateObject;

/** @public */
export type Certificate = z.infer<typeof certificateSchema>;

const certificatesObject = z.object({
  workloads: z.array(
    z.object({
      workload: workloadNameSchema,
      /** The one that expires first of all its pods'. */
      soonest: measured(certificateSchema),
      /** Whether its expiry moves on, as it does when Istio renews it. */
      rotation: z.object({
        status: z.enum(['working', 'failing', 'unknown']),
        message: z.string(),
        words: manyWordsSchema.optional(),
      }),
    }),
  ),
  root: measured(certificateSchema),
  /** Proxies of the service that rejected the control plane's configuration in the last 15 minutes and keep what they had. */
  outOfSync: measured(
    z.array(
      z.object({
        proxy: z.string(),
        /** Which part: `clusters`, `listeners`, `routes`, `endpoints`. */
        part: z.string(),
        message: z.string().optional(),
      }),
    ),
  ),
});

/** @public */
export interface CertificatesSchema extends Named<typeof certificatesObject> {}

/** @public */
export const certificatesSchema: CertificatesSchema = certificatesObject;

/** @public */
export type Certificates = z.infer<typeof certificatesSchema>;

const telemetrySettingsObject = z.object({
  workload: workloadNameSchema,
  tracing: z.object({
    /** Percent, 0..100; unknown where no Telemetry says it, and the mesh's configuration does (1 % unless set). */
    samplingPercent: measured(z.number()),
    samplingFrom: settingSourceSchema.optional(),
    /** True: spans are not reported at all. */
    disabled: z.boolean(),
    providers: z.array(z.string()),
    tags: z.array(
      z.object({
        name: z.string(),
        /** `header x-ai-model, defaultValue unknown`, `literal prod`, `environment POD_NAME`. */
        value: z.string(),
        from: settingSourceSchema,
      }),
    ),
    /** The tag that carries the model's name. */
    modelTag: z.string().optional(),
  }),
  accessLog: z.object({
    /**
     * - `all`: every request; `filtered`: those that the filter keeps; `off`: switched off
     * - `mesh-default`: no Telemetry says it: the mesh's configuration does
     */
    status: z.enum(['all', 'filtered', 'off', 'mesh-default']),
    filter: z.string().optional(),
    providers: z.array(z.string()),
    from: settingSourceSchema.optional(),
  }),
  notes: z.array(
    z.object({
      message: z.string(),
      words: manyWordsSchema.optional(),
      at: z.array(settingSourceSchema),
    }),
  ),
});

/** @public */
export interface TelemetrySettingsSchema extends Named<
  typeof telemetrySettingsObject
> {}

/**
 * What the Telemetry objects say for one workload: mesh, then namespace, then workload; the last that sets it counts.
 *
 * @public
 */
export const telemetrySettingsSchema: TelemetrySettingsSchema =
  telemetrySettingsObject;

/** @public */
export type TelemetrySettings = z.infer<typeof telemetrySettingsSchema>;

/** @public */
export const serviceSecuritySchema = z.object({
  service: serviceRefSchema,
  mtls: serviceMtlsSchema,
  authorization: authorizationSchema,
  certificates: certificatesSchema,
  telemetry: measured(z.array(telemetrySettingsSchema)),
  /** Every object that is named in this answer, as read from the cluster, without managed fields. */
  objects: z.array(
    z.object({
      ref: objectRefSchema,
      manifest: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** @public */
export type ServiceSecurity = z.infer<typeof serviceSecuritySchema>;

/** @public */
export const securitySchema = z.object({
  entityRef: z.string(),
  observedAt: z.iso.datetime(),
  /** How far back observation looks, seconds. */
  lookBackSeconds: z.number().positive(),
  resolution: resolutionSchema,
  services: z.array(serviceSecuritySchema),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export type Security = z.infer<typeof securitySchema>;
