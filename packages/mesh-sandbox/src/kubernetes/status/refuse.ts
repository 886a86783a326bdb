import { NextFunction, Request, Response } from 'express';
import { ApiError } from './ApiError';
import { statusOfCode } from './statusOfCode';

/** Answers errors as a Status; those that are the sandbox's own fault go to `onInternalError` as well. */
export function refuse(onInternalError: (error: unknown) => void) {
  // Express knows an error handler by its four parameters.
  return (
    error: unknown,
    _request: Request,
    response: Response,
    next: NextFunction,
  ) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const refusal = error instanceof ApiError ? error : bodyError(error);
    if (!refusal) {
      onInternalError(error);
    }
    const answer =
      refusal ?? statusOfCode(500, `an error on the server: ${error}`);
    response.status(answer.code).json(answer.toStatus());
  };
}

/** What Express says of a body that it could not read: too large, or cut off. */
function bodyError(error: unknown): ApiError | undefined {
  const { status, type } = error as { status?: number; type?: string };
  return type && status && status < 500
    ? statusOfCode(status, String((error as Error).message))
    : undefined;
}
