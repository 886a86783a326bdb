import { z } from 'zod';
import type { Named } from './named';
import { findingCodeSchema } from './findingCode';
import { objectRefSchema } from './objects';

/**
 * That a pull request was opened for findings of the review.
 *
 * @public
 */
export const fixRequestBodySchema = z.strictObject({
  /** Ids of findings that the review has. */
  findings: z.array(z.string().min(1).max(200)).min(1).max(50),
  /** The pull request's page. */
  url: z.url({ protocol: /^https?$/ }).max(500),
});

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
      'not-asked',
      'unsupported',
      'not-found',
      'forbidden',
      'unreachable',
      'unreadable',
    ]),
    message: z.string(),
  }),
]);

/** @public */
export type FixRequestState = z.infer<typeof fixRequestStateSchema>;

const fixRequestObject = z.object({
  id: z.string(),
  url: z.url(),
  askedBy: z.string(),
  askedAt: z.iso.datetime(),
  state: fixRequestStateSchema,
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
});

/** @public */
export interface FixRequestSchema extends Named<typeof fixRequestObject> {}

/**
 * A pull request for findings of the review.
 *
 * @public
 */
export const fixRequestSchema: FixRequestSchema = fixRequestObject;

/** @public */
export type FixRequest = z.infer<typeof fixRequestSchema>;
