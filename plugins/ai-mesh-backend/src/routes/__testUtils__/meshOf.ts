import { parseAllDocuments } from 'yaml';
import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import type { KubernetesObject, MeshKind } from '../../kubernetes/kinds';
import type { KindState } from '../../kubernetes/MeshSnapshot';

/** A snapshot over manifests, and Services `ai/<name>` with one ready pod for each of their versions. */
export function meshOf(
  yaml: string,
  options: {
    services?: Record<string, string[]>;
    states?: Partial<Record<MeshKind, KindState>>;
  } = {},
) {
  const objects: Partial<Record<MeshKind, KubernetesObject[]>> = {};
  const add = (kind: MeshKind, object: unknown) => {
    objects[kind] = [...(objects[kind] ?? []), object as KubernetesObject];
  };
  for (const parsed of parseAllDocuments(yaml)) {
    const object = parsed.toJS();
    if (object) {
      add(object.kind, object);
    }
  }
  const services = options.services ?? { chat: ['v1', 'v2'] };
  for (const [id, versions] of Object.entries(services)) {
    const [name, namespace = 'ai'] = id.split('.');
    add('Service', manifest('v1', 'Service', namespace, name));
    add('EndpointSlice', {
      ...manifest('discovery.k8s.io/v1', 'EndpointSlice', namespace, name, {
        'kubernetes.io/service-name': name,
      }),
      endpoints: versions.map(version => ({
        addresses: ['10.0.0.1'],
        conditions: { ready: true },
        targetRef: { kind: 'Pod', name: `${name}-${version}` },
      })),
    });
    for (const version of versions) {
      add(
        'Pod',
        manifest('v1', 'Pod', namespace, `${name}-${version}`, {
          app: name,
          version,
        }),
      );
    }
  }
  return snapshotOf(objects, { cluster: 'test', states: options.states });
}

function manifest(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  labels?: Record<string, string>,
) {
  return { apiVersion, kind, metadata: { namespace, name, labels } };
}

/** A VirtualService's manifest. */
export function virtualService(
  name: string,
  spec: object,
  metadata: object = {},
): string {
  return document('networking.istio.io/v1', 'VirtualService', name, spec, {
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...metadata,
  });
}

export function destinationRule(
  name: string,
  spec: object,
  metadata: object = {},
): string {
  return document('networking.istio.io/v1', 'DestinationRule', name, spec, {
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...metadata,
  });
}

export function httpRoute(
  name: string,
  spec: object,
  metadata: object = {},
): string {
  return document('gateway.networking.k8s.io/v1', 'HTTPRoute', name, spec, {
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...metadata,
  });
}

function document(
  apiVersion: string,
  kind: string,
  name: string,
  spec: object,
  metadata: object,
): string {
  // JSON is YAML.
  return `---\n${JSON.stringify({
    apiVersion,
    kind,
    metadata: { namespace: 'ai', name, ...metadata },
    spec,
  })}\n`;
}
