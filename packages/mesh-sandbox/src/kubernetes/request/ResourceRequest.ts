import { ObjectStore } from '../../store/ObjectStore';
import { ResourceKind } from '../../store/ResourceKind';

export type Subresource = 'status' | 'scale';

/** What a path of the Kubernetes API points to. */
export interface ResourceRequest {
  kind: ResourceKind;
  /** The version that was asked for: `v1beta1`. */
  version: string;
  namespace?: string;
  /** Absent: the whole collection. */
  name?: string;
  subresource?: Subresource;
}

/**
 * Reads `/api/v1/...` and `/apis/<group>/<version>/...`.
 *
 * @returns `undefined` where no resource is served at the path
 */
export function parseResourcePath(
  path: string,
  kinds: ObjectStore['kinds'],
): ResourceRequest | undefined {
  const [root, ...segments] = decodeSegments(path) ?? [];
  if (root !== 'api' && root !== 'apis') {
    return undefined;
  }
  const group = root === 'api' ? '' : (segments.shift() ?? '');
  if (root === 'apis' && group === '') {
    return undefined;
  }
  const version = segments.shift() ?? '';
  // A namespace's own objects are below it; the namespace itself is a resource like others.
  const inNamespace = segments[0] === 'namespaces' && isBelow(segments);
  const namespace = inNamespace ? segments[1] : undefined;
  const [plural, name, subresource, ...tooMany] = inNamespace
    ? segments.slice(2)
    : segments;
  const kind = kinds.find(
    each =>
      each.group === group &&
      each.plural === plural &&
      each.versions.includes(version),
  );
  if (
    !kind ||
    tooMany.length > 0 ||
    (inNamespace && !kind.namespaced) ||
    (kind.namespaced && !namespace && name !== undefined) ||
    !hasSubresource(kind, subresource)
  ) {
    return undefined;
  }
  return { kind, version, namespace, name, subresource };
}

function isBelow(segments: string[]): boolean {
  return segments.length > 2 && !['status', 'finalize'].includes(segments[2]);
}

function hasSubresource(
  kind: ResourceKind,
  subresource: string | undefined,
): subresource is Subresource | undefined {
  return (
    subresource === undefined ||
    (subresource === 'status' && kind.statusSubresource) ||
    (subresource === 'scale' && kind.scaleSubresource)
  );
}

function decodeSegments(path: string): string[] | undefined {
  try {
    return path
      .split('/')
      .filter(segment => segment !== '')
      .map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) {
      return undefined;
    }
    throw error;
  }
}
