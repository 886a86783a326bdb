import type { CanaryHeaderPhase } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { AnswerCookie } from './AnswerCookie';
import type { FullVersion } from './FullVersion';
import type { JsonRecord } from './json';

/** One destination of a rule. */
export interface SplitDestination {
  /** JSON pointer of the destination in the object. */
  pointer: string;
  host: string;
  subset?: string;
  port?: number;
  /** The weight as written; absent where the object leaves it out. */
  written?: number;
  /** The weight as it counts. */
  weight: number;
  raw: JsonRecord;
}

/** One HTTP or gRPC rule of a route object. */
export interface SplitRule {
  name?: string;
  /** `http[2]`, as a person finds it. */
  label: string;
  /** JSON pointer of the rule. */
  pointer: string;
  /** JSON pointer of its list of destinations. */
  listPointer: string;
  index: number;
  /** Catches everything that reaches it. */
  catchAll: boolean;
  destinations: SplitDestination[];
  raw: JsonRecord;
}

/**
 * What the kinds of routes differ in; everything else about moving weights is the same for all.
 */
export interface RouteDialect {
  /** JSON pointer of the list of rules. */
  readonly rulesPointer: string;
  /** Absent: its callers keep no cookies. */
  readonly answerCookie?: AnswerCookie;
  /**
   * The rules that carry HTTP or gRPC, in the object's order.
   *
   * @throws SplitRefusal where a weight is no whole number
   */
  rules(object: ConfigObject, clusterDomain: string): SplitRule[];
  /** Rules of other protocols that send to the host, in a person's words: `tcp[0]`. */
  otherProtocols(
    object: ConfigObject,
    host: string,
    clusterDomain: string,
  ): string[];
  /** A destination of the version, in the style of the stable one. */
  destination(
    stable: SplitDestination,
    version: FullVersion,
    weight: number,
  ): JsonRecord;
  /** A rule that takes requests with one of the headers out of `rule` and sends them to one destination. */
  headerRule(
    rule: SplitRule,
    destination: JsonRecord,
    phase: CanaryHeaderPhase,
    id: string,
  ): JsonRecord;
  /** Index of a rule that was written before, or -1; `changed` where it is there, but not as it was written. */
  findHeaderRule(
    rules: readonly unknown[],
    written: JsonRecord,
  ): { index: number; changed: boolean };
}
