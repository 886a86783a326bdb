import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { Field } from './Field';
import { serviceHost } from './hosts';
import type { CandidateDestination } from './RouteSource';

/** The present group of InferencePools, and the one before. */
export const INFERENCE_GROUPS: readonly string[] = [
  'inference.networking.k8s.io',
  'inference.networking.x-k8s.io',
];

/** The kinds of object that a route's backend may name. */
type BackendKind = 'Service' | 'InferencePool' | 'Hostname' | 'other';

interface Backend {
  kind: BackendKind;
  /** As written: `example.io/Store`, for a sentence. */
  label: string;
  namespace: string;
  name: string;
}

/** Where a reference of a route points; undefined where it names nothing. */
export function readBackend(
  ref: Field,
  routeNamespace: string,
): Backend | undefined {
  const name = ref.at('name').text();
  if (name === undefined) {
    return undefined;
  }
  const group = ref.at('group').text() ?? '';
  const kind = ref.at('kind').text() ?? 'Service';
  return {
    kind: backendKind(group, kind),
    label: group ? `${group}/${kind}` : kind,
    namespace: ref.at('namespace').text() ?? routeNamespace,
    name,
  };
}

function backendKind(group: string, kind: string): BackendKind {
  if (kind === 'Service' && (group === '' || group === 'core')) {
    return 'Service';
  }
  if (kind === 'InferencePool' && INFERENCE_GROUPS.includes(group)) {
    return 'InferencePool';
  }
  return kind === 'Hostname' && group === 'networking.istio.io'
    ? 'Hostname'
    : 'other';
}

export function backendHost(backend: Backend, clusterDomain: string): string {
  switch (backend.kind) {
    case 'Service':
      return serviceHost(backend, clusterDomain);
    case 'Hostname':
      return backend.name;
    default:
      return `${backend.name}.${backend.namespace}`;
  }
}

/** A rule's backend as a destination; undefined where it names nothing. */
export function backendDestination(
  ref: Field,
  routeNamespace: string,
  clusterDomain: string,
): CandidateDestination | undefined {
  const backend = readBackend(ref, routeNamespace);
  if (!backend) {
    return undefined;
  }
  const port = ref.at('port').integer();
  const weight = ref.at('weight').number();
  return {
    host: backendHost(backend, clusterDomain),
    ...(backend.kind === 'InferencePool' && {
      kind: 'InferencePool' as const,
    }),
    ...(backend.kind === 'other' && {
      problem: wording('destination.otherKind', { kind: backend.label }),
    }),
    ...(port !== undefined && { port }),
    ...(weight !== undefined && { weight }),
  };
}
