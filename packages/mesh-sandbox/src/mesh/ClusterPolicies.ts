import { ObjectStore } from '../store';
import { durationMs } from './duration';
import { exportedTo, hostCovers, qualifyHost } from './hosts';
import {
  DestinationRule,
  MeshSettings,
  OutlierDetection,
  TlsMode,
  TrafficPolicy,
} from './istioObjects';
import { MeshPort, MeshService, Pod } from './model';

/** Limits of a connection pool, for each calling proxy; Istio's default is none. */
export interface PoolLimits {
  maxConnections: number;
  maxPendingRequests: number;
  maxRequests: number;
  maxRetries: number;
}

/** When a calling proxy stops sending to a host that fails. */
export interface OutlierPolicy {
  /** 0: off. */
  consecutiveGatewayErrors: number;
  consecutive5xx: number;
  intervalMs: number;
  baseEjectionMs: number;
  /** 0..100. */
  maxEjectionPercent: number;
  minHealthPercent: number;
}

/** What Envoy calls a cluster: one service, port and subset, with its policies. */
export interface ClusterConfig {
  /** Envoy's name of it: `outbound|8080|v1|chat.shop.svc.cluster.local`. */
  name: string;
  service: MeshService;
  port: MeshPort;
  subset: string;
  /** Ready pods; empty for external services, whose hosts the sandbox does not count. */
  pods: Pod[];
  limits: PoolLimits;
  outlier?: OutlierPolicy;
  /** What a DestinationRule asks for; absent: Istio decides by whether the callee has a proxy. */
  tls?: TlsMode;
}

const UNLIMITED = 2 ** 32 - 1;

/** The clusters that callers in a namespace see, from services and DestinationRules. */
export class ClusterPolicies {
  private readonly rules: DestinationRule[];
  private readonly rulesByHost = new Map<string, DestinationRule[]>();
  private readonly cache = new Map<string, ClusterConfig | undefined>();

  constructor(
    store: ObjectStore,
    private readonly settings: MeshSettings,
  ) {
    this.rules = store.list<DestinationRule>(
      'networking.istio.io',
      'DestinationRule',
    );
    for (const rule of this.rules) {
      const host = qualifyHost(
        rule.spec?.host ?? '',
        rule.metadata.namespace ?? '',
      );
      this.rulesByHost.set(host, [...(this.rulesByHost.get(host) ?? []), rule]);
    }
  }

  /** @returns undefined where no DestinationRule defines the subset: Envoy has no such cluster */
  cluster(
    client: string,
    service: MeshService,
    port: MeshPort,
    subset: string,
  ): ClusterConfig | undefined {
    const key = `${client}|${port.number}|${subset}|${service.host}`;
    if (!this.cache.has(key)) {
      this.cache.set(key, this.build(client, service, port, subset));
    }
    return this.cache.get(key);
  }

  private build(
    client: string,
    service: MeshService,
    port: MeshPort,
    subset: string,
  ): ClusterConfig | undefined {
    const rule = this.ruleFor(client, service);
    const defined = rule?.spec?.subsets?.find(({ name }) => name === subset);
    if (subset !== '' && !defined) {
      return undefined;
    }
    const policy = effectivePolicy(
      [rule?.spec?.trafficPolicy, defined?.trafficPolicy],
      port.number,
    );
    const labels = Object.entries(defined?.labels ?? {});
    return {
      name: `outbound|${port.number}|${subset}|${service.host}`,
      service,
      port,
      subset,
      pods: service.pods.filter(
        pod =>
          pod.ready &&
          labels.every(([key, value]) => pod.workload.labels[key] === value),
      ),
      limits: {
        maxConnections: policy.connectionPool?.tcp?.maxConnections ?? UNLIMITED,
        maxPendingRequests:
          policy.connectionPool?.http?.http1MaxPendingRequests ?? UNLIMITED,
        maxRequests: policy.connectionPool?.http?.http2MaxRequests ?? UNLIMITED,
        maxRetries: policy.connectionPool?.http?.maxRetries ?? UNLIMITED,
      },
      outlier: outlierPolicy(policy.outlierDetection),
      tls: policy.tls?.mode,
    };
  }

  /** Istio looks in the caller's namespace, then the service's, then the root namespace; exact hosts first. */
  private ruleFor(
    client: string,
    service: MeshService,
  ): DestinationRule | undefined {
    const visible = (rule: DestinationRule) =>
      exportedTo(rule.spec?.exportTo, rule.metadata.namespace ?? '', client);
    const exact = (this.rulesByHost.get(service.host) ?? []).filter(visible);
    const wild = this.rules.filter(
      rule =>
        rule.spec?.host.startsWith('*') &&
        hostCovers(rule.spec.host, service.host) &&
        visible(rule),
    );
    for (const namespace of [
      client,
      service.namespace,
      this.settings.rootNamespace,
    ]) {
      const found = [...exact, ...wild].find(
        ({ metadata }) => metadata.namespace === namespace,
      );
      if (found) {
        return found;
      }
    }
    return undefined;
  }
}

/** A more specific policy replaces each of its parts as a whole; within one, a port's settings stand over the rest. */
function effectivePolicy(
  policies: (TrafficPolicy | undefined)[],
  port: number,
): TrafficPolicy {
  const merged: TrafficPolicy = {};
  for (const policy of policies) {
    if (policy) {
      const { portLevelSettings, ...wide } = policy;
      Object.assign(merged, wide);
      const ofPort = portLevelSettings?.find(
        setting => setting.port?.number === port,
      );
      if (ofPort) {
        // A port's settings do not inherit: what they leave out is at its default.
        merged.connectionPool = ofPort.connectionPool;
        merged.outlierDetection = ofPort.outlierDetection;
        merged.tls = ofPort.tls;
      }
    }
  }
  return merged;
}

function outlierPolicy(
  detection: OutlierDetection | undefined,
): OutlierPolicy | undefined {
  if (!detection) {
    return undefined;
  }
  return {
    consecutiveGatewayErrors: detection.consecutiveGatewayErrors ?? 0,
    consecutive5xx: detection.consecutive5xxErrors ?? 5,
    intervalMs: durationMs(detection.interval) ?? 10_000,
    baseEjectionMs: durationMs(detection.baseEjectionTime) ?? 30_000,
    maxEjectionPercent: detection.maxEjectionPercent ?? 10,
    minHealthPercent: detection.minHealthPercent ?? 0,
  };
}
