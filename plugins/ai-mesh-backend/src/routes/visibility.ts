/** The namespaces whose workloads an object applies to. */
export type Audience = 'everyone' | ReadonlySet<string>;

/**
 * Reads `exportTo`: `.` is the object's own namespace, `*` every one, `~` none. Absent: every namespace, unless the
 * mesh's configuration says otherwise, which cannot be seen here.
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

export function isVisibleTo(audience: Audience, namespace: string): boolean {
  return audience === 'everyone' || audience.has(namespace);
}

export function isVisibleToNobody(audience: Audience): boolean {
  return audience !== 'everyone' && audience.size === 0;
}
