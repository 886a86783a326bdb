import { said, type CanaryOptions } from '@ai-mesh/plugin-ai-mesh-common';
import {
  poolOfService,
  poolsOfService,
  type PoolName,
} from '../../kubernetes/inferencePools';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { isProven, whyNotProven } from '../../target/ownership';
import { searchedSources } from '../../target/searchedSources';
import type { Target } from '../../target/Target';
import { shortestWindowSeconds } from '../engine/CanaryCluster';
import { serviceOptions } from './canaryOptions';
import type { CanaryServiceTools } from './CanaryServiceTools';
import { withChosenGates } from './chooseGates';

/** What a request for the entity can choose from. */
export async function entityOptions(
  {
    store,
    rules,
    ownershipsOf,
  }: Pick<CanaryServiceTools, 'store' | 'rules' | 'ownershipsOf'>,
  target: Target,
): Promise<CanaryOptions> {
  const found = target.clusters.flatMap(
    ({ cluster, snapshot, services, parts = [] }) =>
      services
        // A version of another Service is chosen there.
        .filter(({ namespace, name }) =>
          parts.every(
            part => part.namespace !== namespace || part.name !== name,
          ),
        )
        .filter(name => !isPoolOfAnother(snapshot, name, services))
        .map(name => ({
          service: { cluster: cluster.name, ...name },
          leastIntervalSeconds: shortestWindowSeconds(cluster),
          snapshot,
          siblings: services,
        })),
  );
  const ownerships = await ownershipsOf(found.map(({ service }) => service));
  const services = found.map(
    async ({ service, snapshot, siblings, leastIntervalSeconds }, index) => ({
      ...(isProven(ownerships[index], target.entityRef)
        ? await serviceOptions(snapshot, service, siblings, key =>
            store.holderOf(key),
          )
        : {
            service,
            routes: [],
            versions: [],
            ...said(whyNotProven(ownerships[index], target.entityRef)),
          }),
      leastIntervalSeconds,
    }),
  );
  return {
    services: await Promise.all(services),
    presets: [...rules.presets],
    defaults: withChosenGates(rules.defaults, rules.qualityGates),
    qualityGates: [...rules.qualityGates],
    sources: searchedSources(target),
  };
}

/** Whether Istio keeps a Service for an InferencePool that another Service is divided into: a version of that one. */
function isPoolOfAnother(
  snapshot: MeshSnapshot,
  { namespace, name }: PoolName,
  services: readonly PoolName[],
): boolean {
  const service = snapshot.get('Service', namespace, name);
  const pool = service && poolOfService(service);
  return (
    pool !== undefined &&
    services.some(
      other =>
        other.name !== name &&
        other.namespace === namespace &&
        poolsOfService(snapshot, other).some(one => one.name === pool),
    )
  );
}
