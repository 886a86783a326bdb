/** A version with its full host name: what destinations are compared by. */
export interface FullVersion {
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

/** `chat.ai-services.svc.cluster.local (v2)` */
export function versionText({ host, subset, port }: FullVersion): string {
  return `${host}${port === undefined ? '' : `:${port}`}${subset ? ` (${subset})` : ''}`;
}
