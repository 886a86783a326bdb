import { inEnglish, type Words } from '@ai-mesh/plugin-ai-mesh-common';

/**
 * Why a route's weights cannot be moved. The message is for a service owner, and names the candidates where there are any.
 *
 * - `unreadable`: the object is not as its kind should be
 * - `unsupported`: the route carries a protocol whose shares cannot be moved safely
 * - `rule-missing`, `rule-ambiguous`: no rule qualifies, or more than one
 * - `version-missing`, `version-ambiguous`: the rule has no such destination, or several
 * - `too-coarse`: the other destinations' weights leave no whole number for this share
 */
export type SplitRefusalCode =
  | 'unreadable'
  | 'unsupported'
  | 'rule-missing'
  | 'rule-ambiguous'
  | 'version-missing'
  | 'version-ambiguous'
  | 'too-coarse';

export class SplitRefusal extends Error {
  readonly code: SplitRefusalCode;

  /** The message for other languages. */
  readonly words: Words;

  constructor(code: SplitRefusalCode, words: Words) {
    super(inEnglish([words]));
    this.words = words;
    this.name = 'SplitRefusal';
    this.code = code;
  }
}
