/** The proxy that holds policies against a call, and what it knows of the mesh. */
export interface Enforcer {
  /** ztunnel sees connections; a sidecar and a waypoint see requests. */
  readonly proxy: 'sidecar' | 'waypoint' | 'ztunnel';
  readonly trust: TrustDomains;
}

/** The trust domains that a mesh takes for its own. */
export interface TrustDomains {
  /** Undefined: not known. */
  readonly own: string | undefined;
  /** Undefined: not known. */
  readonly aliases: readonly string[] | undefined;
}
