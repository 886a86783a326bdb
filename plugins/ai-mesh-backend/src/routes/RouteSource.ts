import type {
  ObjectRef,
  RouteCondition,
  RouteNote,
  RouteRule,
  Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { Audience } from './visibility';

export interface ServiceName {
  namespace: string;
  name: string;
}

/** One alternative of a rule: conditions that must all hold, for callers behind these gateways. */
export interface MatchBlock {
  /** Empty: every request. */
  conditions: RouteCondition[];
  gateways: string[];
}

export interface CandidateDestination {
  /** Full host name; for an InferencePool `name.namespace`. */
  host: string;
  kind?: 'InferencePool';
  subset?: string;
  port?: number;
  weight?: number;
  /** Something that its source knows to be wrong with it. */
  problem?: Words;
}

/** What a rule says of a request's handling; undefined where it says nothing. */
export interface RouteSettings {
  timeoutMs?: number;
  retries?: { attempts: number; perTryTimeoutMs?: number; retryOn: string[] };
  fault?: RouteRule['fault'];
  mirrors?: RouteRule['mirrors'];
  headers?: string[];
  rewrite?: string;
  /** Redirect, direct response and the like, in the terms of their API: they read alike in every language. */
  actions?: string[];
}

/** A rule before it is known which requests are left for it. */
export interface CandidateRule {
  name?: string;
  object: ObjectRef;
  path: string;
  protocol: RouteRule['protocol'];
  /** At least one. */
  blocks: MatchBlock[];
  destinations: CandidateDestination[];
  /** What a destination without a weight counts among several: nothing for Istio, 1 for the Gateway API. */
  absentWeight: 0 | 1;
  settings: RouteSettings;
  /** Why the mesh leaves the rule out; it then catches nothing. */
  leftOut?: readonly Words[];
}

/** The rules that decide together about a request, in the order in which they are asked. */
export interface RouteTable {
  /** Objects that the rules came from; the first one names the table. */
  objects: ConfigObject[];
  rules: CandidateRule[];
  notes: RouteNote[];
  /**
   * How closely the table names the service as what callers in the mesh address: 0 where they address another host or
   * come through a gateway, and only its rules that lead to the service matter.
   */
  specificity: number;
  /** The hosts that callers address. */
  hosts: string[];
  /** The namespaces whose callers the table is for. */
  audience: Audience;
}

/** One family of objects that route requests. */
export interface RouteSource {
  /** The tables that may send a request to the service; from a pure reading of the snapshot. */
  tables(snapshot: MeshSnapshot, service: ServiceName): RouteTable[];
}
