import { ObjectStore } from '../../store/ObjectStore';
import { ObjectName } from '../../store/Shelf';
import { StoreChange } from '../../store/StoreChange';
import { admitObject } from './admitObject';
import { Cluster } from './Cluster';
import { collectGarbage } from './collectGarbage';
import { ControllerLoop } from './ControllerLoop';
import { deploymentController } from './deploymentController';
import { endpointSliceController } from './endpointSliceController';
import { inferencePoolController, poolsOf } from './inferencePoolController';
import {
  daemonSetController,
  statefulSetController,
} from './namedPodsController';
import { podController } from './podController';
import { replicaSetController } from './replicaSetController';

/**
 * Makes a store behave as a cluster: Deployments, StatefulSets and DaemonSets have pods, pods have addresses,
 * sidecars and readiness, Services have EndpointSlices. All that follows from a write is there when it returns.
 *
 * What the store holds already is brought in line at once. A store can have controllers once only.
 */
export function startControllers(store: ObjectStore): void {
  const cluster = new Cluster(store);
  const loop = new ControllerLoop(store);
  const route = routes(cluster, loop);
  store.beforeWrite(admitObject(cluster));
  store.on('change', change => {
    cluster.note(change);
    route(change);
  });
  store.on('settled', () => loop.step());
  for (const { group, kind } of store.kinds) {
    for (const object of store.list(group, kind)) {
      // Stored before there was admission: let it pass through now.
      const admitted = store.replace(object);
      const version = Number(admitted.metadata.resourceVersion);
      const change: StoreChange = {
        type: 'ADDED',
        group,
        kind,
        object: admitted,
        version,
      };
      cluster.note(change);
      route(change);
    }
  }
  loop.run();
}

/** Tells which controllers a change concerns. */
function routes(
  cluster: Cluster,
  loop: ControllerLoop,
): (change: StoreChange) => void {
  const deployments = deploymentController(cluster);
  const pods = podController(cluster);
  const endpointSlices = endpointSliceController(cluster);
  const inferencePools = inferencePoolController(cluster);
  const ofKind = {
    Deployment: deployments,
    ReplicaSet: replicaSetController(cluster),
    StatefulSet: statefulSetController(cluster),
    DaemonSet: daemonSetController(cluster),
  };
  const isWorkload = (kind: string): kind is keyof typeof ofKind =>
    kind in ofKind;
  const routeOwners = ({ object }: StoreChange) => {
    const { namespace, ownerReferences } = object.metadata;
    for (const { kind, name } of ownerReferences ?? []) {
      if (isWorkload(kind)) {
        loop.due(ofKind[kind], { namespace, name });
      } else if (kind === 'Service') {
        loop.due(endpointSlices, { namespace, name });
      }
    }
  };
  const routeServices = ({ object, previous }: StoreChange) => {
    const { namespace = '' } = object.metadata;
    for (const { metadata } of previous ? [object, previous] : [object]) {
      cluster
        .servicesFor(namespace, metadata.labels ?? {})
        .forEach(name => loop.due(endpointSlices, name));
    }
  };
  return change => {
    const { group, kind, object, type } = change;
    const name: ObjectName = object.metadata;
    routeOwners(change);
    if (type === 'DELETED') {
      collectGarbage(cluster, object);
    }
    if (group === 'apps' && isWorkload(kind)) {
      loop.due(ofKind[kind], name);
    } else if (group === '' && kind === 'Pod') {
      loop.due(pods, name);
      routeServices(change);
    } else if (group === '' && kind === 'Service') {
      loop.due(endpointSlices, name);
    } else if (kind === 'InferencePool') {
      loop.due(inferencePools, name);
    } else if (kind === 'HTTPRoute') {
      poolsOf(object).forEach(pool => loop.due(inferencePools, pool));
    } else if (group === '' && kind === 'Node') {
      for (const { metadata } of cluster.store.list('apps', 'DaemonSet')) {
        loop.due(ofKind.DaemonSet, metadata);
      }
    }
  };
}
