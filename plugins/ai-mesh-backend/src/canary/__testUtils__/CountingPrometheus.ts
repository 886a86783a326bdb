import type {
  InstantResult,
  PrometheusClient,
  RangeResult,
} from '../../prometheus/PrometheusClient';
import { istioLabels } from '../../telemetry/istioLabels';
import { SETTLE_SECONDS } from '../evidence/countQueries';
import { PART_LABEL, VERSION_LABEL } from '../evidence/gateQueries';
import { EvidencePrometheus } from './EvidencePrometheus';

type Side = 'canary' | 'stable';

/** What each version gets in a second. */
const REQUESTS = { canary: 200, stable: 600 };
const EVENTS = { canary: 20, stable: 60 };
const BAD_SHARE = 0.05;
const MEAN = 0.8;
const MEAN_SQUARE = 0.7;

/**
 * A Prometheus whose counters grow evenly by its clock, and that answers what was asked for: what a run has counted is then
 * known for every moment, so that neither a lost slice nor one that was taken twice stays unseen.
 */
export class CountingPrometheus extends EvidencePrometheus {
  /** Whose metrics there are of requests: Istio's, or the pools' endpoint pickers'. */
  counts: 'istio' | 'pickers' = 'istio';

  /** What a run has to have counted up to a moment, both versions together. */
  static requestsIn(seconds: number): number {
    return (REQUESTS.canary + REQUESTS.stable) * seconds;
  }

  static eventsIn(seconds: number): number {
    return (EVENTS.canary + EVENTS.stable) * seconds;
  }

  override async query(promql: string): Promise<InstantResult> {
    const asked = [
      ...promql.matchAll(
        /"canary_part", "([^"]+)", "", ""\), "canary_version", "(canary|stable)"/g,
      ),
    ];
    const now = this.now().getTime() / 1000;
    const [, from] = /@ (\d+\.\d+)/.exec(promql) ?? [];
    const seconds = now - SETTLE_SECONDS - Number(from);
    return {
      promql,
      warnings: [],
      observedAt: new Date(),
      samples: asked.flatMap(([, part, version]) => {
        if (part === 'clock') {
          return [sample(part, 'canary', now)];
        }
        return part.startsWith('quality:') || this.#knows(promql)
          ? this.#rows(part, version as Side, seconds)
          : [];
      }),
    };
  }

  override async queryRange(
    promql: string,
    range: Parameters<PrometheusClient['queryRange']>[1],
  ): Promise<RangeResult> {
    const answer = await super.queryRange(promql, range);
    return this.#knows(promql) ? answer : { ...answer, series: [] };
  }

  /** Whether requests are asked for by metrics that there are. */
  #knows(promql: string): boolean {
    return promql.includes('inference_') === (this.counts === 'pickers');
  }

  #rows(part: string, version: Side, seconds: number) {
    const isOfIstio = this.counts === 'istio';
    const [kind, , role] = part.split(':');
    const events = EVENTS[version] * seconds;
    switch (kind === 'quality' ? role : part) {
      case 'counted':
      case 'requests': {
        const span = part === 'counted' ? seconds : 30;
        return [
          sample(part, version, REQUESTS[version] * span, {
            ...(isOfIstio && {
              reporter: 'source',
              request_protocol: 'http',
              [istioLabels.responseCode]: '200',
            }),
          }),
        ];
      }
      case 'covered':
        return [sample(part, version, 1)];
      case 'p99':
        return [sample(part, version, 1000)];
      case 'all':
      case 'count-since':
        return [sample(part, version, events)];
      case 'bad':
        return [sample(part, version, events * BAD_SHARE)];
      case 'sum-since':
        return [sample(part, version, events * MEAN)];
      case 'squares':
        return [sample(part, version, events * MEAN_SQUARE)];
      case 'sum':
        return [sample(part, version, 600 * MEAN)];
      case 'count':
        return [sample(part, version, 600)];
      default:
        return [];
    }
  }
}

function sample(
  part: string,
  version: Side,
  value: number,
  more: Record<string, string> = {},
) {
  return {
    labels: { [PART_LABEL]: part, [VERSION_LABEL]: version, ...more },
    value,
    timestamp: 0,
  };
}
