import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { moreCount, unknownReasonSchema } from './measured';
import { callerSchema, settingSourceSchema, workloadNameSchema } from './mtls';
import { objectRefSchema } from './objects';

const refusedCallerObject = z.object({
  /** `observation`: seen in plaintext over the look-back; `configuration`: would call in plaintext, seen or not. */
  from: z.enum(['observation', 'configuration']),
  caller: callerSchema,
  /** Mean over the last minutes, per second; absent where not observed. */
  plaintextPerSecond: z.number().nonnegative().optional(),
  lastPlaintextAt: z.iso.datetime().optional(),
  message: z.string(),
  words: manyWordsSchema.optional(),
  at: z.array(settingSourceSchema),
});

/** @public */
export interface RefusedCallerSchema extends Named<
  typeof refusedCallerObject
> {}

/**
 * A caller that STRICT would refuse, or may.
 *
 * @public
 */
export const refusedCallerSchema: RefusedCallerSchema = refusedCallerObject;

/** @public */
export type RefusedCaller = z.infer<typeof refusedCallerSchema>;

const strictManifestObject = z.object({
  scope: z.enum(['namespace', 'workload']),
  object: objectRefSchema,
  /** False: it is there already, and this is how it would be. */
  creates: z.boolean(),
  /** For `kubectl apply -f`. */
  yaml: z.string(),
  /** Ports that it leaves as they are, because something there needs plaintext. */
  exceptions: z.array(
    z.object({
      port: z.number().int(),
      mode: z.enum(['PERMISSIVE', 'DISABLE']),
      message: z.string(),
      words: manyWordsSchema.optional(),
    }),
  ),
  /** The workloads that it makes STRICT, beyond the service's own too. */
  workloads: z.array(workloadNameSchema),
  /** Who would be refused, on whichever of these workloads. Empty: nobody that is known of. */
  wouldRefuse: z.array(refusedCallerSchema),
  /** How many more would be. */
  moreRefused: moreCount,
});

/** @public */
export interface StrictManifestSchema extends Named<
  typeof strictManifestObject
> {}

/**
 * A PeerAuthentication that switches to STRICT.
 *
 * @public
 */
export const strictManifestSchema: StrictManifestSchema = strictManifestObject;

/** @public */
export type StrictManifest = z.infer<typeof strictManifestSchema>;

/**
 * Whether a service can be switched to STRICT.
 *
 * - `strict`: it is
 * - `ready`: no plaintext was seen over the look-back: the manifest does it; either the namespace's, or all of those with
 *   scope `workload` together
 * - `blocked`: by these callers; manifests, where there are any, leave them a port
 * - `impossible`: no proxy that could enforce it
 * - `unknown`: not known who calls in plaintext
 *
 * @public
 */
export const strictReadinessSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('strict') }),
  z.object({
    status: z.literal('ready'),
    manifests: z.array(strictManifestSchema),
  }),
  z.object({
    status: z.literal('blocked'),
    by: z.array(refusedCallerSchema),
    moreBy: moreCount,
    manifests: z.array(strictManifestSchema),
  }),
  z.object({
    status: z.literal('impossible'),
    message: z.string(),
    words: manyWordsSchema.optional(),
  }),
  z.object({
    status: z.literal('unknown'),
    reason: unknownReasonSchema,
    message: z.string(),
    words: manyWordsSchema.optional(),
    /** What configuration alone tells of who would be refused. */
    by: z.array(refusedCallerSchema),
    moreBy: moreCount,
  }),
]);

/** @public */
export type StrictReadiness = z.infer<typeof strictReadinessSchema>;
