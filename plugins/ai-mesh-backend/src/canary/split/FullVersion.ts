/** A version with its full host name: what destinations are compared by. */
export interface FullVersion {
  host: string;
  subset?: string;
  /** Absent: any port. */
  port?: number;
}

/**
 * A host as Istio reads it: a name without a dot is a Service in the object's own namespace, every other name is
 * complete. `chat.ns1` is therefore never `chat.ns2`, nor `chat.ns1.svc.cluster.local`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export function fullHost(
  host: string,
  namespace: string,
  clusterDomain: string,
): string {
  return host.includes('.') || host === ''
    ? host
    : `${host}.${namespace}.svc.${clusterDomain}`;
}

export function isVersion(
  destination: { host: string; subset?: string; port?: number },
  version: FullVersion,
): boolean {
  return (
    destination.host === version.host &&
    (destination.subset ?? '') === (version.subset ?? '') &&
    (version.port === undefined || version.port === destination.port)
  );
}

/** `chat.ai-services.svc.cluster.local (v2)` */
export function versionText({ host, subset, port }: FullVersion): string {
  return `${host}${port === undefined ? '' : `:${port}`}${subset ? ` (${subset})` : ''}`;
}
