import {
  allSaid,
  said,
  wording,
  wordsOf,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import {
  uniqueWorkloads,
  workloadsOfService,
} from '../kubernetes/workloadsOfService';
import type { Found } from './Found';
import type { NamedService } from './TargetQuery';

/**
 * Looks for Services by their names.
 *
 * @param certain - whether it can only be this cluster that is meant. Then what the cluster cannot confirm at present
 * is taken for granted, so that a silent API server does not hide what the metrics know.
 */
export function findServices(
  snapshot: MeshSnapshot,
  wanted: readonly NamedService[],
  certain: (service: NamedService) => boolean,
): Found {
  const unknown = unknownKind(snapshot, 'Service');
  const selector = wanted
    .map(({ namespace, name }) => `Service ${namespace}/${name}`)
    .join(', ');
  if (unknown?.status === 'unknown') {
    return {
      selector,
      services: [],
      presumed: wanted
        .filter(certain)
        .map(({ namespace, name }) => ({ namespace, name })),
      workloads: [],
      why: wordsOf(unknown),
    };
  }
  const services = wanted.flatMap(
    ({ namespace, name }) => snapshot.get('Service', namespace, name) ?? [],
  );
  const missing = wanted.filter(
    ({ namespace, name }) => !snapshot.get('Service', namespace, name),
  );
  return {
    selector,
    services: services.map(({ metadata }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name,
    })),
    presumed: [],
    workloads: uniqueWorkloads(
      services.flatMap(service => workloadsOfService(snapshot, service)),
    ),
    ...(missing.length > 0 && { why: missed(snapshot, missing) }),
  };
}

function missed(
  snapshot: MeshSnapshot,
  missing: readonly NamedService[],
): Words[] {
  const isThere = (namespace: string) =>
    unknownKind(snapshot, 'Namespace') !== undefined ||
    snapshot.get('Namespace', '', namespace) !== undefined;
  const sentences = missing.map(({ namespace, name }) =>
    said(
      isThere(namespace)
        ? wording('target.noService', { namespace, name })
        : wording('target.noNamespace', { namespace }),
    ),
  );
  return wordsOf({ ...allSaid(...sentences) });
}
