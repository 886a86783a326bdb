import {
  known,
  unknown,
  type Cost,
  type Measured,
  type ModelSlos,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { estimateCost, type ModelPrice } from '../cost/priceTable';
import type { EntitySignals } from '../signals/EntitySignals';
import type { ModelRates } from './ModelRates';

type Tokens = Pick<
  ModelSlos,
  | 'inputTokensPerSecond'
  | 'outputTokensPerSecond'
  | 'tokensPerSecond'
  | 'inputTokensPerRequest'
  | 'outputTokensPerRequest'
  | 'tokensPerRequest'
>;

/** Tokens of a model, or of the part of it that runs on a workload. */
export function modelTokens(
  rates: ModelRates,
  signals: EntitySignals,
  model: string,
  workload?: string,
): Tokens {
  const onlyTotal = unknown('no-such-label', [
    wording('slo.onlyTotal', { dialect: signals.dialect.name }),
  ]);
  const of = (signal: 'inputTokens' | 'outputTokens' | 'totalTokens') =>
    rates.measured(signal, model, workload);
  const total = signals.totalTokens;
  const input = total && !signals.inputTokens ? onlyTotal : of('inputTokens');
  const output =
    total && !signals.outputTokens ? onlyTotal : of('outputTokens');
  const all = total ? of('totalTokens') : sum(input, output);
  const requests = rates.measured('requests', model, workload);
  return {
    inputTokensPerSecond: input,
    outputTokensPerSecond: output,
    tokensPerSecond: all,
    inputTokensPerRequest: ratio(input, requests),
    outputTokensPerRequest: ratio(output, requests),
    tokensPerRequest: ratio(all, requests),
  };
}

/** What a model's tokens cost at present rates, in all and by version. */
export function modelCost(
  rates: ModelRates,
  signals: EntitySignals,
  model: string,
  prices: readonly ModelPrice[],
  now: Date,
): Pick<ModelSlos, 'cost' | 'costByVersion'> {
  const cost = (workload?: string): Measured<Cost> => {
    const { inputTokensPerSecond, outputTokensPerSecond } = modelTokens(
      rates,
      signals,
      model,
      workload,
    );
    return estimateCost(
      prices,
      model,
      { input: inputTokensPerSecond, output: outputTokensPerSecond },
      now,
    );
  };
  const costByVersion: Record<string, Cost> = {};
  for (const { name, version } of signals.series.workloads) {
    const part = cost(name);
    if (version && part.status === 'known') {
      const present = costByVersion[version];
      costByVersion[version] = {
        currency: part.value.currency,
        perHour: (present?.perHour ?? 0) + part.value.perHour,
        perDay: (present?.perDay ?? 0) + part.value.perDay,
      };
    }
  }
  return { cost: cost(), costByVersion };
}

function sum(
  left: Measured<number>,
  right: Measured<number>,
): Measured<number> {
  if (left.status === 'unknown') {
    return left;
  }
  return right.status === 'unknown' ? right : known(left.value + right.value);
}

function ratio(
  tokens: Measured<number>,
  requests: Measured<number>,
): Measured<number> {
  if (tokens.status === 'unknown') {
    return tokens;
  }
  if (requests.status === 'unknown') {
    return requests;
  }
  return requests.value > 0
    ? known(tokens.value / requests.value)
    : unknown('no-traffic', [wording('slo.noRequests')]);
}
