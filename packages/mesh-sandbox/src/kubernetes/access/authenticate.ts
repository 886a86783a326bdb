import { RequestHandler } from 'express';
import { unauthorized } from '../status/refusals';
import { Access } from './Access';

/** Paths that a cluster, too, serves to anybody. */
export const publicPaths = /^\/(version|healthz|livez|readyz)(\/|$)/;

/**
 * Takes `/tokens/<token>/api/...` for `/api/...` with that bearer token.
 *
 * kubectl sends no credentials at all to a server that it reaches without TLS, whatever its kubeconfig says; a
 * path before the API's own is the one thing that it keeps.
 */
export function tokenFromPath(): RequestHandler {
  return (request, _response, next) => {
    const found = /^\/tokens\/([^/?]+)(\/.*)$/.exec(request.url);
    if (found) {
      const [, token, url] = found;
      request.url = url;
      request.headers.authorization ??= `Bearer ${decodeURIComponent(token)}`;
    }
    next();
  };
}

/** Finds out who asks (`response.locals.user`); refuses strangers with 401. */
export function authenticate(access: Access): RequestHandler {
  return (request, response, next) => {
    const user = access.authenticate(request.headers.authorization);
    response.locals.user = user;
    next(user || publicPaths.test(request.path) ? undefined : unauthorized());
  };
}
