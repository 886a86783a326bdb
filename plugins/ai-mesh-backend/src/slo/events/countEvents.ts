import {
  known,
  unknown,
  type Measured,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { EventCounts } from '../errorBudget';
import type { SloIndicator, SloObjective } from '../objectives/SloObjective';
import { untoldErrors, type EntitySignals } from '../signals/EntitySignals';
import { noHistogram } from '../signals/notExported';
import { customSignal } from './EventNeeds';
import type { EventTable } from './EventTable';
import { goodEvents, thresholdBounds } from './thresholdBounds';

const nothing = unknown('no-traffic', [wording('slo.noEvents')]);

/**
 * The bad and all events of one objective, model and window. A missing count of errors is no error; a missing total is
 * no data.
 *
 * @param model - undefined: the service as a whole
 */
export function countEvents(
  {
    id,
    indicator,
    unasked,
  }: Pick<SloObjective, 'id' | 'indicator' | 'unasked'>,
  model: string | undefined,
  windowSeconds: number,
  table: EventTable,
  signals: EntitySignals | undefined,
): Measured<EventCounts> {
  if (unasked) {
    return unasked;
  }
  const count = (signal: string, bound?: number) =>
    table.count(signal, windowSeconds, model, bound);
  switch (indicator.kind) {
    case 'availability':
      return (
        untoldErrors(signals, model) ??
        availability(count('requests'), count('errors'), [
          count('borrowedErrors'),
          ...(indicator.fallbacksAreBad ? [count('fallbacks')] : []),
        ])
      );
    case 'latency':
      return latency(indicator.thresholdMs, count, signals);
    default:
      return (
        unmatchedGood(indicator, id, count, table) ??
        custom(
          count(customSignal(id, 'total')),
          indicator.good ? count(customSignal(id, 'good')) : undefined,
          indicator.bad ? count(customSignal(id, 'bad')) : undefined,
        )
      );
  }
}

/**
 * A failure that somebody else saw too (Istio, or the application that gave a fallback answer) is one bad event, not two;
 * one of a call that was never counted (refused before, the breaker was open) is an event more.
 *
 * @param errors - of the requests that were counted
 * @param others - counts of failures that hold the errors, and such of calls that were not counted
 */
function availability(
  requests: Measured<number | undefined>,
  errors: Measured<number | undefined>,
  others: Measured<number | undefined>[],
): Measured<EventCounts> {
  if (requests.status === 'unknown') {
    return requests;
  }
  if (errors.status === 'unknown') {
    return errors;
  }
  const unsaid = others.find(({ status }) => status === 'unknown');
  if (unsaid?.status === 'unknown') {
    return unsaid;
  }
  const [borrowed] = others.map(valueOf);
  if (
    requests.value === undefined &&
    errors.value === undefined &&
    borrowed === undefined
  ) {
    return nothing;
  }
  const failed = errors.value ?? 0;
  const bad = Math.max(failed, ...others.map(one => valueOf(one) ?? 0));
  return known({ bad, total: (requests.value ?? 0) + bad - failed });
}

function latency(
  thresholdMs: number,
  count: (signal: string, bound?: number) => Measured<number | undefined>,
  signals: EntitySignals | undefined,
): Measured<EventCounts> {
  const duration = signals?.duration;
  if (!duration || duration.form === 'quantiles') {
    return signals
      ? noHistogram(signals.dialect, signals.dialect.duration, duration)
      : unknown('not-exported', [wording('slo.noModel')]);
  }
  const threshold = thresholdMs / duration.unitMs;
  if (duration.form === 'native') {
    return goodOf(count('duration'), count(`good ${threshold}`));
  }
  const at = thresholdBounds(duration.bounds, threshold);
  if (!at) {
    return unknown('not-exported', [
      wording('slo.beyondBuckets', {
        bound: String(duration.bounds.at(-1)),
        threshold,
      }),
    ]);
  }
  const total = count('buckets', Infinity);
  if (total.status === 'known' && total.value !== undefined) {
    // Buckets come and go together: one that is missing is another exporter's, not one that counted nothing.
    const missing = [at.below, at.above].find(
      bound => bound > 0 && valueOf(count('buckets', bound)) === undefined,
    );
    if (missing !== undefined) {
      return unknown('not-exported', [
        wording('slo.bucketLacks', { bound: missing }),
      ]);
    }
  }
  const good = goodEvents(at, bound => valueOf(count('buckets', bound)) ?? 0);
  return goodOf(total, known(good));
}

function valueOf(counted: Measured<number | undefined>): number | undefined {
  return counted.status === 'known' ? counted.value : undefined;
}

/**
 * A selector of good events that matches no series is a mistake in it, where events were counted: not a service that
 * does nothing well. One whose series were there in another window counted nothing in this one.
 */
function unmatchedGood(
  { good, goodIsBucket, description }: SloIndicator & { kind: 'custom' },
  id: string,
  count: (signal: string) => Measured<number | undefined>,
  table: EventTable,
): Measured<never> | undefined {
  const signal = customSignal(id, 'good');
  if (
    !good ||
    valueOf(count(customSignal(id, 'total'))) === undefined ||
    count(signal).status === 'unknown' ||
    valueOf(count(signal)) !== undefined ||
    (!goodIsBucket && table.hasSeries(signal))
  ) {
    return undefined;
  }
  return unknown('not-exported', [
    wording(goodIsBucket ? 'slo.goodBucketLacks' : 'slo.goodMatchesNothing', {
      query: description,
    }),
  ]);
}

function custom(
  total: Measured<number | undefined>,
  good: Measured<number | undefined> | undefined,
  bad: Measured<number | undefined> | undefined,
): Measured<EventCounts> {
  if (good) {
    return goodOf(total, good);
  }
  if (total.status === 'unknown') {
    return total;
  }
  if (bad?.status !== 'known') {
    return bad ?? nothing;
  }
  return total.value === undefined && bad.value === undefined
    ? nothing
    : known({ bad: bad.value ?? 0, total: total.value ?? 0 });
}

function goodOf(
  total: Measured<number | undefined>,
  good: Measured<number | undefined>,
): Measured<EventCounts> {
  if (total.status === 'unknown') {
    return total;
  }
  if (good.status === 'unknown') {
    return good;
  }
  return total.value === undefined
    ? nothing
    : known({
        bad: Math.max(0, total.value - (good.value ?? 0)),
        total: total.value,
      });
}
