import { Pod } from '../mesh';
import { CallBehaviour, WorkloadBehaviour } from '../world';
import { failed, MeshRequest, MeshResponse, ModelUsage } from './messages';
import { PodState } from './PodState';
import { Ask } from './ResolvedAsk';
import { TrafficContext } from './TrafficContext';
import { Work, workOf } from './work';

const MODEL_HEADER = 'x-ai-model';

const GRPC_STATUS: Record<number, number> = { 200: 0, 429: 8, 503: 14 };

/** Sends a request of a pod's application into the mesh. */
export type Send = (
  from: Pod,
  ask: Ask,
  inherited: Readonly<Record<string, string>>,
  timeoutMs: number | undefined,
  done: (response: MeshResponse) => void,
) => void;

/**
 * The program in a pod: it takes a request when it has a hand free, does its own work, calls others one after the
 * other, and answers. It finishes what it has begun even if nobody waits for the answer any more.
 */
export class Application {
  constructor(
    private readonly context: TrafficContext,
    private readonly send: Send,
  ) {}

  serve(
    pod: Pod,
    request: MeshRequest,
    answer: (response: MeshResponse) => void,
  ): void {
    const behaviour = this.context.behavioursOf(pod.workload).of(pod.workload);
    const state = this.context.stateOf(pod);
    const arrivedAt = this.context.simulation.now;
    const begin = () => {
      state.busy += 1;
      this.work(pod, behaviour, request, arrivedAt, response => {
        this.free(state);
        answer(response);
      });
    };
    if (state.busy < behaviour.concurrencyPerPod) {
      begin();
    } else if (state.queue.length < behaviour.queuePerPod) {
      state.queue.push(begin);
    } else {
      answer(inWords(request, 503));
    }
  }

  private free(state: PodState) {
    state.busy -= 1;
    state.queue.shift()?.();
  }

  private work(
    pod: Pod,
    behaviour: WorkloadBehaviour,
    request: MeshRequest,
    arrivedAt: number,
    answer: (response: MeshResponse) => void,
  ) {
    const { simulation, observer } = this.context;
    const beganAt = simulation.now;
    const work = workOf(this.context, pod.workload, request);
    simulation.schedule(work.durationMs, () => {
      if (work.usage) {
        observer.modelServed({
          pod,
          usage: work.usage,
          queueMs: beganAt - arrivedAt,
          durationMs: simulation.now - arrivedAt,
        });
      }
      if (work.status === 429) {
        answer(inWords(request, 429));
        return;
      }
      const calls = behaviour.calls.filter(call => this.wanted(call, request));
      this.callNext(pod, behaviour, calls, request, work, answer);
    });
  }

  private wanted(call: CallBehaviour, request: MeshRequest): boolean {
    const { when } = call;
    return (
      (!when ||
        ((when.path === undefined || request.path === when.path) &&
          Object.entries(when.headers ?? {}).every(
            ([name, value]) => request.headers[name.toLowerCase()] === value,
          ))) &&
      this.context.random.chance(call.probability)
    );
  }

  private callNext(
    pod: Pod,
    behaviour: WorkloadBehaviour,
    calls: readonly CallBehaviour[],
    request: MeshRequest,
    work: Work,
    answer: (response: MeshResponse) => void,
    usage: ModelUsage | undefined = work.usage,
  ) {
    const [call, ...rest] = calls;
    if (!call) {
      if (work.status === 200) {
        this.context.observer.answered({ pod, usage });
      }
      // An error of its own comes last: what it called has been called, and billed, by then.
      answer(
        work.status === 200
          ? { ...inWords(request, 200), usage }
          : inWords(request, work.status),
      );
      return;
    }
    this.call(pod, behaviour, call, request, response => {
      if (failed(response) && call.onFailure === 'fail') {
        answer(inWords(request, statusFor(response)));
        return;
      }
      this.callNext(
        pod,
        behaviour,
        rest,
        request,
        work,
        answer,
        response.usage ?? usage,
      );
    });
  }

  /** One call, with the breaker and the fallback answers that the application may have around it. */
  private call(
    pod: Pod,
    behaviour: WorkloadBehaviour,
    call: CallBehaviour,
    request: MeshRequest,
    done: (response: MeshResponse) => void,
  ) {
    const { simulation, random, observer } = this.context;
    const name = behaviour.aiMetrics?.breaker;
    const model =
      call.headers[MODEL_HEADER] ??
      (behaviour.aiMetrics?.dialect === 'opentelemetry'
        ? request.headers[MODEL_HEADER]
        : undefined);
    const breaker =
      name === undefined || model === undefined
        ? undefined
        : this.context.stateOf(pod).breaker(name);
    const startedAt = simulation.now;
    const finish = (response: MeshResponse) => {
      const success = !failed(response);
      const fallback = !success && random.chance(call.fallbackRatio);
      if (model !== undefined) {
        observer.modelCalled({
          pod,
          model,
          usage: success ? response.usage : undefined,
          status: response.status,
          success,
          durationMs: simulation.now - startedAt,
          fallback,
        });
      }
      done(fallback ? { status: 200 } : response);
    };
    if (breaker && !breaker.permits(startedAt)) {
      finish({ status: 503 });
      return;
    }
    this.send(pod, call, passedOn(request), call.timeoutMs, response => {
      breaker?.record(
        failed(response),
        simulation.now - startedAt,
        simulation.now,
      );
      finish(response);
    });
  }
}

/** Applications pass on what traces and routes need, but no cookies: those are between a browser and whom it asked. */
function passedOn({ headers }: MeshRequest): MeshRequest['headers'] {
  if (headers.cookie === undefined) {
    return headers;
  }
  const { cookie, ...others } = headers;
  return others;
}

/** An answer in the words of the protocol that was asked in. */
function inWords({ protocol }: MeshRequest, status: number): MeshResponse {
  if (protocol !== 'grpc') {
    return { status };
  }
  return { status: 200, grpcStatus: GRPC_STATUS[status] ?? 13 };
}
/** What a caller answers when somebody it needs has failed. */
function statusFor({ status }: MeshResponse): number {
  return status === 429 || status === 504 || status === 503 ? status : 502;
}
