import { Request } from 'express';
import { KubeObject } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { ApiContext } from '../ApiContext';
import { negotiate } from '../request/accept';
import { queryParameter } from '../request/writeOptions';
import { badRequest } from '../status/refusals';
import { IncludeObject, renderTable } from '../tables/renderTable';
import { metadataOnly } from './metadataOnly';

/** Writes objects one by one as JSON text, in the representation that a request accepts. */
export function objectWriter(
  { json, clock }: ApiContext,
  { kind, apiVersion }: { kind: ResourceKind; apiVersion: string },
  request: Request,
): (object: KubeObject) => string {
  switch (negotiate(request.headers.accept).as) {
    case 'table': {
      const includeObject = includedObject(request);
      let first = true;
      return object => {
        const table = renderTable(
          [object],
          { resourceVersion: object.metadata.resourceVersion },
          {
            kind,
            apiVersion,
            includeObject,
            now: clock(),
            withoutColumns: !first,
          },
        );
        first = false;
        return JSON.stringify(table);
      };
    }
    case 'metadata':
      return object => JSON.stringify(metadataOnly(object));
    default:
      return object => json.text(object, apiVersion);
  }
}

/** @throws ApiError 400 where `includeObject` is something that there is not */
export function includedObject(request: Request): IncludeObject {
  const asked = queryParameter(request, 'includeObject') || 'Metadata';
  if (asked === 'None' || asked === 'Metadata' || asked === 'Object') {
    return asked;
  }
  throw badRequest(`unrecognized includeObject value: "${asked}"`);
}
