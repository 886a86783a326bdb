import { Request } from 'express';
import { ApiError } from '../status/ApiError';
import { invalid } from '../status/refusals';

/** The query parameters that writes share. */
export interface RequestOptions {
  dryRun: boolean;
  /** Who writes, for `managedFields`. */
  fieldManager: string;
  /** `fieldManager` as it was asked for; empty where it was not. */
  explicitFieldManager: string;
  force: boolean;
}

/** One value of a query parameter; the first, where it was given more than once. */
export function queryParameter(
  request: Request,
  name: string,
): string | undefined {
  const value = request.query[name];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

/** @throws ApiError 422 where `dryRun` is something other than `All` */
export function requestOptions(
  request: Request,
  optionsKind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
): RequestOptions {
  const explicitFieldManager = queryParameter(request, 'fieldManager') ?? '';
  const userAgent = request.headers['user-agent'] ?? '';
  return {
    dryRun: isDryRun(queryParameter(request, 'dryRun'), optionsKind),
    explicitFieldManager,
    fieldManager: explicitFieldManager || userAgent.split('/')[0] || 'unknown',
    force: queryParameter(request, 'force') === 'true',
  };
}

/** @throws ApiError 422 where it is something other than `All` */
export function isDryRun(
  value: string | undefined,
  optionsKind: string,
): boolean {
  if (value === undefined || value === '') {
    return false;
  }
  if (value !== 'All') {
    throw unsupportedDryRun(value, optionsKind);
  }
  return true;
}

function unsupportedDryRun(value: string, optionsKind: string): ApiError {
  return invalid({ kind: optionsKind, group: 'meta.k8s.io' }, '', [
    {
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: "${value}": supported values: "All"`,
      field: 'dryRun',
    },
  ]);
}
