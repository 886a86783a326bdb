import type { Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { JsonRecord } from './json';

/** As what a `Set-Cookie` is added where a destination has none. */
export const SET_COOKIE = 'Set-Cookie';

export function isSetCookie(name: unknown): boolean {
  return typeof name === 'string' && name.toLowerCase() === 'set-cookie';
}

/**
 * How a kind of route has a destination's answers carry a `Set-Cookie`. It is added, never set: an application's own
 * cookies come through.
 */
export interface AnswerCookie {
  /** The key of a rule's destinations. */
  readonly listKey: string;
  /** The key of a destination that all of it stands under. */
  readonly key: string;
  /** How many of the fields around it are there, from the outside in. */
  depth(destination: JsonRecord): number;
  /** Those that are added now. */
  all(destination: JsonRecord): string[];
  /** The destination with it; one of the same cookie is replaced. */
  with(destination: JsonRecord, setCookie: string): JsonRecord;
  /**
   * The destination without it.
   *
   * @param depth - so many of the fields around it stay, from the outside in, even where nothing is left in them
   */
  without(
    destination: JsonRecord,
    setCookie: string,
    depth: number,
  ): JsonRecord;
  /** What keeps a cookie of ours from browsers: half a sentence. */
  obstacle(rule: JsonRecord, destination: JsonRecord): Words | undefined;
}
