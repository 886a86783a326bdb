/** A page that shows a trace, by the template of the configuration; undefined without one. */
export function traceUrl(
  template: string | undefined,
  traceId: string,
): string | undefined {
  return template?.replaceAll('{traceId}', encodeURIComponent(traceId));
}
