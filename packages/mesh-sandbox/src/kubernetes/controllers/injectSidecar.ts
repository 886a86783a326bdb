import { KubeObject } from '../../store/KubeObject';
import { Container, Pod } from './objects';

const image = 'docker.io/istio/proxyv2:1.29.2';
const injectLabel = 'sidecar.istio.io/inject';
const dataplaneLabel = 'istio.io/dataplane-mode';

/** Whether Istio's webhook gives a pod a sidecar: what the pod says of itself counts more than its namespace. */
export function wantsSidecar(
  { metadata }: Pod,
  namespace: KubeObject | undefined,
): boolean {
  const own =
    metadata.labels?.[injectLabel] ?? metadata.annotations?.[injectLabel];
  const labels = namespace?.metadata.labels ?? {};
  if (own === 'false' || labels['istio-injection'] === 'disabled') {
    return false;
  }
  return (
    metadata.labels?.[injectLabel] === 'true' ||
    labels['istio-injection'] === 'enabled' ||
    labels['istio.io/rev'] !== undefined
  );
}

/** Whether a pod without a sidecar is in the mesh all the same, through its node's ztunnel. */
export function isAmbient(
  { metadata }: Pod,
  namespace: KubeObject | undefined,
): boolean {
  const mode =
    metadata.labels?.[dataplaneLabel] ??
    namespace?.metadata.labels?.[dataplaneLabel];
  return mode === 'ambient';
}

/** What Istio's webhook and its CNI plugin do to a pod. Changes the draft. */
export function injectSidecar(
  draft: Pod,
  namespace: KubeObject | undefined,
): void {
  if (!wantsSidecar(draft, namespace)) {
    if (isAmbient(draft, namespace)) {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        'ambient.istio.io/redirection': 'enabled',
      };
    }
    return;
  }
  const { metadata, spec } = draft;
  const labels = metadata.labels ?? {};
  metadata.labels = {
    ...labels,
    'security.istio.io/tlsMode': 'istio',
    'service.istio.io/canonical-name':
      labels['service.istio.io/canonical-name'] ??
      labels['app.kubernetes.io/name'] ??
      labels.app ??
      workloadName(draft),
    'service.istio.io/canonical-revision':
      labels['service.istio.io/canonical-revision'] ??
      labels['app.kubernetes.io/version'] ??
      labels.version ??
      'latest',
  };
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  // A gateway's proxy is its own container already.
  if (containers.some(({ name }) => name === 'istio-proxy')) {
    return;
  }
  const init: Container = {
    name: 'istio-init',
    image,
    args: ['istio-iptables'],
  };
  const proxy = proxyOf(metadata.annotations ?? {});
  const native =
    metadata.annotations?.['sidecar.istio.io/nativeSidecar'] === 'true';
  metadata.annotations = {
    ...metadata.annotations,
    'sidecar.istio.io/status': JSON.stringify({
      initContainers: native ? [init.name, proxy.name] : [init.name],
      containers: native ? [] : [proxy.name],
      revision: 'default',
    }),
  };
  spec.initContainers = [
    ...(spec.initContainers ?? []),
    init,
    ...(native ? [{ ...proxy, restartPolicy: 'Always' }] : []),
  ];
  spec.containers = native ? spec.containers : [...spec.containers, proxy];
}

/** The Deployment behind a pod's ReplicaSet, else the pod's owner, else the pod itself. */
function workloadName({ metadata }: Pod): string {
  const [owner] = metadata.ownerReferences ?? [];
  const hash = metadata.labels?.['pod-template-hash'];
  const name = owner?.name ?? metadata.name;
  return hash && name.endsWith(`-${hash}`)
    ? name.slice(0, -hash.length - 1)
    : name;
}

function proxyOf(annotations: Record<string, string>): Container {
  return {
    name: 'istio-proxy',
    image,
    args: ['proxy', 'sidecar'],
    ports: [{ name: 'http-envoy-prom', containerPort: 15090, protocol: 'TCP' }],
    resources: {
      requests: {
        cpu: annotations['sidecar.istio.io/proxyCPU'] ?? '100m',
        memory: annotations['sidecar.istio.io/proxyMemory'] ?? '128Mi',
      },
    },
  };
}
