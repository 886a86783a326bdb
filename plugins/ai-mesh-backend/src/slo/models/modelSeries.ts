import type { ModelSlos } from '@ai-mesh/plugin-ai-mesh-common';
import { priceOf, type ModelPrice } from '../cost/priceTable';
import { errorRatio } from '../errorBudget';
import { countEvents } from '../events/countEvents';
import { HISTORY_P95 } from '../gather/gatherHistory';
import type { History } from '../gather/History';
import type { EntitySignals } from '../signals/EntitySignals';

const PLAIN_AVAILABILITY = {
  id: '',
  indicator: { kind: 'availability', fallbacksAreBad: false },
} as const;

/** A model over time; what a step has no series of is a gap. */
export function modelSeries(
  model: string,
  history: History,
  signals: EntitySignals,
  prices: readonly ModelPrice[],
): ModelSlos['series'] {
  const { stepSeconds } = history.range;
  return history.steps().map(({ at, table }) => {
    const count = (signal: string) => {
      const found = table.count(signal, stepSeconds, model);
      return found.status === 'known' ? (found.value ?? null) : null;
    };
    const events = countEvents(
      PLAIN_AVAILABILITY,
      model,
      stepSeconds,
      table,
      signals,
    );
    const ratio = errorRatio(events);
    const input = count('inputTokens');
    const output = count('outputTokens');
    const tokens =
      count('totalTokens') ??
      (input === null || output === null ? null : input + output);
    const price = priceOf(prices, model, at);
    return {
      at: at.toISOString(),
      requestsPerSecond:
        events.status === 'known' ? events.value.total / stepSeconds : null,
      errorRatio: ratio.status === 'known' ? ratio.value : null,
      p95Ms: count(HISTORY_P95),
      tokensPerSecond: tokens === null ? null : tokens / stepSeconds,
      costPerHour:
        price && input !== null && output !== null
          ? ((input * price.inputPerMillion + output * price.outputPerMillion) /
              1_000_000) *
            (3600 / stepSeconds)
          : null,
    };
  });
}
