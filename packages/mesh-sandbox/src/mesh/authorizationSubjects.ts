/** What a policy can see of a connection. */
export interface ConnectionSubject {
  /** `cluster.local/ns/<namespace>/sa/<account>`; absent for plaintext, whose sender has no identity. */
  principal?: string;
  namespace?: string;
  ip: string;
  /** The workload's own port. */
  port: number;
}

/** What a policy can see of a request at an Envoy. */
export interface AuthorizationSubject extends ConnectionSubject {
  method: string;
  path: string;
  host: string;
  headers: Readonly<Record<string, string>>;
}
