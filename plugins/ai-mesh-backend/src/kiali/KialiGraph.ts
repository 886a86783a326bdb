/** A graph as Kiali draws it. Ids are opaque and may differ between answers. */
export interface KialiGraph {
  /** Unix seconds. */
  timestamp: number;
  durationSeconds: number;
  graphType: string;
  nodes: KialiNode[];
  edges: KialiEdge[];
}

/** Requests per second (TCP: bytes per second) by what they were; what Kiali leaves out is 0. */
export interface KialiRates {
  total: number;
  status3xx: number;
  status4xx: number;
  status5xx: number;
  noResponse: number;
  /** gRPC failures. */
  errors: number;
}

export interface KialiTraffic {
  protocol: string;
  /** What a node receives, and what an edge carries. */
  received: KialiRates;
  /** What a node sends; an edge has none. */
  sent: KialiRates;
}

export interface KialiNode {
  id: string;
  /** The box that the node is drawn in. */
  parent?: string;
  nodeType: string;
  cluster: string;
  namespace: string;
  workload?: string;
  app?: string;
  version?: string;
  service?: string;
  destinationServices: { cluster: string; namespace: string; name: string }[];
  traffic: KialiTraffic[];
  /** Kiali's marks that are set: `hasCB`, `hasVS`, `isRoot`, `isOutside`, ... */
  marks: string[];
}

export interface KialiEdge {
  id: string;
  source: string;
  target: string;
  traffic?: KialiTraffic;
  /**
   * The share of requests with mutual TLS, 0..1. Absent does **not** mean plaintext: Kiali leaves it out for plaintext,
   * for want of telemetry and where nothing computed it.
   */
  mtlsShare?: number;
  responseTimeMs?: number;
  /** Bytes per second. */
  throughput?: number;
}
