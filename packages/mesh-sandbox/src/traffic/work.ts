import { Workload } from '../mesh';
import { ExternalBehaviour, WorkloadBehaviour } from '../world';
import { Behaviours } from './Behaviours';
import { Disturbance } from './Conditions';
import { MeshRequest, ModelUsage } from './messages';
import { TrafficContext } from './TrafficContext';

/** The outcome of somebody's own work on one request. */
export interface Work {
  durationMs: number;
  /** 200, 429 or 500. */
  status: number;
  usage?: ModelUsage;
}

const MODEL_HEADER = 'x-ai-model';

/** Draws how long a workload's work on a request takes and whether it succeeds. */
export function workOf(
  context: TrafficContext,
  workload: Workload,
  request: MeshRequest,
): Work {
  const behaviours = context.behavioursOf(workload);
  return draw(context, behaviours, {
    behaviour: behaviours.of(workload),
    disturbance: context.conditions.disturbanceOf(workload),
    request,
  });
}

/** The same for a host outside the mesh, as the caller's cluster knows it. */
export function externalWork(
  context: TrafficContext,
  caller: Workload,
  host: string,
  request: MeshRequest,
): Work {
  const behaviours = context.behavioursOf(caller);
  return draw(context, behaviours, {
    behaviour: behaviours.external(host),
    disturbance: context.conditions.disturbances.get(host),
    request,
  });
}

interface Asked {
  behaviour: WorkloadBehaviour | ExternalBehaviour;
  disturbance: Disturbance | undefined;
  request: MeshRequest;
}

function draw(
  context: TrafficContext,
  behaviours: Behaviours,
  { behaviour, disturbance, request }: Asked,
): Work {
  const { random } = context;
  const disturbed = disturbance && concerns(disturbance, request);
  const { latencyFactor, throttledRatio, errorRatio } = disturbed
    ? disturbance
    : ({} as Disturbance);
  const factor = latencyFactor ?? 1;
  if (random.chance(throttledRatio ?? behaviour.throttledRatio)) {
    return { durationMs: 2 + 10 * random.next(), status: 429 };
  }
  const usage = drawUsage(
    context,
    behaviours,
    behaviour.serves,
    request.headers[MODEL_HEADER],
    factor,
  );
  const durationMs = usage
    ? usage.timeToFirstTokenMs + usage.timePerTokenMs * usage.completionTokens
    : factor * random.lognormal(behaviour.latencyMs);
  return random.chance(errorRatio ?? behaviour.errorRatio)
    ? { durationMs, status: 500 }
    : { durationMs, status: 200, usage };
}

function concerns({ headers }: Disturbance, request: MeshRequest): boolean {
  return Object.entries(headers ?? {}).every(
    ([name, value]) => request.headers[name] === value,
  );
}

function drawUsage(
  { random }: TrafficContext,
  behaviours: Behaviours,
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
