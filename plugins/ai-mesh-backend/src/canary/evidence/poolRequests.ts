import { known, unknown, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { InferencePool } from '../../kubernetes/inferencePools';
import {
  uniqueWorkloads,
  workloadsOfService,
} from '../../kubernetes/workloadsOfService';
import {
  or,
  presentOverTime,
  rate,
  selector,
  sumBy,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import { confinedPods } from '../../telemetry/confinedPods';
import { fromPrometheus } from './askParts';
import type { EvidenceRequest } from './gatherEvidence';
import { MEMORY_SECONDS } from './requestQueries';

/** The present name, and the one before; `pkg/epp/metrics/metrics.go` of the Gateway API's inference extension. */
const REQUESTS = [
  'inference_objective_request_total',
  'inference_model_request_total',
] as const;

/**
 * Whether a pool's endpoint picker sees requests that Istio's metrics do not count at all. The picker's counters name
 * models and no pool, so they are the pool's by the picker's pods.
 */
export async function pickerAloneCounts(
  {
    cluster,
    snapshot,
    prometheus,
    signal,
  }: Pick<EvidenceRequest, 'cluster' | 'snapshot' | 'prometheus' | 'signal'>,
  { namespace, picker }: InferencePool,
  atGateways: Matcher[],
  windowSeconds: number,
): Promise<Measured<boolean>> {
  const service = picker && snapshot.get('Service', namespace, picker.name);
  const pods =
    service &&
    confinedPods(
      snapshot,
      uniqueWorkloads(workloadsOfService(snapshot, service)),
    );
  if (!pods) {
    return unknown('not-configured', 'No workload picks its endpoints.');
  }
  const [present, former] = REQUESTS.map(metric =>
    sumBy([], rate(selector(metric, ...pods), windowSeconds)),
  );
  const counted = await fromPrometheus(cluster, prometheus, async client => {
    const ask = async (promql: Expr) =>
      client.query(promql, { signal, fresh: true });
    const [istios, pickers] = await Promise.all([
      ask(
        sumBy(
          [],
          presentOverTime(
            selector('istio_requests_total', ...atGateways),
            MEMORY_SECONDS,
          ),
        ),
      ),
      ask(or(present, former)),
    ]);
    return {
      warnings: [...istios.warnings, ...pickers.warnings],
      value: { istios: istios.samples, pickers: pickers.samples },
    };
  });
  if (counted.status === 'unknown') {
    return counted;
  }
  const { istios, pickers } = counted.value;
  return known(istios.length === 0 && pickers.some(({ value }) => value > 0));
}
