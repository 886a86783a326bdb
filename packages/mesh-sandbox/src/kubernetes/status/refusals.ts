import { ResourceKind } from '../../store/ResourceKind';
import { StoreError } from '../../store/StoreError';
import { ApiError, StatusCause } from './ApiError';

/** `virtualservices.networking.istio.io`, or `pods`. */
export function qualified(name: string, group: string): string {
  return group ? `${name}.${group}` : name;
}

function detailsOf({ plural, group }: ResourceKind, name?: string) {
  return { ...(name && { name }), ...(group && { group }), kind: plural };
}

export function badRequest(message: string): ApiError {
  return new ApiError({ code: 400, reason: 'BadRequest', message });
}

export function unauthorized(): ApiError {
  return new ApiError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

export function notFound(kind: ResourceKind, name: string): ApiError {
  return new ApiError({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(kind.plural, kind.group)} "${name}" not found`,
    details: detailsOf(kind, name),
  });
}

export function methodNotAllowed(): ApiError {
  return new ApiError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

export function notAcceptable(): ApiError {
  return new ApiError({
    code: 406,
    reason: 'NotAcceptable',
    message: 'only the following media types are accepted: application/json',
  });
}

/** A field that an apply would change, and the manager that owns it (`"kubectl-edit" using apps/v1`). */
export interface FieldConflict {
  field: string;
  manager: string;
}

export function applyConflict(conflicts: readonly FieldConflict[]): ApiError {
  const managers = [...new Set(conflicts.map(({ manager }) => manager))];
  const perManager = managers.map(manager => {
    const fields = conflicts.filter(each => each.manager === manager);
    return `conflicts with ${manager}:\n${fields
      .map(({ field }) => `- ${field}`)
      .join('\n')}`;
  });
  const [first] = conflicts;
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message:
      conflicts.length === 1
        ? `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.field}`
        : `Apply failed with ${conflicts.length} conflicts: ${perManager.join('\n')}`,
    details: {
      causes: conflicts.map(({ field, manager }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${manager}`,
        field,
      })),
    },
  });
}

/** 410 for a watch or a page token from before what the server remembers. */
export function expired(message: string, continueToken?: string): ApiError {
  return new ApiError({
    code: 410,
    reason: 'Expired',
    message,
    continue: continueToken,
  });
}

export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  return new ApiError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  });
}

export function invalid(
  kind: Pick<ResourceKind, 'kind' | 'group'>,
  name: string,
  causes: readonly StatusCause[],
): ApiError {
  const lines = causes.map(({ field, message }) =>
    field ? `${field}: ${message}` : message,
  );
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `${qualified(kind.kind, kind.group)} "${name}" is invalid: ${
      lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`
    }`,
    details: {
      ...(name && { name }),
      ...(kind.group && { group: kind.group }),
      kind: kind.kind,
      causes: [...causes],
    },
  });
}

/**
 * What API servers answer to a JSON Patch that does not apply, a failed `test` included: nothing about which
 * operation it was.
 */
export function unprocessablePatch(): ApiError {
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  });
}

/** Puts a refusal of the store in the API's words; any other error comes back as it is. */
export function fromStoreError(
  error: unknown,
  kind: ResourceKind,
  name: string,
): unknown {
  if (!(error instanceof StoreError)) {
    return error;
  }
  const codes = {
    NotFound: 404,
    UnknownKind: 404,
    AlreadyExists: 409,
    Conflict: 409,
    Invalid: 422,
  };
  return new ApiError({
    code: codes[error.reason],
    reason: error.reason === 'UnknownKind' ? 'NotFound' : error.reason,
    message: error.message,
    details: detailsOf(kind, name),
  });
}
