import type { LinkOut } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { fillLinks } from '../links';

/** The configured links for an entity; one that leads nowhere without a service is left out. */
export function links(
  templates: readonly LinkOut[],
  entityRef: string,
  service: { cluster: string; namespace: string; name: string } | undefined,
): LinkOut[] {
  return fillLinks(templates, {
    entityRef,
    entity: parseEntityRef(entityRef).name,
    cluster: service?.cluster,
    namespace: service?.namespace,
    service: service?.name,
  });
}
