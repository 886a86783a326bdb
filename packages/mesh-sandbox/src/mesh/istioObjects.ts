import { KubeObject } from '../store';

/*
 * Istio's objects as far as the sandbox plays them. The API server checks what is written against the full schemas;
 * a field that is not named here is stored and served, but has no effect on traffic.
 */

export interface StringMatch {
  exact?: string;
  prefix?: string;
  regex?: string;
}

export interface HttpMatch {
  uri?: StringMatch;
  method?: StringMatch;
  authority?: StringMatch;
  scheme?: StringMatch;
  headers?: Record<string, StringMatch>;
  withoutHeaders?: Record<string, StringMatch>;
  queryParams?: Record<string, StringMatch>;
  ignoreUriCase?: boolean;
  port?: number;
  gateways?: string[];
  sourceLabels?: Record<string, string>;
  sourceNamespace?: string;
}

export interface Destination {
  host: string;
  subset?: string;
  port?: { number?: number };
}

export interface Percentage {
  value?: number;
}

export interface HttpRetry {
  attempts: number;
  perTryTimeout?: string;
  retryOn?: string;
}

export interface HttpFault {
  delay?: { fixedDelay?: string; percentage?: Percentage };
  abort?: {
    httpStatus?: number;
    grpcStatus?: string;
    percentage?: Percentage;
  };
}

/** What is done to the headers of an answer on its way back. */
export interface AnswerHeaders {
  set?: Record<string, string>;
  add?: Record<string, string>;
  remove?: string[];
}

export interface RuleHeaders {
  request?: { set?: Record<string, string> };
  response?: AnswerHeaders;
}

export interface HttpRule {
  name?: string;
  match?: HttpMatch[];
  route?: {
    destination: Destination;
    weight?: number;
    headers?: RuleHeaders;
  }[];
  headers?: RuleHeaders;
  redirect?: { redirectCode?: number };
  directResponse?: { status: number };
  delegate?: { name: string; namespace?: string };
  rewrite?: { uri?: string };
  timeout?: string;
  retries?: HttpRetry;
  fault?: HttpFault;
  mirror?: Destination;
  mirrorPercentage?: Percentage;
  mirrors?: { destination: Destination; percentage?: Percentage }[];
}

export interface VirtualService extends KubeObject {
  spec?: {
    hosts?: string[];
    gateways?: string[];
    exportTo?: string[];
    http?: HttpRule[];
    tcp?: {
      route?: { destination: Destination; weight?: number }[];
    }[];
  };
}

export interface ConnectionPool {
  tcp?: { maxConnections?: number; connectTimeout?: string };
  http?: {
    http1MaxPendingRequests?: number;
    http2MaxRequests?: number;
    maxRetries?: number;
  };
}

export interface OutlierDetection {
  consecutiveGatewayErrors?: number;
  consecutive5xxErrors?: number;
  interval?: string;
  baseEjectionTime?: string;
  maxEjectionPercent?: number;
  minHealthPercent?: number;
}

export type TlsMode = 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';

export interface TrafficPolicy {
  connectionPool?: ConnectionPool;
  outlierDetection?: OutlierDetection;
  loadBalancer?: { simple?: string };
  tls?: { mode?: TlsMode };
  portLevelSettings?: (Omit<TrafficPolicy, 'portLevelSettings'> & {
    port?: { number?: number };
  })[];
}

export interface DestinationRule extends KubeObject {
  spec?: {
    host: string;
    exportTo?: string[];
    workloadSelector?: { matchLabels?: Record<string, string> };
    trafficPolicy?: TrafficPolicy;
    subsets?: {
      name: string;
      labels?: Record<string, string>;
      trafficPolicy?: TrafficPolicy;
    }[];
  };
}

export interface ServiceEntry extends KubeObject {
  spec?: {
    hosts?: string[];
    exportTo?: string[];
    location?: 'MESH_EXTERNAL' | 'MESH_INTERNAL';
    ports?: { number: number; name?: string; protocol?: string }[];
  };
}

/** A Gateway of the Gateway API that stands for a waypoint. */
export interface WaypointGateway extends KubeObject {
  spec?: {
    gatewayClassName?: string;
    listeners?: {
      allowedRoutes?: { namespaces?: { from?: 'All' | 'Same' | 'Selector' } };
    }[];
  };
}

export interface BackendRef {
  /** Service where absent. */
  kind?: string;
  name: string;
  namespace?: string;
  port?: number;
  weight?: number;
  filters?: { responseHeaderModifier?: ResponseHeaderModifier }[];
}

export interface ResponseHeaderModifier {
  set?: NamedValue[];
  add?: NamedValue[];
  remove?: string[];
}

interface NamedValue {
  name: string;
  value: string;
  type?: 'Exact' | 'RegularExpression';
}

export interface RouteRule {
  matches?: {
    path?: {
      type?: 'Exact' | 'PathPrefix' | 'RegularExpression';
      value?: string;
    };
    /** Of HTTP, or of gRPC. */
    method?: string | { service?: string; method?: string };
    headers?: NamedValue[];
    queryParams?: NamedValue[];
  }[];
  filters?: {
    requestHeaderModifier?: { set?: NamedValue[]; add?: NamedValue[] };
    responseHeaderModifier?: ResponseHeaderModifier;
    requestMirror?: { backendRef: BackendRef; percent?: number };
    requestRedirect?: { statusCode?: number };
    urlRewrite?: { path?: { replaceFullPath?: string } };
  }[];
  backendRefs?: BackendRef[];
  timeouts?: { request?: string; backendRequest?: string };
  retry?: { attempts?: number; codes?: number[] };
}

/** HTTPRoute or GRPCRoute. */
export interface GatewayApiRoute extends KubeObject {
  spec?: {
    hostnames?: string[];
    parentRefs?: {
      group?: string;
      kind?: string;
      namespace?: string;
      name: string;
      port?: number;
    }[];
    rules?: RouteRule[];
  };
}

export interface Gateway extends KubeObject {
  spec?: {
    selector?: Record<string, string>;
    servers?: {
      port?: { number?: number; protocol?: string };
      hosts?: string[];
    }[];
  };
}

export type MtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';

export interface PeerAuthentication extends KubeObject {
  spec?: {
    selector?: { matchLabels?: Record<string, string> };
    mtls?: { mode?: MtlsMode };
    portLevelMtls?: Record<string, { mode?: MtlsMode }>;
  };
}

export interface AuthorizationRule {
  from?: { source?: Record<string, string[] | undefined> }[];
  to?: { operation?: Record<string, string[] | undefined> }[];
  when?: { key: string; values?: string[]; notValues?: string[] }[];
}

export interface TargetRef {
  group?: string;
  kind: string;
  name: string;
}

export interface AuthorizationPolicy extends KubeObject {
  spec?: {
    selector?: { matchLabels?: Record<string, string> };
    targetRef?: TargetRef;
    targetRefs?: TargetRef[];
    action?: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
    rules?: AuthorizationRule[];
  };
}

export interface Telemetry extends KubeObject {
  spec?: {
    selector?: { matchLabels?: Record<string, string> };
    metrics?: {
      overrides?: {
        match?: { metric?: string; mode?: string };
        disabled?: boolean;
      }[];
    }[];
    tracing?: {
      disableSpanReporting?: boolean;
      randomSamplingPercentage?: number;
      customTags?: Record<
        string,
        {
          literal?: { value: string };
          header?: { name: string; defaultValue?: string };
        }
      >;
    }[];
  };
}

/** The part of the mesh's settings (the ConfigMap `istio`) that the sandbox plays. */
export interface MeshSettings {
  rootNamespace: string;
  trustDomain: string;
  autoMtls: boolean;
  /** Whether traffic to hosts that nobody declared is let through. */
  allowAnyHost: boolean;
  /** Sidecars ask istiod who an address is, and so can name callers without a proxy. */
  peerMetadataDiscovery: boolean;
  /** Hosts whose pods in other clusters nobody here calls; may be wildcards. */
  clusterLocalHosts: readonly string[];
  /** Envoy statistics that every proxy exports. */
  statsInclusion: StatsMatcher;
}

export interface StatsMatcher {
  inclusionRegexps?: string[];
  inclusionPrefixes?: string[];
  inclusionSuffixes?: string[];
}
