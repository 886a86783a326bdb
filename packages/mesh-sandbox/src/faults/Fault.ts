/** The sandbox's outside surfaces, as their clients see them. */
export type FaultTarget =
  'kubernetes' | 'prometheus' | 'kiali' | 'jaeger' | 'tempo';

/** Which requests a fault befalls. */
export interface FaultScope {
  target: FaultTarget;
  /** HTTP method, upper case; absent: every method. */
  method?: string;
  /** A resource of the Kubernetes API (`pods`, `virtualservices`), or a path segment elsewhere; absent: all. */
  resource?: string;
  /** Wears off after so many requests; absent: lasts until it is cleared. */
  count?: number;
  /** Wears off after so long. */
  seconds?: number;
}

/** What happens to a request that a fault befalls. */
export type FaultEffect =
  /** Answers as usual, but so much later. */
  | { type: 'latency'; latencyMs: number }
  /** Refuses with an HTTP status: 429, 500, 503, ... */
  | {
      type: 'status';
      status: number;
      /** The `Retry-After` header, in seconds. */
      retryAfterSeconds?: number;
      message?: string;
    }
  /** Accepts the request and never answers. */
  | { type: 'hang' }
  /** Cuts the connection without an answer. */
  | { type: 'disconnect' }
  /**
   * Kubernetes watches, running ones and new ones: `silent` keeps the connection open and sends nothing any more,
   * as when a network path has died; `close` cuts it.
   */
  | { type: 'drop-watch'; mode: 'silent' | 'close' }
  /** The next Kubernetes watch gets 410 Gone; a running one gets it at once. */
  | { type: 'expire-watch' }
  /**
   * An API server that has just been started again, for `seconds` (2 unless said): its watches are cut, `/readyz` fails,
   * and at first every resource is refused with 403, for its RBAC caches are empty, then custom ones with 503 or 429.
   */
  | { type: 'starting' }
  /**
   * The resource's CustomResourceDefinition is gone: its watches end and it is 404. When the fault ends it is served
   * again, with the objects that it had.
   */
  | { type: 'unserved' };

export type Fault = FaultScope & FaultEffect;

export type FaultType = FaultEffect['type'];
