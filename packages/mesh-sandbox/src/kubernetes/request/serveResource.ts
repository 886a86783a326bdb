import { Request, Response } from 'express';
import { apiVersionOf, KubeObject } from '../../store/KubeObject';
import { attributesOf, User, verbOf } from '../access/Access';
import { ApiContext } from '../ApiContext';
import { listObjects } from '../read/listObjects';
import { listScope } from '../read/ListScope';
import { objectWriter } from '../read/objectWriter';
import { methodNotAllowed } from '../status/refusals';
import { serveWatch } from '../watch/serveWatch';
import { changeObject, currentObject } from '../write/changeObject';
import { createObject } from '../write/createObject';
import {
  deleteCollection,
  deleteObject,
  deleteOptions,
} from '../write/deleteObjects';
import { changeOf, patchObject } from '../write/patchObject';
import { changeScale, scaleOf } from '../write/scale';
import { readBody, readOptionalBody } from './readBody';
import { ResourceRequest } from './ResourceRequest';
import { queryParameter, requestOptions } from './writeOptions';

/** Everything that one request to a resource needs. */
interface Exchange {
  context: ApiContext;
  target: ResourceRequest;
  request: Request;
  response: Response;
}

function sendObject(
  { context, target, request, response }: Exchange,
  code: number,
  object: KubeObject,
): void {
  const { kind, version } = target;
  const apiVersion = apiVersionOf(kind.group, version);
  const write = objectWriter(context, { kind, apiVersion }, request);
  response.status(code).type('json').send(write(object));
}

const handlers: Record<string, (exchange: Exchange) => void> = {
  get: exchange =>
    sendObject(exchange, 200, currentObject(exchange.context, exchange.target)),
  list: ({ context, target, request, response }) => {
    const scope = listScope(target, request);
    response.type('json').send(listObjects(context, scope, request));
  },
  watch: ({ context, target, request, response }) =>
    serveWatch(context, listScope(target, request), request, response),
  create: exchange => {
    const { context, target, request } = exchange;
    const options = requestOptions(request, 'CreateOptions');
    const created = createObject(context, target, readBody(request), options);
    sendObject(exchange, 201, created);
  },
  update: exchange => {
    const { context, target, request } = exchange;
    const options = requestOptions(request, 'UpdateOptions');
    const body = readBody(request);
    const changed = changeObject(context, target, options, () => body);
    sendObject(exchange, 200, changed);
  },
  patch: exchange => {
    const { context, target, request } = exchange;
    const options = requestOptions(request, 'PatchOptions');
    const { object, created } = patchObject(context, target, request, options);
    sendObject(exchange, created ? 201 : 200, object);
  },
  delete: ({ context, target, request, response }) => {
    const options = deleteOptions(
      readOptionalBody(request),
      queryParameter(request, 'dryRun'),
    );
    response.json(deleteObject(context, target, options));
  },
  deletecollection: ({ context, target, request, response }) => {
    const options = deleteOptions(
      readOptionalBody(request),
      queryParameter(request, 'dryRun'),
    );
    const scope = listScope(target, request);
    response.json(deleteCollection(context, scope, options));
  },
};

const scaleHandlers: Record<string, (exchange: Exchange) => void> = {
  get: ({ context, target, response }) =>
    response.json(scaleOf(currentObject(context, target))),
  update: ({ context, target, request, response }) => {
    const options = requestOptions(request, 'UpdateOptions');
    const body = readBody(request);
    response.json(changeScale(context, target, options, () => body));
  },
  patch: ({ context, target, request, response }) => {
    const options = requestOptions(request, 'PatchOptions');
    const change = changeOf(target, request);
    response.json(changeScale(context, target, options, change));
  },
};

/** Answers a request to a resource: authorizes, does, writes. */
export async function serveResource(
  exchange: Exchange,
  user: User,
): Promise<void> {
  const { context, target, request } = exchange;
  const { kind, namespace, name, subresource } = target;
  const watch = ['true', '1'].includes(queryParameter(request, 'watch') ?? '');
  const verb = verbOf(request.method, { name, watch });
  if (!verb) {
    throw methodNotAllowed();
  }
  context.access.check(
    user,
    attributesOf(kind, { verb, namespace, name, subresource }),
  );
  const handler =
    subresource === 'scale' ? scaleHandlers[verb] : handlers[verb];
  if (!handler || !isPossible(verb, target)) {
    throw methodNotAllowed();
  }
  await context.validator.load(apiVersionOf(kind.group, target.version));
  handler(exchange);
}

/** Whether a verb makes sense at a path: no creation without a namespace, no deletion of a subresource. */
function isPossible(
  verb: string,
  { kind, namespace, name, subresource }: ResourceRequest,
): boolean {
  switch (verb) {
    case 'create':
      return (
        name === undefined && (!kind.namespaced || namespace !== undefined)
      );
    case 'update':
    case 'patch':
      return name !== undefined;
    case 'delete':
    case 'deletecollection':
      return subresource === undefined;
    default:
      return true;
  }
}
