import { createHash } from 'crypto';
import { KubeObject, OwnerReference } from '../store';
import { injectProxy, wantsProxy } from './injectProxy';
import { Container, PodObject, WorkloadObject } from './objects';

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A name part as Kubernetes makes them, but the same for the same seed. */
export function nameHash(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest();
  return Array.from(
    { length },
    (_, i) => ALPHABET[digest[i] % ALPHABET.length],
  ).join('');
}

/** What changes when a workload's pods must be replaced. */
export function templateHash(workload: WorkloadObject): string {
  return nameHash(JSON.stringify(workload.spec.template), 10);
}

export interface PodIdentity {
  name: string;
  owner: OwnerReference;
  hash: string;
  ip: string;
  nodeName: string;
}

/** A pod of a workload, as the scheduler, the kubelet and Istio's webhook leave it. */
export function buildPod(
  workload: WorkloadObject,
  namespace: KubeObject | undefined,
  { name, owner, hash, ip, nodeName }: PodIdentity,
  { ready, at }: { ready: boolean; at: string },
): PodObject {
  const { template } = workload.spec;
  const labels = {
    ...template.metadata?.labels,
    'pod-template-hash': hash,
  } as Record<string, string>;
  const annotations = { ...template.metadata?.annotations };
  const plain = { ...template.spec, nodeName };
  const spec = wantsProxy(namespace, labels, annotations)
    ? injectProxy(plain, annotations)
    : plain;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: workload.metadata.namespace,
      labels,
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [owner],
    },
    spec,
    status: podStatus(spec, ip, ready, at),
  };
}

/** A pod's status, starting or ready. */
export function podStatus(
  spec: PodObject['spec'],
  ip: string,
  ready: boolean,
  at: string,
): PodObject['status'] {
  const condition = (type: string, status: boolean) => ({
    type,
    status: status ? 'True' : 'False',
    lastTransitionTime: at,
  });
  const containerStatus = ({ name, image }: Container) => ({
    name,
    image,
    ready,
    started: ready,
    restartCount: 0,
    state: ready
      ? { running: { startedAt: at } }
      : { waiting: { reason: 'ContainerCreating' } },
  });
  return {
    phase: ready ? 'Running' : 'Pending',
    podIP: ip,
    podIPs: [{ ip }],
    startTime: at,
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', ready),
      condition('ContainersReady', ready),
      condition('Ready', ready),
    ],
    containerStatuses: spec.containers.map(containerStatus),
    ...(spec.initContainers && {
      initContainerStatuses: spec.initContainers.map(containerStatus),
    }),
  };
}
