import { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';

/** Refuses as GitHub does. */
export function refuse(
  response: Response,
  status: number,
  message: string,
): void {
  response.status(status).json({ message });
}

/** Answers a body that is no such body with GitHub's 422, and what goes wrong here with 500. */
export function answer(
  handle: (request: Request, response: Response) => Promise<void>,
): RequestHandler {
  return (request, response) => {
    handle(request, response).catch((error: Error) => {
      if (error instanceof z.ZodError) {
        refuse(response, 422, `Validation Failed: ${z.prettifyError(error)}`);
      } else {
        refuse(response, 500, error.message);
      }
    });
  };
}
