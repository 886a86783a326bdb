import { inUrl } from '../inUrl';

/** A page that shows a trace, by the template of the configuration; undefined without one, and where none is named. */
export function traceUrl(
  template: string | undefined,
  traceId: string,
): string | undefined {
  const id = inUrl(traceId || undefined);
  return id === undefined ? undefined : template?.replaceAll('{traceId}', id);
}
