import { ErrorRequestHandler } from 'express';

/** Says in one line what was wrong with a request; Express would add the stack, with the paths of this machine. */
export function plainErrors(): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status = 500, message } = error as {
      status?: number;
      message?: string;
    };
    if (status >= 500) {
      process.stderr.write(`${(error as Error).stack ?? error}\n`);
    }
    response.status(status).json({
      error: status < 500 ? 'BadRequest' : 'InternalError',
      message: status < 500 ? message : 'the sandbox failed; it says why',
    });
  };
}
