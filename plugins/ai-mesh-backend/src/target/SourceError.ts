import {
  inEnglish,
  said,
  type Sentences,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { CustomErrorBase } from '@backstage/errors';

/**
 * An outside system gave no usable answer. Its message is for a person, and never holds a credential.
 */
export class SourceError extends CustomErrorBase {
  readonly reason: 'source-unreachable' | 'forbidden';
  /** It did not answer in time: to ask once more for the same view would take as long again. */
  isLate = false;
  /** Its answer was too large to be read whole: less may be asked for. */
  isTooLarge = false;

  /** Its message as words, where it is ours. */
  readonly why: string | readonly Words[];

  constructor(
    reason: 'source-unreachable' | 'forbidden',
    why: string | readonly Words[],
    cause?: Error | unknown,
  ) {
    super(typeof why === 'string' ? why : inEnglish(why), cause);
    this.reason = reason;
    this.why = why;
  }

  /** For a person. */
  get sentences(): Sentences {
    return typeof this.why === 'string'
      ? { message: this.why }
      : said(...this.why);
  }
}
