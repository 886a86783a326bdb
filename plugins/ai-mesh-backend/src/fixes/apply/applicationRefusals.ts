import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { EditError } from '../../kubernetes/ObjectEditor';
import { worded } from '../../worded';
import { ObjectBusy } from './ApplicationStore';

/** What an error of the store means for whoever asks or decides about a fix of an object. */
export function busy(error: unknown, object: string): unknown {
  return error instanceof ObjectBusy
    ? worded(ConflictError, wording('fix.busy', { object }))
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
      ? worded(ServiceUnavailableError, ...error.words)
      : worded(ConflictError, ...error.words);
  }
}
