import { parse } from 'yaml';
import { hasEnvoy, MeshModel, Pod, StatsMatcher } from '../mesh';
import { ConnectionPool, PodState } from '../traffic';
import { family, MetricSource, renderLabels, sample } from './exposition';
import { podLabels } from './podLabels';

interface Stat {
  /** Envoy's own name, after `cluster.<name>.`. */
  name: string;
  type: 'counter' | 'gauge';
  /** undefined: the statistic does not exist for this cluster. */
  value(pool: ConnectionPool, nowMs: number): number | undefined;
}

/** Whether a proxy exports a statistic, by Envoy's name of it. */
type Inclusion = (name: string) => boolean;

const stats: Stat[] = [
  {
    name: 'circuit_breakers.default.cx_open',
    type: 'gauge',
    value: ({ active, config: { limits } }) =>
      Number(active >= limits.maxConnections),
  },
  {
    name: 'circuit_breakers.default.rq_open',
    type: 'gauge',
    value: ({ active, config: { limits } }) =>
      Number(active >= limits.maxRequests),
  },
  {
    name: 'circuit_breakers.default.rq_pending_open',
    type: 'gauge',
    value: ({ pending, config: { limits } }) =>
      Number(pending >= limits.maxPendingRequests),
  },
  {
    name: 'circuit_breakers.default.rq_retry_open',
    type: 'gauge',
    value: ({ retries, config: { limits } }) =>
      Number(retries >= limits.maxRetries),
  },
  // Istio routes nothing at high priority.
  ...['cx', 'rq', 'rq_pending', 'rq_retry'].map(kind => ({
    name: `circuit_breakers.high.${kind}_open`,
    type: 'gauge' as const,
    value: () => 0,
  })),
  {
    name: 'upstream_rq_active',
    type: 'gauge',
    value: ({ active }) => active,
  },
  {
    name: 'upstream_cx_overflow',
    type: 'counter',
    value: ({ connectionOverflow }) => connectionOverflow,
  },
  {
    name: 'upstream_rq_pending_overflow',
    type: 'counter',
    value: ({ pendingOverflow }) => pendingOverflow,
  },
  {
    name: 'upstream_rq_retry_overflow',
    type: 'counter',
    value: ({ retryOverflow }) => retryOverflow,
  },
  {
    name: 'outlier_detection.ejections_active',
    type: 'gauge',
    value: ({ config, health }, nowMs) =>
      config.outlier && health.ejected(nowMs),
  },
  {
    name: 'outlier_detection.ejections_enforced_total',
    type: 'counter',
    value: ({ config, health }) => config.outlier && health.enforced,
  },
  {
    name: 'outlier_detection.ejections_overflow',
    type: 'counter',
    value: ({ config, health }) => config.outlier && health.overflow,
  },
];

/** Envoy's circuit-breaker statistics, of those proxies alone whose settings include them. */
export class EnvoyStats implements MetricSource {
  private readonly matchers = new Map<string, Inclusion | undefined>();

  constructor(
    private readonly engine: {
      readonly nowMs: number;
      readonly model: MeshModel;
      pods(): Iterable<{ pod: Pod; state: PodState }>;
    },
  ) {}

  *expose(): Iterable<string> {
    const { nowMs } = this.engine;
    const proxies = [...this.engine.pods()].flatMap(({ pod, state }) => {
      const included = hasEnvoy(pod.workload)
        ? this.inclusionOf(pod)
        : undefined;
      return included ? [{ pod, state, included }] : [];
    });
    for (const { name, type, value } of stats) {
      const metric = `envoy_cluster_${name.replace(/\./g, '_')}`;
      const lines = function* lines() {
        for (const { pod, state, included } of proxies) {
          for (const pool of state.pools.values()) {
            const now = included(`cluster.${pool.config.name}.${name}`)
              ? value(pool, nowMs)
              : undefined;
            if (now !== undefined) {
              yield sample(metric, labelsOf(pod, pool), now);
            }
          }
        }
      };
      yield* family(metric, type, `Envoy's ${name}.`, lines());
    }
  }

  /** @returns undefined where a proxy exports none at all */
  private inclusionOf({ workload }: Pod): Inclusion | undefined {
    const { statsInclusion } = this.engine.model.settings;
    const annotation = workload.annotations['proxy.istio.io/config'] ?? '';
    const key = `${annotation}|${JSON.stringify(statsInclusion)}`;
    if (!this.matchers.has(key)) {
      const own: { proxyStatsMatcher?: StatsMatcher } | null =
        parse(annotation);
      this.matchers.set(
        key,
        inclusion(own?.proxyStatsMatcher ?? statsInclusion),
      );
    }
    return this.matchers.get(key);
  }
}

function inclusion({
  inclusionRegexps = [],
  inclusionPrefixes = [],
  inclusionSuffixes = [],
}: StatsMatcher): Inclusion | undefined {
  const regexps = inclusionRegexps.map(one => new RegExp(`^(?:${one})$`));
  const names = inclusionPrefixes.length + inclusionSuffixes.length;
  if (regexps.length + names === 0) {
    return undefined;
  }
  return name =>
    regexps.some(regexp => regexp.test(name)) ||
    inclusionPrefixes.some(prefix => name.startsWith(prefix)) ||
    inclusionSuffixes.some(suffix => name.endsWith(suffix));
}

function labelsOf(pod: Pod, pool: ConnectionPool): string {
  return renderLabels({ cluster_name: pool.config.name, ...podLabels(pod) });
}
