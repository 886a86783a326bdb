/** One reason of a 422, as in `Status.details.causes`. */
export interface StatusCause {
  reason: string;
  message: string;
  field: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** Kubernetes' `Status`, the body of every refusal. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code: number;
}

export interface ApiErrorOptions {
  code: number;
  reason: string;
  message: string;
  details?: StatusDetails;
  /** Lets a client whose page token has expired go on with the rest as it is now. */
  continue?: string;
}

/** A request that the API server refuses, in Kubernetes' own words. */
export class ApiError extends Error {
  readonly code: number;

  constructor(private readonly options: ApiErrorOptions) {
    super(options.message);
    this.name = 'ApiError';
    this.code = options.code;
  }

  toStatus(): Status {
    const { code, reason, message, details } = this.options;
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.options.continue
        ? { continue: this.options.continue }
        : {},
      status: 'Failure',
      message,
      reason,
      ...(details && { details }),
      code,
    };
  }
}
