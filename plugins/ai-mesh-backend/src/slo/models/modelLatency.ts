import {
  known,
  unknown,
  type Latency,
  type Measured,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { bucketsOf, percentile } from '../../prometheus/histogram';
import type { RateRow } from '../../telemetry';
import { modelIdentity } from '../dialects/modelIdentity';
import type { DurationSignal, EntitySignals } from '../signals/EntitySignals';
import { noHistogram } from '../signals/notExported';
import { SIGNAL_LABEL } from '../signals/Signal';

/** A percentile of one model's duration or first token, from the answer to the question about them. */
export function modelLatency(
  name: 'duration' | 'firstToken',
  quantile: number,
  model: string,
  rows: Measured<readonly RateRow[]>,
  signals: EntitySignals,
): Measured<Latency> {
  const duration =
    name === 'duration' ? signals.duration : signals.timeToFirstToken;
  if (!duration) {
    const { dialect } = signals;
    return noHistogram(
      dialect,
      name === 'duration' ? dialect.duration : dialect.timeToFirstToken,
    );
  }
  if (rows.status === 'unknown') {
    return rows;
  }
  const of = (signal: string) =>
    rows.value.filter(
      ({ labels }) =>
        labels[SIGNAL_LABEL] === signal &&
        modelIdentity(signals.dialect, labels).model === model,
    );
  return duration.form === 'classic'
    ? fromBuckets(of(name), quantile, duration)
    : fromValues(of(`${name} ${quantile}`), quantile, duration);
}

function fromBuckets(
  rows: readonly RateRow[],
  quantile: number,
  { unitMs }: DurationSignal,
): Measured<Latency> {
  const buckets = bucketsOf(
    rows.map(({ labels, rate }) => ({ labels, value: rate })),
  );
  return percentile(
    quantile,
    new Map([...buckets].map(([bound, count]) => [bound * unitMs, count])),
  );
}

/** Percentiles that Prometheus or a pod computed: of several rows (providers, prompts), the worst. */
function fromValues(
  rows: readonly RateRow[],
  quantile: number,
  duration: DurationSignal,
): Measured<Latency> {
  if (duration.form === 'quantiles' && !duration.quantiles.includes(quantile)) {
    return unknown('not-exported', [
      wording('slo.otherPercentiles', {
        quantiles: duration.quantiles.join(', '),
      }),
    ]);
  }
  const values = rows.map(({ rate }) => rate).filter(Number.isFinite);
  if (values.length === 0) {
    return unknown('no-traffic', [wording('slo.noRequests')]);
  }
  const valueMs = Math.max(0, ...values) * duration.unitMs;
  return known({ valueMs, lowerBoundMs: valueMs, upperBoundMs: valueMs });
}
