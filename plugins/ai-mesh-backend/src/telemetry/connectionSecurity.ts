import { istioLabels } from './istioLabels';

/**
 * How a call came in, by the called side's report; undefined where that does not tell.
 *
 * A sidecar and a waypoint say `mutual_tls` or `none`. A ztunnel says `mutual_tls`, or `unknown` of what came to it
 * without HBONE (ztunnel: `src/proxy/inbound_passthrough.rs`); it reports TCP alone, of which no sidecar says `unknown`.
 */
export function connectionSecurity(
  labels: Readonly<Record<string, string>>,
  isTcp: boolean,
): 'mutual_tls' | 'none' | undefined {
  const policy = labels[istioLabels.security];
  if (policy === 'mutual_tls' || policy === 'none') {
    return policy;
  }
  return policy === 'unknown' &&
    isTcp &&
    labels[istioLabels.reporter] === 'destination'
    ? 'none'
    : undefined;
}
