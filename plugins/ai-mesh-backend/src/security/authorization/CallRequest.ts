/** A request's attribute: a value, null where the request has none, undefined where that is not known. */
export type Attribute = string | null | undefined;

/** A call as the called side's proxy sees it. */
export interface CallRequest {
  /**
   * `td1.example/ns/ai/sa/chat`; `/ns/ai/sa/chat` for one of the mesh's own where its trust domain is not known; null
   * for a caller in plaintext.
   */
  readonly principal: Attribute;
  /** The address that the connection comes from. */
  readonly ip: Attribute;
  readonly method: Attribute;
  /** Without a query. */
  readonly path: Attribute;
  readonly host: Attribute;
  /** The workload's. */
  readonly port: number | undefined;
  /** By lower-case name; undefined: not known. */
  readonly headers: ReadonlyMap<string, string> | undefined;
  /** Issuer and subject of a valid token; null where nothing asks for tokens. */
  readonly requestPrincipal: Attribute;
  /** A bare connection: the proxy that enforces sees neither method nor path. */
  readonly tcp: boolean;
}

/** How a caller's requests leave it: by a ztunnel, by a sidecar, or as those that a gateway lets in. */
export type CallerWay = 'ambient' | 'sidecar' | 'gateway';

/** A question to the policies; what a token says is not part of it. */
export interface CallQuestion extends Omit<
  CallRequest,
  'requestPrincipal' | 'tcp'
> {
  /** Absent: not known. */
  readonly way?: CallerWay;
}
