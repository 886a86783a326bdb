import { parse } from 'yaml';
import { MeshModel, Pod, StatsMatcher } from '../mesh';
import { ConnectionPool, PodState } from '../traffic';
import { heading, MetricSource, renderLabels, sample } from './exposition';
import { podLabels } from './podLabels';

interface Stat {
  /** Envoy's own name, after `cluster.<name>.`. */
  name: string;
  type: 'counter' | 'gauge';
  /** undefined: the statistic does not exist for this cluster. */
  value(pool: ConnectionPool, nowMs: number): number | undefined;
}

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
  private readonly matchers = new Map<string, (name: string) => boolean>();

  constructor(
    private readonly engine: {
      readonly nowMs: number;
      readonly model: MeshModel;
      pods(): Iterable<{ pod: Pod; state: PodState }>;
    },
  ) {}

  *expose(): Iterable<string> {
    const { nowMs } = this.engine;
    const proxies = [...this.engine.pods()].filter(
      ({ pod }) => pod.workload.proxy !== 'none',
    );
    for (const { name, type, value } of stats) {
      const metric = `envoy_cluster_${name.replace(/\./g, '_')}`;
      const lines: string[] = [];
      for (const { pod, state } of proxies) {
        const included = this.inclusionOf(pod);
        for (const pool of state.pools.values()) {
          const now = included(`cluster.${pool.config.name}.${name}`)
            ? value(pool, nowMs)
            : undefined;
          if (now !== undefined) {
            lines.push(sample(metric, labelsOf(pod, pool), now));
          }
        }
      }
      if (lines.length > 0) {
        yield heading(metric, type, `Envoy's ${name}.`);
        yield lines.join('');
      }
    }
  }

  private inclusionOf({ workload }: Pod): (name: string) => boolean {
    const { statsInclusion } = this.engine.model.settings;
    const annotation = workload.annotations['proxy.istio.io/config'] ?? '';
    const key = `${annotation}|${JSON.stringify(statsInclusion)}`;
    let matcher = this.matchers.get(key);
    if (!matcher) {
      const own: { proxyStatsMatcher?: StatsMatcher } | null =
        parse(annotation);
      matcher = inclusion(own?.proxyStatsMatcher ?? statsInclusion);
      this.matchers.set(key, matcher);
    }
    return matcher;
  }
}

function inclusion({
  inclusionRegexps = [],
  inclusionPrefixes = [],
  inclusionSuffixes = [],
}: StatsMatcher): (name: string) => boolean {
  const regexps = inclusionRegexps.map(one => new RegExp(`^(?:${one})$`));
  return name =>
    regexps.some(regexp => regexp.test(name)) ||
    inclusionPrefixes.some(prefix => name.startsWith(prefix)) ||
    inclusionSuffixes.some(suffix => name.endsWith(suffix));
}

function labelsOf(pod: Pod, pool: ConnectionPool): string {
  return renderLabels({ cluster_name: pool.config.name, ...podLabels(pod) });
}
