import type { FindingCode, FindingSeverity } from '../api';

export const ISTIO = 'https://istio.io/latest/docs';

/**
 * One message of the review.
 *
 * @public
 */
export interface FindingMessage {
  code: FindingCode;
  severity: FindingSeverity;
  /** Istio's (IST) and Kiali's (KIA) codes of the same check. */
  equivalents: readonly string[];
  link: string;
}

/**
 * The words of one message. `{{...}}` stands for a parameter of the finding.
 *
 * @public
 */
export interface FindingText {
  /** A few words, for a list. */
  title: string;
  /** What was found, in one sentence. */
  message: string;
  /** Why it matters for AI traffic. */
  why: string;
}

export function message(
  code: FindingCode,
  severity: FindingSeverity,
  link: string,
  ...equivalents: string[]
): FindingMessage {
  return { code, severity, link, equivalents };
}
