import { poolHost, poolOfHost } from '@ai-mesh/plugin-ai-mesh-common';
import { poolOfDestination } from '../../routes/poolDestination';

/** A version with its full host name: what destinations are compared by. */
export interface FullVersion {
  /** Of an InferencePool what {@link poolHost} makes of it. */
  host: string;
  subset?: string;
  /** Absent: any port. */
  port?: number;
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

/** The host by which versions name what a route's destination is. */
export function versionHost(destination: {
  host: string;
  kind?: string;
}): string {
  const pool = poolOfDestination(destination);
  return pool ? poolHost(pool) : destination.host;
}

/** `chat.ai-services.svc.cluster.local (v2)` */
export function versionText({ host, subset, port }: FullVersion): string {
  const pool = poolOfHost(host);
  if (pool) {
    return `InferencePool ${pool.namespace}/${pool.name}`;
  }
  return `${host}${port === undefined ? '' : `:${port}`}${subset ? ` (${subset})` : ''}`;
}
