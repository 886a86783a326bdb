import { KubeObject } from '../store';
import { Container, Labels, PodSpec } from './objects';

const IMAGE = 'docker.io/istio/proxyv2:1.29.2';

/** Whether Istio's webhook would give a pod a sidecar: the pod's own label decides, then its namespace's. */
export function wantsProxy(
  namespace: KubeObject | undefined,
  labels: Labels,
  annotations: Labels,
): boolean {
  const own =
    labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  if (own !== undefined) {
    return own === 'true';
  }
  const of = namespace?.metadata.labels ?? {};
  if (of['istio-injection'] !== undefined) {
    return of['istio-injection'] === 'enabled';
  }
  return of['istio.io/rev'] !== undefined;
}

/** Adds the containers that Istio's webhook adds; since 1.27 the proxy is a native sidecar, an init container. */
export function injectProxy(spec: PodSpec, annotations: Labels): PodSpec {
  const proxy: Container = {
    name: 'istio-proxy',
    image: IMAGE,
    args: ['proxy', 'sidecar'],
    restartPolicy: 'Always',
    ports: [{ name: 'http-envoy-prom', containerPort: 15090, protocol: 'TCP' }],
    resources: {
      requests: {
        cpu: annotations['sidecar.istio.io/proxyCPU'] ?? '100m',
        memory: annotations['sidecar.istio.io/proxyMemory'] ?? '128Mi',
      },
    },
  };
  return {
    ...spec,
    initContainers: [
      ...(spec.initContainers ?? []),
      { name: 'istio-init', image: IMAGE, args: ['istio-iptables'] },
      proxy,
    ],
  };
}

/** Whether a pod has a proxy of Istio's, as a sidecar or as a gateway. */
export function hasProxy(spec: PodSpec): boolean {
  return [...spec.containers, ...(spec.initContainers ?? [])].some(
    ({ name }) => name === 'istio-proxy',
  );
}
