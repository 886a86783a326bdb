import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { EditError } from '../../kubernetes/ObjectEditor';
import { ObjectBusy } from './ApplicationStore';

/** What an error of the store means for whoever asks or decides about a fix of an object. */
export function busy(error: unknown, object: string): unknown {
  return error instanceof ObjectBusy
    ? new ConflictError(
        `Another fix of ${object} waits or is being written. Decide about that one first.`,
      )
    : error;
}

/** Does something in the cluster, and says what the cluster says to somebody who asks. */
export async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EditError)) {
      throw error;
    }
    throw error.failure === 'unreachable'
      ? new ServiceUnavailableError(error.message)
      : new ConflictError(error.message);
  }
}
