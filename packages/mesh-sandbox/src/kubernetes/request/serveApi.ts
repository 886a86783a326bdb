import { NextFunction, Request, RequestHandler, Response } from 'express';
import { accessReview, rulesReview } from '../access/accessReview';
import { ApiContext } from '../ApiContext';
import { ServedGroup, servedGroups } from '../discovery/resources';
import { discoveryAnswer } from '../discovery/serveDiscovery';
import { methodNotAllowed, qualified } from '../status/refusals';
import { parseResourcePath } from './ResourceRequest';
import { serveResource } from './serveResource';

/** Answers requests of authenticated users: health, reviews, discovery, resources. */
export function serveApi(context: ApiContext): RequestHandler {
  return (request, response, next) => {
    const kinds = servedKinds(context);
    const groups = servedGroups(kinds);
    const handled =
      serveHealth(request, response) ||
      serveReview(context, request, response) ||
      serveDiscovery(groups, request, response) ||
      serveObjects(context, kinds, request, response, next);
    if (!handled) {
      // As API servers answer where they have no route at all: no Status.
      response.status(404).type('text/plain').send('404 page not found\n');
    }
  };
}

/** Without those whose CustomResourceDefinition a fault has taken away. */
function servedKinds({ store, faults }: ApiContext) {
  const gone = faults
    .list()
    .flatMap(({ fault }) =>
      fault.type === 'unserved' ? [fault.resource] : [],
    );
  return gone.length === 0
    ? store.kinds
    : store.kinds.filter(
        ({ plural, group }) =>
          !gone.includes(plural) && !gone.includes(qualified(plural, group)),
      );
}

function serveHealth({ path }: Request, response: Response): boolean {
  const isHealth = /^\/(healthz|livez|readyz)(\/|$)/.test(path);
  if (isHealth) {
    response.type('text/plain').send('ok');
  }
  return isHealth;
}

function serveReview(
  { access }: ApiContext,
  request: Request,
  response: Response,
): boolean {
  const review = /^\/apis\/authorization\.k8s\.io\/v1\/(\w+)$/.exec(
    request.path,
  )?.[1];
  if (
    review !== 'selfsubjectaccessreviews' &&
    review !== 'selfsubjectrulesreviews'
  ) {
    return false;
  }
  if (request.method !== 'POST') {
    throw methodNotAllowed();
  }
  const { user } = response.locals;
  response
    .status(201)
    .json(
      review === 'selfsubjectaccessreviews'
        ? accessReview(access, user, request)
        : rulesReview(user, request),
    );
  return true;
}

function serveDiscovery(
  groups: readonly ServedGroup[],
  { path, method, headers }: Request,
  response: Response,
): boolean {
  const answer = discoveryAnswer(path, headers.accept, groups);
  if (!answer) {
    return false;
  }
  if (method !== 'GET') {
    throw methodNotAllowed();
  }
  response.setHeader('Content-Type', answer.contentType);
  response.end(JSON.stringify(answer.body));
  return true;
}

function serveObjects(
  context: ApiContext,
  kinds: ApiContext['store']['kinds'],
  request: Request,
  response: Response,
  next: NextFunction,
): boolean {
  const target = parseResourcePath(request.path, kinds);
  if (!target) {
    return false;
  }
  const { user } = response.locals;
  serveResource({ context, target, request, response }, user).catch(next);
  return true;
}
