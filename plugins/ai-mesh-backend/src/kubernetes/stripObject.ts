import type {
  ConfigObject,
  EndpointSliceObject,
  KubernetesObject,
  MeshKind,
  MeshKinds,
  ObjectMeta,
  PodObject,
  ServiceObject,
  WorkloadObject,
} from './kinds';
import type { KindRow } from './kindTable';

/** An object as the API server gave it: what it holds is the cluster's say. */
export interface RawObject {
  apiVersion?: string;
  kind?: string;
  metadata: Record<string, unknown> & ObjectMeta;
  [field: string]: unknown;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Pods carry large annotations that nobody reads; only these say how the pod takes part in the mesh. */
const podAnnotations = /^(ambient\.|sidecar\.)?istio\.io\/(?!status$)/;

/**
 * Keeps of an object what is in use. Items of a list carry neither kind nor version: those come from discovery.
 *
 * @returns undefined for what has no name
 */
export function stripObject<K extends MeshKind>(
  row: KindRow & { kind: K },
  apiVersion: string,
  raw: unknown,
): MeshKinds[K] | undefined {
  if (!isRaw(raw)) {
    return undefined;
  }
  const named = { ...raw, apiVersion, kind: row.apiKind };
  return (strippers[row.kind] ?? configObject)(named) as MeshKinds[K];
}

type Named = RawObject & { apiVersion: string; kind: string };

const strippers: Partial<Record<MeshKind, (raw: Named) => KubernetesObject>> = {
  Namespace: base,
  Service: service,
  Deployment: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  Pod: pod,
  EndpointSlice: endpointSlice,
};

function isRaw(raw: unknown): raw is RawObject {
  const name = (raw as Partial<RawObject> | null)?.metadata?.name;
  return typeof name === 'string' && name !== '';
}

function base({ apiVersion, kind, metadata }: Named): KubernetesObject {
  const { name, namespace, uid, resourceVersion, generation } = metadata;
  const { creationTimestamp, labels, ownerReferences } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion,
      generation,
      creationTimestamp,
      labels,
      annotations: withoutLastApplied(metadata.annotations),
      ownerReferences: ownerReferences?.map(owner => ({
        apiVersion: owner.apiVersion,
        kind: owner.kind,
        name: owner.name,
      })),
    },
  };
}

function configObject(raw: Named): ConfigObject {
  const { managedFields, ...metadata } = raw.metadata;
  return {
    ...raw,
    metadata: {
      ...metadata,
      annotations: withoutLastApplied(metadata.annotations),
    },
  } as ConfigObject;
}

function service(raw: Named): ServiceObject {
  const spec = raw.spec as ServiceObject['spec'];
  return {
    ...base(raw),
    spec: spec && {
      type: spec.type,
      clusterIP: spec.clusterIP,
      externalName: spec.externalName,
      selector: spec.selector,
      ports: spec.ports?.map(port => ({
        name: port.name,
        port: port.port,
        targetPort: port.targetPort,
        protocol: port.protocol,
        appProtocol: port.appProtocol,
      })),
    },
  };
}

function workload(raw: Named): WorkloadObject {
  const spec = raw.spec as WorkloadObject['spec'];
  const status = raw.status as Record<string, number | undefined> | undefined;
  const template = spec?.template;
  return {
    ...base(raw),
    spec: spec && {
      replicas: spec.replicas,
      selector: { matchLabels: spec.selector?.matchLabels },
      template: template && {
        metadata: {
          labels: template.metadata?.labels,
          annotations: template.metadata?.annotations,
        },
        spec: { serviceAccountName: template.spec?.serviceAccountName },
      },
    },
    // A DaemonSet counts under other names.
    status: status && {
      replicas: status.replicas ?? status.desiredNumberScheduled,
      readyReplicas: status.readyReplicas ?? status.numberReady,
    },
  };
}

interface RawPod {
  spec?: {
    serviceAccountName?: string;
    containers?: RawContainer[];
    initContainers?: RawContainer[];
  };
  status?: {
    phase?: string;
    podIP?: string;
    conditions?: { type?: string; status?: string }[];
  };
}

interface RawContainer {
  name: string;
  ports?: { name?: string; containerPort: number }[];
}

function pod(raw: Named): PodObject {
  const { spec = {}, status = {} } = raw as RawPod;
  const { containers = [], initContainers = [] } = spec;
  const object = base(raw);
  const annotations = Object.entries(object.metadata.annotations ?? {}).filter(
    ([name]) => podAnnotations.test(name),
  );
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: Object.fromEntries(annotations),
    },
    spec: {
      serviceAccountName: spec.serviceAccountName,
      containers: [...initContainers, ...containers].map(({ name }) => name),
      ports: containers.flatMap(({ ports = [] }) =>
        ports.map(({ name, containerPort }) => ({ name, containerPort })),
      ),
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

function endpointSlice(raw: Named): EndpointSliceObject {
  const { endpoints, ports } = raw as unknown as EndpointSliceObject;
  return {
    ...base(raw),
    endpoints: (endpoints ?? []).map(endpoint => ({
      addresses: endpoint.addresses,
      conditions: { ready: endpoint.conditions?.ready },
      targetRef: endpoint.targetRef && {
        kind: endpoint.targetRef.kind,
        namespace: endpoint.targetRef.namespace,
        name: endpoint.targetRef.name,
      },
    })),
    ports: (ports ?? []).map(port => ({
      name: port.name,
      port: port.port,
      protocol: port.protocol,
    })),
  };
}

function withoutLastApplied(
  annotations: Record<string, string> | undefined,
): Record<string, string> | undefined {
  if (!annotations || !Object.hasOwn(annotations, LAST_APPLIED)) {
    return annotations;
  }
  const { [LAST_APPLIED]: _, ...rest } = annotations;
  return rest;
}
