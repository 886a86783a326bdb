import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';

const sourceObject = z.object({
  /** The kind of source. */
  name: z.enum(['kubernetes', 'prometheus', 'kiali', 'tracing', 'catalog']),
  /** The cluster as configured, absent for the catalog. */
  cluster: z.string().optional(),
  /**
   * - `ok`: answered
   * - `partial`: answered, but a part is missing (a kind that may not be listed, a warning)
   * - `stale`: the answer is older than it should be, because the source is gone for now
   * - `unreachable`, `forbidden`, `not-configured`: no data from it
   */
  status: z.enum([
    'ok',
    'partial',
    'stale',
    'unreachable',
    'forbidden',
    'not-configured',
  ]),
  /** When the data was observed (ISO 8601), absent when there is none. */
  observedAt: z.iso.datetime().optional(),
  /** What went wrong and what to do, for a person. Never holds a credential. */
  message: z.string().optional(),
  /** The same for other languages. */
  words: manyWordsSchema.optional(),
});

/** @public */
export interface SourceSchema extends Named<typeof sourceObject> {}

/**
 * Where an answer came from, how it went, and how old it is.
 *
 * @public
 */
export const sourceSchema: SourceSchema = sourceObject;

/** @public */
export type Source = z.infer<typeof sourceSchema>;

const queryTraceObject = z.object({
  /** What it measured. */
  id: z.enum([
    'requests',
    'latency',
    'usual-latency',
    'tcp',
    'breakers',
    'sparkline',
    'encryption',
    'denied',
    'certificates',
    'proxies',
    'usage',
    'egress',
    'ai-series',
    'custom-series',
    'recorded-slos',
    'model-rates',
    'model-latency',
    'burn-rates',
    'slow-burn-rates',
    'periods',
    'model-history',
    'earlier-history',
    'application-breakers',
    'mesh-size',
    'control-plane',
    'dropped-labels',
    'budget-alerts',
  ]),
  cluster: z.string(),
  /** The PromQL as sent, with the cluster's extra labels; a very long one is cut, and ends with `…`. */
  promql: z.string(),
  /** What Prometheus warned of. */
  warnings: z.array(z.string()),
  /** Of so many that ask the same about other namespaces each, this is one; absent: there is no other. */
  alike: z.number().optional(),
});

/** @public */
export interface QueryTraceSchema extends Named<typeof queryTraceObject> {}

/**
 * A query that made numbers of an answer, so that a reader can repeat it.
 *
 * @public
 */
export const queryTraceSchema: QueryTraceSchema = queryTraceObject;

/** @public */
export type QueryTrace = z.infer<typeof queryTraceSchema>;

/**
 * The time windows that the screens offer.
 *
 * @public
 */
export const windowSchema = z.enum(['5m', '15m', '1h', '6h']);

/** @public */
export type Window = z.infer<typeof windowSchema>;

/** The seconds of a window. @public */
export const windowSeconds: Record<Window, number> = {
  '5m': 300,
  '15m': 900,
  '1h': 3600,
  '6h': 21600,
};
