import {
  FAILURE_MODE_LABEL,
  GatewayApiRoute,
  INFERENCE_GROUP,
  InferencePool,
  isPool,
  PICKER_LABEL,
  PICKER_PORT_LABEL,
  POOL_LABEL,
  shadowServiceName,
} from '../../mesh';
import { KubeObject } from '../../store/KubeObject';
import { ObjectName } from '../../store/Shelf';
import { Cluster } from './Cluster';
import { Controller } from './ControllerLoop';
import { Service } from './objects';
import { controllerReference } from './podFromTemplate';

/** The port of a pool's Service, which nobody calls by it. */
const FIRST_PORT = 54320;
const PICKER_PORT = 9002;

/** Keeps the Service that Istio makes of a pool as soon as a route of a Gateway leads to it, and does not take back. */
export function inferencePoolController({ store }: Cluster): Controller {
  return {
    name: 'inferencepool',
    level: 0,
    reconcile(name) {
      const pool = store.get<InferencePool>(
        INFERENCE_GROUP,
        'InferencePool',
        name,
      );
      const isRouted = store
        .list<GatewayApiRoute>('gateway.networking.k8s.io', 'HTTPRoute')
        .some(
          route =>
            hasGateway(route) &&
            poolsOf(route).some(
              one => one.name === name.name && one.namespace === name.namespace,
            ),
        );
      if (!pool || !isRouted) {
        return;
      }
      const wanted = shadowService(pool);
      const present = store.get<Service>('', 'Service', wanted.metadata);
      if (!present || !isAs(present, wanted)) {
        store.upsert(wanted);
      }
    },
  };
}

/** The pools that a route leads to. */
export function poolsOf(route: KubeObject): ObjectName[] {
  const { spec, metadata } = route as GatewayApiRoute;
  return (spec?.rules ?? [])
    .flatMap(({ backendRefs = [] }) => backendRefs)
    .filter(isPool)
    .map(({ name, namespace = metadata.namespace }) => ({ name, namespace }));
}

function hasGateway({ spec }: GatewayApiRoute): boolean {
  return (spec?.parentRefs ?? []).some(
    ({ kind = 'Gateway' }) => kind === 'Gateway',
  );
}

function shadowService(pool: InferencePool): Service {
  const { metadata, spec } = pool;
  const { name, port, failureMode = 'FailClose' } = spec.endpointPickerRef;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: shadowServiceName(metadata.name),
      namespace: metadata.namespace,
      labels: {
        [POOL_LABEL]: metadata.name,
        [PICKER_LABEL]: name,
        [PICKER_PORT_LABEL]: String(port?.number ?? PICKER_PORT),
        [FAILURE_MODE_LABEL]: failureMode,
        'internal.istio.io/service-semantics': 'inferencepool',
      },
      ownerReferences: [controllerReference(pool)],
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: { ...spec.selector.matchLabels },
      ports: spec.targetPorts.map(({ number }, index) => ({
        protocol: 'TCP',
        port: FIRST_PORT + index,
        targetPort: number,
      })),
    },
  };
}

function isAs(present: Service, wanted: Service): boolean {
  const said = ({ metadata, spec }: Service) =>
    JSON.stringify([
      Object.entries(wanted.metadata.labels ?? {}).map(
        ([name]) => metadata.labels?.[name],
      ),
      Object.entries(spec.selector ?? {}).sort(),
      spec.ports?.map(({ port, targetPort }) => [port, targetPort]),
    ]);
  return said(present) === said(wanted);
}
