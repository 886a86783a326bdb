import { RequestHandler } from 'express';

/** A page of another site in the reader's browser must not press buttons here: such requests carry its origin. */
export function sameOrigin(): RequestHandler {
  return (request, response, next) => {
    const { origin, host } = request.headers;
    if (origin && origin !== `http://${host}`) {
      response.status(403).json({
        error: 'Forbidden',
        message: `requests of ${origin} are refused: open the sandbox's own page`,
      });
    } else {
      next();
    }
  };
}
