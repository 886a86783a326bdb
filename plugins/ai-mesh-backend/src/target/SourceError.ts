import { CustomErrorBase } from '@backstage/errors';

/**
 * An outside system gave no usable answer. Its message is for a person, and never holds a credential.
 */
export class SourceError extends CustomErrorBase {
  readonly reason: 'source-unreachable' | 'forbidden';
  /** It did not answer in time: to ask once more for the same view would take as long again. */
  isLate = false;

  constructor(
    reason: 'source-unreachable' | 'forbidden',
    message: string,
    cause?: Error | unknown,
  ) {
    super(message, cause);
    this.reason = reason;
  }
}
