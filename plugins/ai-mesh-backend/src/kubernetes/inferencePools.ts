import { createHash } from 'crypto';
import {
  known,
  unknown,
  wording,
  type Endpoints,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, ServiceObject } from './kinds';
import { hasLabels } from './labels';
import type { MeshSnapshot } from './MeshSnapshot';
import { podsOfService } from './podsOfService';
import { unknownKind } from './unknownKind';

export interface PoolName {
  readonly namespace: string;
  readonly name: string;
}

/** Pods that serve the same model, and who picks one of them for each request. */
export interface InferencePool extends PoolName {
  selector: Record<string, string>;
  /** Absent where the object names none. */
  picker?: { kind: string; name: string; failsOpen: boolean };
}

/** On the Service that Istio keeps for a pool; `pilot/pkg/config/kube/gateway/inferencepool_collection.go`. */
const POOL_LABEL = 'istio.io/inferencepool-name';
const LONGEST_SERVICE_NAME = 63;
const HASH_LENGTH = 8;

/** A pool by its name, or why it is not known. */
export function findPool(
  snapshot: MeshSnapshot,
  { namespace, name }: PoolName,
): Measured<InferencePool> {
  const object = snapshot.get('InferencePool', namespace, name);
  return object
    ? known(readPool(object))
    : (unknownKind(snapshot, 'InferencePool') ??
        unknown('not-configured', [
          wording('figure.noPool', { pool: `${namespace}/${name}` }),
        ]));
}

/**
 * The pools whose pods a Service selects, all of them: what it is divided into by routes that lead to pools. The Service
 * that Istio keeps for a pool has that one pool.
 */
export function poolsOfService(
  snapshot: MeshSnapshot,
  { namespace, name }: PoolName,
): InferencePool[] {
  const selector = snapshot.get('Service', namespace, name)?.spec?.selector;
  return selector && Object.keys(selector).length > 0
    ? snapshot
        .inNamespace('InferencePool', namespace)
        .map(readPool)
        .filter(pool => hasLabels(pool.selector, selector))
    : [];
}

/**
 * The Service that Istio keeps for a pool, and by whose name its metrics count the pool's requests; by the rule of its
 * name, also where it is not there yet, because no route has led to the pool.
 */
export function serviceOfPool(
  snapshot: MeshSnapshot,
  { namespace, name, selector }: InferencePool,
): ServiceObject {
  const usual = shadowName(name);
  const kept =
    snapshot.get('Service', namespace, usual) ??
    snapshot
      .inNamespace('Service', namespace)
      .find(service => poolOfService(service) === name);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name: kept?.metadata.name ?? usual },
    spec: { selector },
  };
}

/** The pool that Istio keeps a Service for; undefined for other Services. */
export function poolOfService({
  metadata,
}: Pick<ServiceObject, 'metadata'>): string | undefined {
  return metadata.labels?.[POOL_LABEL];
}

/** The pods of a pool, which it finds by itself: no EndpointSlice has to be there. */
export function endpointsOfPool(
  snapshot: MeshSnapshot,
  pool: InferencePool,
): Measured<Endpoints> {
  const missing = unknownKind(snapshot, 'Pod');
  if (missing) {
    return missing;
  }
  const pods = podsOfService(snapshot, serviceOfPool(snapshot, pool));
  return known({
    ready: pods.filter(({ status }) => status?.ready).length,
    total: pods.length,
  });
}

/** Either version's shape: `v1`, or `v1alpha2` with its flat selector and its `extensionRef`. */
function readPool({ metadata, spec }: ConfigObject): InferencePool {
  const selector = recordOf(spec?.selector);
  const picker = recordOf(spec?.endpointPickerRef ?? spec?.extensionRef);
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    selector: textsOf(recordOf(selector.matchLabels ?? selector)),
    ...(typeof picker.name === 'string' && {
      picker: {
        kind: typeof picker.kind === 'string' ? picker.kind : 'Service',
        name: picker.name,
        failsOpen: picker.failureMode === 'FailOpen',
      },
    }),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

function textsOf(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function shadowName(pool: string): string {
  const hash = createHash('sha256').update(pool).digest('hex');
  const suffix = `-ip-${hash.slice(0, HASH_LENGTH)}`;
  return `${pool.slice(0, LONGEST_SERVICE_NAME - suffix.length)}${suffix}`;
}
