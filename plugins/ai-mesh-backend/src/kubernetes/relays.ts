import { groupBy } from './groupBy';
import type { ConfigObject, KubernetesObject, WorkloadObject } from './kinds';
import type { MeshSnapshot } from './MeshSnapshot';
import { metricNamesOfPod } from './workloadOfPod';

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Istio: `pkg/config/constants`, the values of `gateway.istio.io/managed` that stand for waypoints and gateways between clusters. */
const RELAY_CONTROLLERS = new Set([
  'istio.io-mesh-controller',
  'istio.io-eastwest-controller',
]);
const RELAY_CLASSES = new Set([
  'istio-waypoint',
  'istio-remote-waypoint',
  'istio-east-west',
]);
/** A relay, and the service account that its calls are made under. */
export interface Relay extends Named {
  readonly account: string;
}

/** What installations call them, for where the objects cannot be read. */
const USUAL_NAMES = new Set(['waypoint', 'ztunnel', 'istio-eastwestgateway']);
const KINDS = ['Deployment', 'DaemonSet', 'StatefulSet'] as const;

/**
 * Whether a workload only passes calls on between workloads of the mesh: a waypoint, a ztunnel or a gateway between
 * clusters. It is no caller and no callee. A gateway to the outside is not meant: nobody in the mesh stands behind it.
 */
export function isRelay(
  snapshot: MeshSnapshot,
  { namespace, name }: Named,
): boolean {
  const workload = KINDS.map(kind => snapshot.get(kind, namespace, name)).find(
    object => object,
  );
  return workload
    ? relayNames(workload).length > 0
    : USUAL_NAMES.has(name) ||
        groupBy(snapshot.all('KubernetesGateway'), relayGateways).has(
          key({ namespace, name }),
        ) ||
        isGoneWaypoint(snapshot, { namespace, name });
}

/** Whether it has no pods, and labels still ask for a waypoint of its name: its series live on for as long as a window is. */
function isGoneWaypoint(
  snapshot: MeshSnapshot,
  { namespace, name }: Named,
): boolean {
  const isAsked = (['Service', 'Namespace'] as const).some(kind =>
    groupBy<KubernetesObject>(snapshot.all(kind), waypointsAsked).has(
      key({ namespace, name }),
    ),
  );
  return (
    isAsked &&
    !groupBy(snapshot.inNamespace('Pod', namespace), metricNamesOfPod).has(name)
  );
}

function waypointsAsked({ metadata }: KubernetesObject): string[] {
  const { labels = {} } = metadata;
  const home = metadata.namespace || metadata.name;
  const name = labels['istio.io/use-waypoint'];
  return name
    ? [
        key({
          namespace: labels['istio.io/use-waypoint-namespace'] ?? home,
          name,
        }),
      ]
    : [];
}

/** Every workload of a cluster that {@link isRelay} is true of, as far as its objects can be read. */
export function relaysOf(snapshot: MeshSnapshot): Relay[] {
  return KINDS.flatMap(kind =>
    [...groupBy(snapshot.all(kind), relayNames).values()].flat(),
  ).map(({ metadata: { namespace = '', name }, spec }) => ({
    namespace,
    name,
    // Istio gives a waypoint the account of its own name.
    account: spec?.template?.spec?.serviceAccountName ?? name,
  }));
}

function relayNames({ metadata, spec }: WorkloadObject): string[] {
  const labels = { ...metadata.labels, ...spec?.template?.metadata?.labels };
  const relays =
    RELAY_CONTROLLERS.has(labels['gateway.istio.io/managed'] ?? '') ||
    RELAY_CLASSES.has(
      labels['gateway.networking.k8s.io/gateway-class-name'] ?? '',
    ) ||
    labels.istio === 'eastwestgateway' ||
    labels.app === 'ztunnel';
  return relays ? [key({ ...metadata })] : [];
}

function relayGateways({ metadata, spec }: ConfigObject): string[] {
  return RELAY_CLASSES.has(spec?.gatewayClassName as string)
    ? [key({ ...metadata })]
    : [];
}

function key({ namespace = '', name }: Partial<Named> & { name: string }) {
  return JSON.stringify([namespace, name]);
}
