import type {
  AppliedPolicy,
  ClientMtls,
  IneffectivePlace,
  Measured,
  ServiceMtls,
  ServiceRef,
  SettingSource,
  TelemetrySettings,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { EffectiveRoutes } from '../routes/EffectiveRoutes';

/** One service with all that the review looks at. */
export interface ReviewSubject {
  readonly snapshot: MeshSnapshot;
  readonly object: ServiceObject;
  /** The same service in the entity's other clusters. */
  readonly elsewhere: readonly Twin[];
  /** Every other configured cluster, for the accounts that are there alone. */
  readonly others: readonly OtherCluster[];
  readonly service: ServiceRef;
  readonly routes: EffectiveRoutes;
  readonly telemetry: ReviewTelemetry;
  readonly security: SecurityFacts;
}

/** A service of the same name and namespace in another cluster: its endpoints answer callers of this one as well. */
export interface Twin {
  readonly cluster: string;
  readonly object: ServiceObject;
  readonly snapshot: MeshSnapshot;
}

/** Another configured cluster. */
export interface OtherCluster {
  readonly cluster: string;
  readonly snapshot: MeshSnapshot;
}

/** What was seen of a service over the review's window. */
export interface ReviewTelemetry {
  readonly requestsPerSecond: Measured<number>;
  /** All versions together, milliseconds. */
  readonly p99Ms: Measured<number>;
  /** By the version label of what answered. */
  readonly p99MsByVersion: Pick<ReadonlyMap<string, number>, 'get'>;
  /** By the name of the workload that answered. */
  readonly p99MsByWorkload: Pick<ReadonlyMap<string, number>, 'get'>;
  /** Requests that were cut off by a timeout (UT) over all, 0..1. */
  readonly cutOffRatio: Measured<number>;
  /** Requests that a pool limit rejected (UO), per second. */
  readonly overflowPerSecond: Measured<number>;
  /** The most requests that one calling proxy had under way at once. */
  readonly peakInFlight: Measured<number>;
  /** Whether any calling proxy exports circuit-breaker statistics. */
  readonly breakersExported: Measured<boolean>;
  /** Hosts outside the cluster that the service's workloads call. */
  readonly egress: Measured<readonly EgressHost[]>;
}

/** A host outside the cluster, as the callers' proxies name it. */
export interface EgressHost {
  /** Undefined: the proxy let it pass without knowing it. */
  readonly host: string | undefined;
  readonly perSecond: number;
}

/** What the security capability found, as far as the review has something to say about it. */
export interface SecurityFacts {
  readonly mtls: ServiceMtls;
  /** Why the AuthorizationPolicies are not known; undefined: they are. */
  readonly unknownPolicies: Measured<never> | undefined;
  readonly policies: readonly AppliedPolicy[];
  /** What of them does not do what it says. */
  readonly ineffective: readonly IneffectivePlace[];
  /** Rules of ALLOW policies without any condition. */
  readonly openRules: readonly SettingSource[];
  readonly identityRules: readonly IdentityRule[];
  /** The identities that were seen calling, without `spiffe://`. */
  readonly principals: readonly string[];
  /** What a caller with a proxy comes to on some port: the worst. */
  readonly callersAre: 'encrypted' | 'plaintext' | 'unknown';
  readonly telemetry: Measured<readonly TelemetrySettings[]>;
  /** What the service's workloads send to a port of another host. */
  readonly tlsTo: (host: string, port: number) => ClientMtls;
}

/** A rule that asks who calls. */
export interface IdentityRule {
  readonly at: SettingSource;
  /** It keeps somebody out by identity, so that a caller without one gets in. */
  readonly evadable: boolean;
}
