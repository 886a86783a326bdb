import type { SloLink } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';

/** Fills in the configured links for an entity; one that leads nowhere without a service is left out. */
export function links(
  templates: readonly SloLink[],
  entityRef: string,
  service: { cluster: string; namespace: string; name: string } | undefined,
): SloLink[] {
  const values: Record<string, string | undefined> = {
    entityRef,
    entity: parseEntityRef(entityRef).name,
    cluster: service?.cluster,
    namespace: service?.namespace,
    service: service?.name,
  };
  return templates.flatMap(({ title, url }) => {
    let complete = true;
    const filled = url.replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = values[key];
      complete &&= value !== undefined;
      return encodeURIComponent(value ?? '');
    });
    return complete ? [{ title, url: filled }] : [];
  });
}
