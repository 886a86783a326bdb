import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';

/** Where an entity's own AI Mesh tab is, by its reference. */
export function useMeshPage(): (entityRef: string) => string {
  const entityPage = useRouteRef(entityRouteRef);
  return entityRef =>
    `${entityPage(entityRouteParams(parseEntityRef(entityRef), { encodeParams: true }))}/ai-mesh`;
}
