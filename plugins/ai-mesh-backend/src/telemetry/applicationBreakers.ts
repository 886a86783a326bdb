import {
  known,
  unknown,
  wording,
  type ApplicationBreaker,
  type ApplicationBreakers,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { countBy, or, rate, selector, sumBy, tag } from '../prometheus/promql';
import type { Expr, Matcher } from '../prometheus/promql';
import { defaultPodLabels, type PodLabels } from './podSeries';
import type { RateRow } from './RateRow';

const STATE_METRIC = 'resilience4j_circuitbreaker_state';
const FALLBACK_METRIC = 'ai_circuit_fallback_total';
const SIGNAL = 'breaker_signal';

/** Worst first. */
const STATES = [
  'forced_open',
  'open',
  'half_open',
  'metrics_only',
  'disabled',
  'closed',
] as const;

/**
 * Pods by breaker and state, and the rate of fallback answers. Undefined without workloads.
 *
 * @param pods - conditions that confine the series to the workloads' pods
 */
export function applicationBreakersQuery(
  pods: readonly Matcher[] | undefined,
  windowSeconds: number,
  labels: PodLabels = defaultPodLabels,
): Expr | undefined {
  return (
    pods &&
    or(
      tag(
        countBy(
          [labels.namespace, labels.pod, 'name', 'state'],
          // The gauge is 1 for the state that the breaker is in, and 0 for the others.
          `${selector(STATE_METRIC, ...pods)} == 1` as Expr,
        ),
        SIGNAL,
        'state',
      ),
      tag(
        sumBy(
          [labels.namespace, labels.pod],
          rate(selector(FALLBACK_METRIC, ...pods), windowSeconds),
        ),
        SIGNAL,
        'fallbacks',
      ),
    )
  );
}

/**
 * What the pods say of the breakers inside them.
 *
 * @param isOurs - keeps rows of some pods
 */
export function readApplicationBreakers(
  cluster: string,
  rows: Measured<readonly RateRow[]>,
  isOurs: (row: RateRow) => boolean = () => true,
  labels: PodLabels = defaultPodLabels,
): ApplicationBreakers {
  if (rows.status === 'unknown') {
    return { breakers: rows, fallbacksPerSecond: rows };
  }
  const of = (signal: string) =>
    rows.value.filter(row => row.labels[SIGNAL] === signal && isOurs(row));
  const states = of('state');
  const fallbacks = of('fallbacks');
  return {
    breakers:
      states.length === 0
        ? unknown('not-exported', [
            wording('figure.noPodExports', { metric: STATE_METRIC }),
            wording('figure.resilience4jExport'),
          ])
        : known(breakersOf(cluster, states, labels)),
    fallbacksPerSecond:
      fallbacks.length === 0
        ? unknown('not-exported', [
            wording('figure.noPodExports', { metric: FALLBACK_METRIC }),
            wording('figure.fallbackCounter'),
          ])
        : known(fallbacks.reduce((sum, row) => sum + row.rate, 0)),
  };
}

function breakersOf(
  cluster: string,
  rows: readonly RateRow[],
  labels: PodLabels,
): ApplicationBreaker[] {
  const byName = new Map<string, ApplicationBreaker>();
  for (const row of rows) {
    const namespace = row.labels[labels.namespace] ?? '';
    const name = row.labels.name ?? '';
    const state = STATES.find(one => one === row.labels.state);
    if (!state) {
      continue;
    }
    const key = JSON.stringify([namespace, name]);
    const breaker = byName.get(key) ?? {
      cluster,
      namespace,
      name,
      state,
      pods: {},
    };
    breaker.pods[state] = (breaker.pods[state] ?? 0) + 1;
    if (STATES.indexOf(state) < STATES.indexOf(breaker.state)) {
      breaker.state = state;
    }
    byName.set(key, breaker);
  }
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}
