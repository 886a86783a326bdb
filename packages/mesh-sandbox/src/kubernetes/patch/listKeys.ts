import { ResourceKind } from '../../store/ResourceKind';
import { isJsonObject } from './Json';

/**
 * The fields that tell the items of a list apart, where Kubernetes merges lists item by item
 * (`patchMergeKey` and `x-kubernetes-list-map-keys` of its API types). Other lists are replaced whole.
 */
const builtIn: Record<string, readonly string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  ports: ['containerPort', 'protocol'],
  volumeMounts: ['mountPath'],
  hostAliases: ['ip'],
  podIPs: ['ip'],
  conditions: ['type'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  ownerReferences: ['uid'],
};

/** The schemas of Istio's and the Gateway API's kinds mark these lists; of all others they say nothing. */
const custom: Record<string, readonly string[]> = {
  ownerReferences: ['uid'],
  conditions: ['type'],
  listeners: ['name'],
};

/** The keys of the items of a kind's list, or `undefined` where the list is replaced whole. */
export function listKeys(
  kind: ResourceKind,
  field: string,
  items: readonly unknown[],
): readonly string[] | undefined {
  const keys = keysOf(kind, field);
  const usable =
    keys &&
    items.every(item => isJsonObject(item) && item[keys[0]] !== undefined);
  return usable ? keys : undefined;
}

function keysOf(
  kind: ResourceKind,
  field: string,
): readonly string[] | undefined {
  if (kind.custom) {
    return custom[field];
  }
  if (field === 'ports' && kind.kind === 'Service') {
    return ['port', 'protocol'];
  }
  if (field === 'ports' && kind.kind === 'EndpointSlice') {
    return undefined;
  }
  return builtIn[field];
}

/** What a key field means where an item leaves it out. */
export function keyValue(item: Record<string, unknown>, key: string): unknown {
  return item[key] ?? (key === 'protocol' ? 'TCP' : null);
}

/** Lists of plain values that are merged as sets. */
export function isSet(field: string): boolean {
  return field === 'finalizers';
}
