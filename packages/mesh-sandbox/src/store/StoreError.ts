/** Why a write was refused, in the words of Kubernetes' `Status.reason`. */
export type StoreErrorReason =
  'NotFound' | 'AlreadyExists' | 'Conflict' | 'UnknownKind' | 'Invalid';

/** A refused read or write of the store. */
export class StoreError extends Error {
  constructor(
    readonly reason: StoreErrorReason,
    message: string,
  ) {
    super(message);
    this.name = 'StoreError';
  }
}
