import type { Finding, ServiceOwnership } from '@ai-mesh/plugin-ai-mesh-common';

/** It is told whose the finding's Service is, and it is not known to be this entity's. */
export function isUnproven(
  { service: { cluster, namespace, name } }: Finding,
  ownership: readonly ServiceOwnership[] = [],
): boolean {
  const own = ownership.find(
    ({ service }) =>
      service.cluster === cluster &&
      service.namespace === namespace &&
      service.name === name,
  );
  return own?.proven === false;
}
