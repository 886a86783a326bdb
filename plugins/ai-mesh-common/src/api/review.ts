import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { findingCodeSchema } from './findingCode';
import {
  fixApplicabilitySchema,
  fixApplicationSchema,
} from './fixApplications';
import { fixRequestSchema } from './fixRequests';
import { moreCount, unknownReasonSchema } from './measured';
import { settingSourceSchema } from './mtls';
import { objectRefSchema, resolutionSchema, serviceRefSchema } from './objects';
import { queryTraceSchema, sourceSchema } from './sources';

/** @public */
export const reviewRequestSchema = z.object({});

/** @public */
export type ReviewRequest = z.infer<typeof reviewRequestSchema>;

/**
 * - `high`: something is broken, unprotected or paid for twice
 * - `medium`: it will be, under load or on the next failure
 * - `low`: untidy, and a trap for whoever changes it
 * - `note`: worth knowing; nothing need be done
 *
 * @public
 */
export const findingSeveritySchema = z.enum(['high', 'medium', 'low', 'note']);

/** @public */
export type FindingSeverity = z.infer<typeof findingSeveritySchema>;

const jsonPatchOperationObject = z.discriminatedUnion('op', [
  z.object({ op: z.literal('test'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('add'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('replace'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('remove'), path: z.string() }),
]);

/** @public */
export interface JsonPatchOperationSchema extends Named<
  typeof jsonPatchOperationObject
> {}

/**
 * One operation of a JSON Patch (RFC 6902). A `test` guards each change against an object that has moved on.
 *
 * @public
 */
export const jsonPatchOperationSchema: JsonPatchOperationSchema =
  jsonPatchOperationObject;

/** @public */
export type JsonPatchOperation = z.infer<typeof jsonPatchOperationSchema>;

/** What keeps an object as something else says. */
const keptBySchema = z.object({
  cluster: z.string(),
  /** `Application` of Argo CD's; `Kustomization` or `HelmRelease` of Flux's. */
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});

const fixSourceObject = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('known'),
    /** `entity`: nothing says it of the object itself, and this is the entity's own source. */
    knownBy: z.enum(['annotation', 'argo-cd', 'flux', 'entity']),
    keptBy: keptBySchema.optional(),
    /** The repository's address, without credentials. */
    repository: z.string(),
    /** A folder or file in it; absent: its root, or the address has it. */
    path: z.string().optional(),
    /** A branch, tag or commit. */
    revision: z.string().optional(),
    /** A page that shows the repository. */
    link: z.url().optional(),
    /**
     * What makes the object of what is there. `kustomize`: a base or a patch; `template`: it cannot be edited safely, its
     * values can.
     */
    madeBy: z.enum(['files', 'kustomize', 'template', 'unsaid']),
    message: z.string(),
    words: manyWordsSchema.optional(),
  }),
  z.object({
    status: z.literal('chart'),
    keptBy: keptBySchema.optional(),
    chart: z.string().optional(),
    message: z.string(),
    words: manyWordsSchema.optional(),
  }),
  z.object({
    status: z.literal('unknown'),
    /**
     * - `untracked`: nothing says it
     * - `not-found`: what the object names does not exist where the portal may look
     * - `not-its`: that does not list the object
     * - `several`: it takes from several places
     */
    reason: z.enum([
      'untracked',
      'not-found',
      'not-its',
      'several',
      'forbidden',
      'unreachable',
      'unreadable',
    ]),
    keptBy: keptBySchema.optional(),
    message: z.string(),
    words: manyWordsSchema.optional(),
  }),
]);

/** @public */
export interface FixSourceSchema extends Named<typeof fixSourceObject> {}

/**
 * Where the object that a fix changes is kept, so that the change lasts.
 *
 * - `known`: in Git
 * - `chart`: it is made from a chart's template that is not in a Git repository which is known
 *
 * @public
 */
export const fixSourceSchema: FixSourceSchema = fixSourceObject;

/** @public */
export type FixSource = z.infer<typeof fixSourceSchema>;

/**
 * What to change so that the finding is gone.
 *
 * @public
 */
export const findingFixSchema = z.object({
  object: objectRefSchema,
  /** The object as it would be, for `kubectl apply -f`. */
  yaml: z.string(),
  /** The object as it is, in the same form; absent where it is to be created. */
  before: z.string().optional(),
  /** The same as a JSON Patch of the object as it is; absent where the object is to be created, or applied anew. */
  jsonPatch: z.array(jsonPatchOperationSchema).optional(),
  /** Where the object is kept; absent where nobody looked. */
  source: fixSourceSchema.optional(),
  /** Whether it can be applied from here; absent where nobody looked, or the portal writes nothing to the cluster. */
  applicability: fixApplicabilitySchema.optional(),
});

/** @public */
export type FindingFix = z.infer<typeof findingFixSchema>;

/** @public */
export const findingEvidenceSchema = z.object({
  from: z.enum(['configuration', 'metrics', 'kiali']),
  message: z.string(),
  /** The message for other languages, where the catalogue has it. */
  words: manyWordsSchema.optional(),
  /** Where configuration says it. */
  at: settingSourceSchema.optional(),
});

/** @public */
export type FindingEvidence = z.infer<typeof findingEvidenceSchema>;

const findingObject = z.object({
  /** Opaque and stable between answers, as long as the finding stays the same. */
  id: z.string(),
  code: findingCodeSchema,
  /** Which of the code's messages, a key of `findingMessages`: `AIM301.subset`. */
  messageKey: z.string(),
  severity: findingSeveritySchema,
  /** The entity's service that it is about. */
  service: serviceRefSchema,
  /** The object to look at, and the path in it (`spec.http[0].timeout`; empty for the object as a whole). */
  object: objectRefSchema,
  path: z.string(),
  /** Other objects that play a part. */
  related: z.array(objectRefSchema),
  /** What the message's `{{...}}` stand for. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Those of them that are more than names and figures, for other languages. */
  phrases: z.record(z.string(), manyWordsSchema).optional(),
  /** In English: what is found, and why it matters for AI traffic. */
  message: z.string(),
  why: z.string(),
  /** Where to read more. */
  link: z.url(),
  evidence: z.array(findingEvidenceSchema),
  fix: findingFixSchema.optional(),
  /** The annotation that silences it, where one does. */
  suppressedBy: settingSourceSchema.optional(),
  /** Istio's (IST) and Kiali's (KIA) codes of the same check. */
  equivalents: z.array(z.string()),
});

/** @public */
export interface FindingSchema extends Named<typeof findingObject> {}

/** @public */
export const findingSchema: FindingSchema = findingObject;

/** @public */
export type Finding = z.infer<typeof findingSchema>;

/**
 * A field that is not what its schema allows. What depends on it was not reviewed.
 *
 * @public
 */
export const unreadableSchema = settingSourceSchema.extend({
  message: z.string(),
  /** The message for other languages, where the catalogue has it. */
  words: manyWordsSchema.optional(),
});

/** @public */
export type Unreadable = z.infer<typeof unreadableSchema>;

/**
 * Findings by severity, without the suppressed ones.
 *
 * @public
 */
export const findingCountsSchema = z.record(
  findingSeveritySchema,
  z.number().int().nonnegative(),
);

/** @public */
export type FindingCounts = z.infer<typeof findingCountsSchema>;

const reviewObject = z.object({
  entityRef: z.string(),
  observedAt: z.iso.datetime(),
  resolution: resolutionSchema,
  /** Worst first; suppressed ones last. */
  findings: z.array(findingSchema),
  counts: findingCountsSchema,
  unreadable: z.array(unreadableSchema),
  /** Codes that could not be judged, and why. What is not listed was judged. */
  notJudged: z.array(
    z.object({
      code: findingCodeSchema,
      service: serviceRefSchema,
      reason: unknownReasonSchema,
      message: z.string(),
      /** The message for other languages, where the catalogue has it. */
      words: manyWordsSchema.optional(),
    }),
  ),
  /** What Kiali says beyond the findings above. */
  kiali: z.array(
    z.object({
      object: objectRefSchema,
      code: z.string().optional(),
      severity: z.enum(['error', 'warning', 'info']),
      message: z.string(),
      path: z.string().optional(),
    }),
  ),
  /** Every object named above that is there, as read from the cluster, without managed fields. */
  objects: z.array(
    z.object({
      ref: objectRefSchema,
      manifest: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Pull requests for findings of the entity, newest first; absent where nobody looked. */
  requests: z.array(fixRequestSchema).optional(),
  /** How many older ones are not among {@link requests}. */
  moreRequests: moreCount,
  /** Why {@link requests} could not be read. */
  requestsUnknown: z.string().optional(),
  /** Fixes that were to be written into the cluster: those that wait or are being written, then the newest; absent where nobody looked. */
  applications: z.array(fixApplicationSchema).optional(),
  /** How many older ones are not among {@link applications}. */
  moreApplications: moreCount,
  /** Why {@link applications} could not be read. */
  applicationsUnknown: z.string().optional(),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export interface ReviewSchema extends Named<typeof reviewObject> {}

/** @public */
export const reviewSchema: ReviewSchema = reviewObject;

/** @public */
export type Review = z.infer<typeof reviewSchema>;
