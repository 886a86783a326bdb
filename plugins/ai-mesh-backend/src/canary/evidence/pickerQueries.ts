import { poolOfHost } from '@ai-mesh/plugin-ai-mesh-common';
import { findPool } from '../../kubernetes/inferencePools';
import {
  uniqueWorkloads,
  workloadsOfService,
} from '../../kubernetes/workloadsOfService';
import {
  or,
  selector,
  sumBy,
  type Expr,
  type Matcher,
  type Selector,
} from '../../prometheus/promql';
import { confinedPods } from '../../telemetry/confinedPods';
import type { FullVersion } from '../split';
import type { VersionName } from './gateQueries';
import type { EvidenceRequest } from './gatherEvidence';

/**
 * What endpoint pickers count of the requests that they pick an endpoint for, by the present name and the one before;
 * `pkg/epp/metrics/metrics.go` of the Gateway API's inference extension. It names models and no pool, so it is a pool's
 * by the pods of the pool's picker.
 */
const family = (name: string) =>
  [`inference_objective_${name}`, `inference_model_${name}`] as const;
export const pickerMetrics = {
  requests: family('request_total'),
  errors: family('request_error_total'),
  durations: family('request_duration_seconds_bucket'),
};

/** Why a request failed; `pkg/epp/util/error/error.go` there. */
export const ERROR_CODE = 'error_code';
/** What the picker sheds, and answers with 429. */
const SHED = 'InferencePoolResourceExhausted';
/** The caller's own mistakes. */
const CALLERS = ['BadRequest', 'NotFound'];

/** Whether the pool, and nobody else, is to blame for an error of the picker's. */
export function isPoolsFault(code: string | undefined): boolean {
  return code !== SHED && !CALLERS.includes(code ?? '');
}

export function isShed(code: string | undefined): boolean {
  return code === SHED;
}

/** Conditions on the series of each version's endpoint picker; undefined unless both are pools with one of their own. */
export function pickersOf({
  snapshot,
  canary,
  stable,
}: Pick<EvidenceRequest, 'snapshot' | 'canary' | 'stable'>):
  Record<VersionName, Matcher[]> | undefined {
  const podsOf = ({ host }: FullVersion): Matcher[] | undefined => {
    const name = poolOfHost(host);
    const pool = name && findPool(snapshot, name);
    if (pool?.status !== 'known' || !pool.value.picker) {
      return undefined;
    }
    const { namespace, picker } = pool.value;
    const service = snapshot.get('Service', namespace, picker.name);
    return (
      service &&
      confinedPods(
        snapshot,
        uniqueWorkloads(workloadsOfService(snapshot, service)),
      )
    );
  };
  const [first, second] = [podsOf(canary), podsOf(stable)];
  return first && second && String(first) !== String(second)
    ? { canary: first, stable: second }
    : undefined;
}

/** A sum over what one picker counts, whichever name it has for that. */
export function sumOfPicker(
  metric: keyof typeof pickerMetrics,
  pods: readonly Matcher[],
  read: (series: Selector) => Expr,
  ...by: string[]
): Expr {
  const [present, former] = pickerMetrics[metric].map(name =>
    sumBy(by, read(selector(name, ...pods))),
  );
  return or(present, former);
}
