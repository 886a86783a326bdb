import { ExternalBehaviour, WorkloadBehaviour } from '../world';
import { ModelUsage } from './messages';
import { TrafficContext } from './TrafficContext';

/** The outcome of somebody's own work on one request. */
export interface Work {
  durationMs: number;
  /** 200, 429 or 500. */
  status: number;
  usage?: ModelUsage;
}

/** Draws how long the work on a request takes and whether it succeeds. */
export function drawWork(
  context: TrafficContext,
  key: string,
  behaviour: WorkloadBehaviour | ExternalBehaviour,
  model: string | undefined,
): Work {
  const { random, conditions } = context;
  const disturbance = conditions.disturbances.get(key);
  const factor = disturbance?.latencyFactor ?? 1;
  if (random.chance(disturbance?.throttledRatio ?? behaviour.throttledRatio)) {
    return { durationMs: 2 + 10 * random.next(), status: 429 };
  }
  const usage = drawUsage(context, behaviour.serves, model, factor);
  const durationMs = usage
    ? usage.timeToFirstTokenMs + usage.timePerTokenMs * usage.completionTokens
    : factor * random.lognormal(behaviour.latencyMs);
  return random.chance(disturbance?.errorRatio ?? behaviour.errorRatio)
    ? { durationMs, status: 500 }
    : { durationMs, status: 200, usage };
}

function drawUsage(
  { random, behaviours }: TrafficContext,
  serves: readonly string[],
  asked: string | undefined,
  factor: number,
): ModelUsage | undefined {
  const name = serves.find(one => one === asked) ?? serves[0];
  const model = name === undefined ? undefined : behaviours.model(name);
  if (!model) {
    return undefined;
  }
  return {
    model: model.name,
    provider: model.provider,
    promptTokens: Math.ceil(random.lognormal(model.promptTokens)),
    completionTokens: Math.ceil(random.lognormal(model.completionTokens)),
    timeToFirstTokenMs: factor * random.lognormal(model.timeToFirstTokenMs),
    timePerTokenMs: factor * random.lognormal(model.timePerTokenMs),
  };
}
