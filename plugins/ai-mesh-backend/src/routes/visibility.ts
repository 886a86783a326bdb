import { meshConfig, type MeshConfig } from '../kubernetes/meshConfig';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';

/** The namespaces whose workloads an object applies to. */
export type Audience = 'everyone' | ReadonlySet<string>;

/**
 * Reads `exportTo`: `.` is the object's own namespace, `*` every one, `~` none. Absent: every namespace, unless
 * {@link exportToOf} says otherwise.
 */
export function audienceOf(
  exportTo: readonly string[],
  namespace: string,
): Audience {
  if (exportTo.length === 0 || exportTo.includes('*')) {
    return 'everyone';
  }
  return new Set(
    exportTo
      .filter(entry => entry !== '~')
      .map(entry => (entry === '.' ? namespace : entry)),
  );
}

/** What an object's `exportTo` comes to: where it says nothing, the mesh's configuration does. */
export function exportToOf(
  snapshot: MeshSnapshot,
  kind: keyof MeshConfig['defaultExportTo'],
  namespace: string,
  written: readonly string[],
): readonly string[] {
  return written.length > 0
    ? written
    : (meshConfig(snapshot, namespace)?.defaultExportTo[kind] ?? []);
}

export function isVisibleTo(audience: Audience, namespace: string): boolean {
  return audience === 'everyone' || audience.has(namespace);
}

export function isVisibleToNobody(audience: Audience): boolean {
  return audience !== 'everyone' && audience.size === 0;
}
