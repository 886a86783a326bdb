import { Request } from 'express';
import { ApiContext } from '../ApiContext';
import { negotiate } from '../request/accept';
import { queryParameter } from '../request/writeOptions';
import { badRequest } from '../status/refusals';
import { renderTable } from '../tables/renderTable';
import { Page } from './ListPages';
import { ListScope } from './ListScope';
import { metadataOnly } from './metadataOnly';
import { includedObject } from './objectWriter';

/** A list of objects as JSON text, in the representation that the request accepts. */
export function listObjects(
  context: ApiContext,
  scope: ListScope,
  request: Request,
): string {
  const page = pageOf(context, scope, request);
  const { kind, apiVersion } = scope;
  const metadata = {
    resourceVersion: page.resourceVersion,
    ...(page.continue && { continue: page.continue }),
    // Where a selector is at work, API servers do not know how many objects remain.
    ...(page.remaining > 0 &&
      !scope.selective && { remainingItemCount: page.remaining }),
  };
  switch (negotiate(request.headers.accept).as) {
    case 'table':
      return JSON.stringify(
        renderTable(page.items, metadata, {
          kind,
          apiVersion,
          includeObject: includedObject(request),
          now: context.clock(),
        }),
      );
    case 'metadata':
      return JSON.stringify({
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: page.items.map(metadataOnly),
      });
    default: {
      const head = JSON.stringify({
        kind: `${kind.kind}List`,
        apiVersion,
        metadata,
      });
      const items = page.items.map(item =>
        kind.custom
          ? context.json.text(item, apiVersion)
          : context.json.untypedText(item),
      );
      return `${head.slice(0, -1)},"items":[${items.join(',')}]}`;
    }
  }
}

function pageOf(
  { store, pages }: ApiContext,
  scope: ListScope,
  request: Request,
): Page {
  const limit = Number(queryParameter(request, 'limit') ?? 0);
  if (!Number.isInteger(limit) || limit < 0) {
    throw badRequest(`invalid limit: ${queryParameter(request, 'limit')}`);
  }
  const present = () => ({
    items: store
      .list(scope.kind.group, scope.kind.kind, {
        namespace: scope.namespace,
        sorted: true,
      })
      .filter(scope.matches),
    resourceVersion: store.resourceVersion,
  });
  const token = queryParameter(request, 'continue');
  if (token) {
    return pages.next(token, limit, present);
  }
  const { items, resourceVersion } = present();
  return pages.first(items, resourceVersion, limit);
}
