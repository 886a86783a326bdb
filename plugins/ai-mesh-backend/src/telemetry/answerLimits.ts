import { MOST_BYTES } from '../target/SourceHttp';

/**
 * As many series as a view of one entity reads: what it would make of more would keep everybody waiting, and of a part of
 * them its figures would be wrong.
 */
export const MOST_SERIES = 7500;
/** Of all series of an answer over time together: 2,000 series of a replay have half of them. */
export const MOST_POINTS = 250_000;
/** A series with its names, in bytes of an answer: those of Istio's requests take some 500. */
const BYTES_A_SERIES = 640;
const MEGABYTE = 1024 * 1024;

/** What is read of an answer; unset, as of a view of one entity. */
export interface AnswerLimits {
  mostSeries?: number;
  /** Values over time, of all series together. */
  mostPoints?: number;
  /** What is received. */
  mostBytes?: number;
}

/**
 * The limits of an answer about a whole mesh: its series were counted before.
 *
 * @param mostSeries - that are asked for
 */
export function ofWholeMesh(mostSeries: number): Required<AnswerLimits> {
  const megabytes = Math.ceil((mostSeries * BYTES_A_SERIES) / MEGABYTE);
  return {
    mostSeries: Infinity,
    mostPoints: Infinity,
    mostBytes: Math.max(MOST_BYTES, megabytes * MEGABYTE),
  };
}
