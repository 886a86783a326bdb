import { RequestHandler } from 'express';
import { attributesOf, forbidden, verbOf } from '../access/Access';
import { ApiContext } from '../ApiContext';
import { ApiError } from '../status/ApiError';
import { parseResourcePath } from './ResourceRequest';
import { queryParameter } from './writeOptions';

/**
 * What a server answers that has just been started again: it listens before it knows anybody's rights, and knows those
 * before it can serve custom resources.
 */
export function startingUp({ faults, store }: ApiContext): RequestHandler {
  return (request, response, next) => {
    const entry = faults.list().find(({ fault }) => fault.type === 'starting');
    if (!entry) {
      next();
      return;
    }
    if (/^\/(readyz|healthz)(\/|$)/.test(request.path)) {
      response
        .status(500)
        .type('text/plain')
        .send('[-]poststarthook/rbac/bootstrap-roles failed: not finished\n');
      return;
    }
    const target = parseResourcePath(request.path, store.kinds);
    if (!target) {
      next();
      return;
    }
    const { seconds = 0 } = entry.fault;
    const passed = (Date.now() - entry.setAtMs) / 1000 / seconds;
    const { kind, namespace, name, subresource } = target;
    if (passed < 0.5) {
      const watch = ['true', '1'].includes(
        queryParameter(request, 'watch') ?? '',
      );
      const verb = verbOf(request.method, { name, watch }) ?? 'get';
      throw forbidden(
        response.locals.user,
        attributesOf(kind, { verb, namespace, name, subresource }),
        ': RBAC: clusterrole.rbac.authorization.k8s.io "mesh-sandbox" not found',
      );
    }
    if (!kind.custom) {
      next();
      return;
    }
    response.setHeader('Retry-After', '1');
    throw passed < 0.75
      ? new ApiError({
          code: 503,
          reason: 'ServiceUnavailable',
          message: 'the server is currently unable to handle the request',
        })
      : new ApiError({
          code: 429,
          reason: 'TooManyRequests',
          message: 'storage is (re)initializing',
        });
  };
}
