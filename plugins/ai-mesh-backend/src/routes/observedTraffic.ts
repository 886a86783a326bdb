import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { Traffic } from '@ai-mesh/plugin-ai-mesh-common';
import { findPool, serviceOfPool } from '../kubernetes/inferencePools';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { serviceMembers } from '../kubernetes/serviceMembers';
import {
  istioLabels,
  subsetDistinction,
  unknownTraffic,
  type Distinction,
} from '../telemetry';
import type { EffectiveDestination } from './EffectiveRoutes';
import { serviceOfHost } from './hosts';
import { serviceEntryFor } from './serviceEntries';
import { poolOfDestination } from './poolDestination';
import type { ServiceName } from './RouteSource';
import type { ServiceTelemetry } from './ServiceTelemetry';

/** The name under which Istio's metrics count requests to a destination; undefined where they do not. */
export function measuredAs(
  snapshot: MeshSnapshot,
  { host, kind }: EffectiveDestination,
): ServiceName | undefined {
  if (kind === 'external') {
    // Istio names a host of a ServiceEntry by the host itself, in the entry's namespace.
    const entry = serviceEntryFor(snapshot, host);
    return entry && { namespace: entry.metadata.namespace ?? '', name: host };
  }
  const pool = poolOfDestination({ host, kind });
  if (pool) {
    const found = findPool(snapshot, pool);
    return found.status === 'known'
      ? {
          namespace: pool.namespace,
          name: serviceOfPool(snapshot, found.value).metadata.name,
        }
      : undefined;
  }
  return serviceOfHost(host, snapshot.clusterDomain);
}

/**
 * What went to the pods that a destination's labels select, whichever rule sent it: Istio's metrics do not tell rules
 * apart.
 */
export function observedTraffic(
  snapshot: MeshSnapshot,
  destination: EffectiveDestination,
  telemetry: ServiceTelemetry,
): Traffic {
  const service = measuredAs(snapshot, destination);
  if (!service) {
    return unknownTraffic('not-exported', [
      wording('figure.notCountedByName', { host: destination.host }),
    ]);
  }
  if (destination.subset === undefined) {
    return telemetry.trafficOf(service);
  }
  const version = destinationVersion(snapshot, service, destination);
  return version
    ? telemetry.trafficOfVersion(service, version)
    : unknownTraffic('no-such-label', [
        wording('figure.subsetUntold', {
          subset: destination.subset,
          host: destination.host,
        }),
      ]);
}

/** What tells the pods that a destination's labels select from the Service's others. */
export function destinationVersion(
  snapshot: MeshSnapshot,
  { namespace, name }: ServiceName,
  { subsetLabels }: Pick<EffectiveDestination, 'subsetLabels'>,
): Distinction | undefined {
  const object = snapshot.get('Service', namespace, name);
  return subsetLabels
    ? subsetDistinction(
        object ? serviceMembers(snapshot, object) : [],
        subsetLabels,
        [istioLabels.destinationWorkload],
      )
    : undefined;
}
