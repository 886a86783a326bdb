import { keepAppliedVersion } from './appliedVersion';
import type {
  ConfigObject,
  EndpointSliceObject,
  KubernetesObject,
  MeshKind,
  MeshKinds,
  ServiceObject,
  WorkloadObject,
} from './kinds';
import type { KindRow } from './kindTable';
import { keepLastChanges } from './lastChanges';
import {
  defaultObjectLimits,
  withinLimits,
  type ObjectLimits,
} from './ObjectLimits';
import { isObjectName } from './objectName';
import { stripConfigMap } from './stripConfigMap';
import { Named, RawObject, stripMeta, withoutLastApplied } from './stripMeta';
import { stripPod } from './stripPod';

const strippers: Partial<Record<MeshKind, (raw: Named) => KubernetesObject>> = {
  Namespace: stripMeta,
  Service: service,
  Deployment: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  Pod: stripPod,
  EndpointSlice: endpointSlice,
  ConfigMap: stripConfigMap,
  WasmPlugin: wasmPlugin,
};

/**
 * Keeps of an object what is in use. Items of a list carry neither kind nor version: those come from discovery.
 *
 * @returns undefined for what has no name that Kubernetes allows: nothing that a cluster serves is called otherwise
 */
export function stripObject<K extends MeshKind>(
  row: KindRow & { kind: K },
  apiVersion: string,
  raw: unknown,
  limits: ObjectLimits = defaultObjectLimits,
): MeshKinds[K] | undefined {
  if (!isRaw(raw)) {
    return undefined;
  }
  const named = { ...raw, apiVersion, kind: row.apiKind };
  const strip = strippers[row.kind];
  return (strip ? strip(named) : configObject(named, limits)) as MeshKinds[K];
}

function isRaw(raw: unknown): raw is RawObject {
  const { name, namespace } =
    (raw as Partial<RawObject> | null)?.metadata ?? {};
  return (
    isObjectName(name) && (namespace === undefined || isObjectName(namespace))
  );
}

function configObject(raw: Named, limits: ObjectLimits): ConfigObject {
  const { managedFields, ...metadata } = raw.metadata;
  const stripped = {
    ...raw,
    ...(raw.spec !== undefined && { spec: withinLimits(raw.spec, limits) }),
    metadata: {
      ...metadata,
      annotations: withoutLastApplied(metadata.annotations),
    },
  } as ConfigObject;
  return keepLastChanges(raw, keepAppliedVersion(raw, stripped));
}

/** More are no ordinary Service's: every screen would look at each of them. How many there are is kept too. */
const MOST_PORTS = 1000;

/** What Istio says on a Service of its waypoint. */
const WAYPOINT_BOUND = 'istio.io/WaypointBound';

function service(raw: Named): ServiceObject {
  const spec = raw.spec as ServiceObject['spec'];
  const morePorts = (spec?.ports?.length ?? 0) - MOST_PORTS;
  const { conditions } = (raw.status ?? {}) as { conditions?: unknown };
  const istios = Array.isArray(conditions)
    ? conditions.filter(
        condition =>
          (condition as { type?: unknown } | null)?.type === WAYPOINT_BOUND,
      )
    : [];
  return {
    ...stripMeta(raw),
    spec: spec && {
      type: spec.type,
      clusterIP: spec.clusterIP,
      externalName: spec.externalName,
      selector: spec.selector,
      ports: spec.ports?.slice(0, MOST_PORTS).map(port => ({
        name: port.name,
        port: port.port,
        targetPort: port.targetPort,
        protocol: port.protocol,
        appProtocol: port.appProtocol,
      })),
      ...(morePorts > 0 && { morePorts }),
    },
    ...(istios.length > 0 && { status: { conditions: istios } }),
  };
}

/** A plugin's own configuration is its operator's, and may hold keys. */
function wasmPlugin(raw: Named): ConfigObject {
  const { spec } = raw as { spec?: Record<string, unknown> | null };
  const { selector, targetRef, targetRefs } = spec ?? {};
  return { ...stripMeta(raw), spec: { selector, targetRef, targetRefs } };
}

function workload(raw: Named): WorkloadObject {
  const spec = raw.spec as WorkloadObject['spec'];
  const status = raw.status as Record<string, number | undefined> | undefined;
  const template = spec?.template;
  return keepLastChanges(raw, {
    ...stripMeta(raw),
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
  });
}

function endpointSlice(raw: Named): EndpointSliceObject {
  const { endpoints, ports } = raw as unknown as EndpointSliceObject;
  return {
    ...stripMeta(raw),
    endpoints: (endpoints ?? []).map(endpoint => ({
      addresses: endpoint.addresses,
      conditions: { ready: endpoint.conditions?.ready },
      zone: endpoint.zone,
      nodeName: endpoint.nodeName,
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
