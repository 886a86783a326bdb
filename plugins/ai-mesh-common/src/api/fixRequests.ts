import { z } from 'zod';
import { requestTextsEn } from '../words/texts/requestsEn';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { findingCodeSchema } from './findingCode';
import { moreCount } from './measured';
import { objectRefSchema } from './objects';

/**
 * What a pull request is for.
 *
 * - `finding`: to mend findings of the review
 * - `strict`: the manifests that take mutual TLS alone
 * - `rules`: the rules of objectives
 * - `canary`: the weights of a promoted canary
 *
 * @public
 */
export const fixRequestKindSchema = z.enum([
  'finding',
  'strict',
  'rules',
  'canary',
]);

/** @public */
export type FixRequestKind = z.infer<typeof fixRequestKindSchema>;

const canaryId = z
  .string()
  .regex(/^[\w-]{1,100}$/, requestTextsEn['rule.canaryId']);

/**
 * That a pull request was opened, and what for: one of `findings`, `strict`, `rules` and `canary`.
 *
 * @public
 */
export const fixRequestBodySchema = z
  .strictObject({
    /** Ids of findings that the review has. */
    findings: z.array(z.string().min(1).max(200)).min(1).max(50).optional(),
    /** The manifests of this scope that the security view has for services that are ready for STRICT. */
    strict: z.enum(['workload', 'namespace']).optional(),
    /** The rules of the objectives: a file for Prometheus, or an object for its operator. */
    rules: z.enum(['prometheus', 'operator']).optional(),
    /** The id of a promoted canary of the entity. */
    canary: canaryId.optional(),
    /** With `strict` and `rules`: the cluster that is meant, where the entity is on several. */
    cluster: z.string().min(1).max(253).optional(),
    /** The pull request's page. */
    url: z.url({ protocol: /^https?$/ }).max(500),
  })
  .refine(
    ({ findings, strict, rules, canary }) =>
      [findings, strict, rules, canary].filter(one => one !== undefined)
        .length === 1,
    { message: requestTextsEn['rule.oneFix'] },
  );

/** @public */
export type FixRequestBody = z.infer<typeof fixRequestBodySchema>;

/**
 * What became of the pull request, as its Git host says.
 *
 * - `conflicting`: open, and its host cannot merge it, since what it changes was changed otherwise; of hosts that do not say so, it
 *   is `open`
 * - `closed`: without being merged
 *
 * @public
 */
export const fixRequestStateSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('known'),
    value: z.enum(['open', 'conflicting', 'merged', 'closed']),
    /** When the host said so last. */
    at: z.iso.datetime(),
  }),
  z.object({
    status: z.literal('unknown'),
    /** `unsupported`: a host whose pull requests are not read. */
    reason: z.enum([
      'unsupported',
      'not-found',
      'forbidden',
      'unreachable',
      'unreadable',
    ]),
    message: z.string(),
    words: manyWordsSchema.optional(),
  }),
]);

/** @public */
export type FixRequestState = z.infer<typeof fixRequestStateSchema>;

const fixRequestObject = z.object({
  id: z.string(),
  url: z.url(),
  askedBy: z.string(),
  askedAt: z.iso.datetime(),
  kind: fixRequestKindSchema,
  state: fixRequestStateSchema,
  /** What it is to mend, where that is findings. */
  findings: z.array(
    z.object({
      id: z.string(),
      code: findingCodeSchema,
      object: objectRefSchema,
      /**
       * How the finding stands in the cluster now.
       *
       * - `found`: as before
       * - `applied`: the object is as the fix has it, and the finding is not gone yet
       * - `gone`: the review does not have it any more
       * - `unknown`: it could not be judged
       */
      standing: z.enum(['found', 'applied', 'gone', 'unknown']),
    }),
  ),
  /** What it is to bring otherwise; empty where that is no object of the cluster, as a file of rules is none. */
  objects: z.array(
    z.object({
      object: objectRefSchema,
      /**
       * How it stands in the cluster now, whatever became of the request.
       *
       * - `applied`: as the request has it
       * - `differs`: it is there, and not as the request has it
       * - `absent`: it is not there
       * - `unknown`: the cluster could not be read
       */
      standing: z.enum(['applied', 'differs', 'absent', 'unknown']),
      /** Why it is not known, or in what it differs where that can be said. */
      message: z.string().optional(),
      words: manyWordsSchema.optional(),
    }),
  ),
});

/** @public */
export interface FixRequestSchema extends Named<typeof fixRequestObject> {}

/**
 * A pull request for what AI Mesh has found, made or done.
 *
 * @public
 */
export const fixRequestSchema: FixRequestSchema = fixRequestObject;

/** @public */
export type FixRequest = z.infer<typeof fixRequestSchema>;

/** @public */
export const fixRequestsRequestSchema = z.object({
  /** Those for findings are beside them, in the review. */
  kind: fixRequestKindSchema.exclude(['finding']),
  /** Of one canary alone, by its id. */
  canary: canaryId.optional(),
});

/** @public */
export type FixRequestsRequest = z.infer<typeof fixRequestsRequestSchema>;

const fixRequestsObject = z.object({
  entityRef: z.string(),
  observedAt: z.iso.datetime(),
  /** Newest first; absent where they could not be read. */
  requests: z.array(fixRequestSchema).optional(),
  /** How many older ones are not among {@link requests}. */
  moreRequests: moreCount,
  /** Why {@link requests} could not be read. */
  requestsUnknown: z.string().optional(),
});

/** @public */
export interface FixRequestsSchema extends Named<typeof fixRequestsObject> {}

/**
 * An entity's pull requests of one kind, and how what they are for stands in the cluster.
 *
 * @public
 */
export const fixRequestsSchema: FixRequestsSchema = fixRequestsObject;

/** @public */
export type FixRequests = z.infer<typeof fixRequestsSchema>;
