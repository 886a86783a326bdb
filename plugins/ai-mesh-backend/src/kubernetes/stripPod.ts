import type { PodObject } from './kinds';
import {
  hasLongArguments,
  localListeners,
  type RawContainer,
} from './localListeners';
import { Named, stripMeta } from './stripMeta';

/** Pods carry large annotations that nobody reads; only these say how the pod takes part in the mesh. */
const podAnnotations = /^(ambient\.|sidecar\.)?istio\.io\/(?!status$)/;

interface RawPod {
  spec?: {
    serviceAccountName?: string;
    hostNetwork?: boolean;
    containers?: RawContainer[];
    initContainers?: RawContainer[];
  };
  status?: {
    phase?: string;
    podIP?: string;
    conditions?: { type?: string; status?: string }[];
  };
}

/** Of a pod what tells its place in the mesh: nothing of what it runs but its containers' names. */
export function stripPod(raw: Named): PodObject {
  const { spec = {}, status = {} } = raw as RawPod;
  const { containers = [], initContainers = [] } = spec;
  const object = stripMeta(raw);
  const listeners = containers.flatMap(localListeners);
  const unread = containers.filter(hasLongArguments);
  const annotations = Object.entries(object.metadata.annotations ?? {}).filter(
    ([name]) => podAnnotations.test(name),
  );
  return {
    ...object,
    metadata: {
      ...object.metadata,
      generateName: raw.metadata.generateName,
      annotations: Object.fromEntries(annotations),
    },
    spec: {
      serviceAccountName: spec.serviceAccountName,
      containers: [...initContainers, ...containers].map(({ name }) => name),
      ports: containers.flatMap(({ ports = [] }) =>
        ports.map(({ name, containerPort }) => ({ name, containerPort })),
      ),
      ...(spec.hostNetwork && { hostNetwork: true }),
      ...(listeners.length > 0 && { localListeners: listeners }),
      ...(unread.length > 0 && {
        unreadArguments: unread.map(({ name }) => name),
      }),
    },
    status: {
      phase: status.phase,
      podIP: status.podIP,
      ready: status.conditions?.some(
        condition => condition.type === 'Ready' && condition.status === 'True',
      ),
    },
  };
}
