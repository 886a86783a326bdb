import { MeshModel, Pod } from '../mesh';
import { ObjectStore, StoreChange } from '../store';
import { Behaviour, LoadBehaviour } from '../world';
import { Application } from './Application';
import { Behaviours } from './Behaviours';
import { Conditions } from './Conditions';
import { InboundProxy } from './InboundProxy';
import { OutboundProxy } from './OutboundProxy';
import { PodState } from './PodState';
import { Random } from './Random';
import { Simulation } from './Simulation';
import { TrafficContext } from './TrafficContext';
import { TrafficObserver } from './TrafficObserver';

const TICK_MS = 1000;

const ignore = () => undefined;
/** Hears of everything and keeps nothing. */
const NOBODY: TrafficObserver = {
  request: ignore,
  connectionOpened: ignore,
  connectionClosed: ignore,
  modelCalled: ignore,
  modelServed: ignore,
};

const NO_HEADERS = {};

export interface TrafficEngineOptions {
  store: ObjectStore;
  behaviour: Behaviour;
  conditions: Conditions;
  seed: number;
}

/** Plays the mesh's traffic, second by second, on the objects as the store has them. */
export class TrafficEngine {
  private readonly context: TrafficContext & {
    model: MeshModel;
    observer: TrafficObserver;
  };
  private readonly outbound: OutboundProxy;
  private readonly loads: LoadBehaviour[];
  private readonly states = new Map<string, PodState>();
  private readonly off: () => void;
  private stale = false;

  constructor(private readonly options: TrafficEngineOptions) {
    const { store, behaviour, conditions, seed } = options;
    this.loads = behaviour.loads;
    this.context = {
      simulation: new Simulation(),
      random: new Random(seed),
      tracingRandom: new Random(seed + 1),
      observer: NOBODY,
      conditions,
      behaviours: new Behaviours(behaviour),
      model: new MeshModel(store),
      stateOf: pod => this.stateOf(pod),
    };
    const application = new Application(
      this.context,
      (from, ask, inherited, timeoutMs, done) =>
        this.outbound.send(from, ask, inherited, timeoutMs, done),
    );
    this.outbound = new OutboundProxy(
      this.context,
      new InboundProxy(this.context, application),
    );
    this.off = store.on('change', change => this.heard(change));
  }

  /** Tells of all that happens from now on; there is one to tell at a time. */
  observe(observer: TrafficObserver): void {
    this.context.observer = observer;
  }

  /** Milliseconds of simulated time so far. */
  get nowMs(): number {
    return this.context.simulation.now;
  }

  /** The mesh as of the latest tick. */
  get model(): MeshModel {
    return this.context.model;
  }

  get behaviours(): Behaviours {
    return this.context.behaviours;
  }

  /** Pods with what their proxies and applications remember. */
  *pods(): Iterable<{ pod: Pod; state: PodState }> {
    for (const workload of this.model.workloads.values()) {
      for (const pod of workload.pods) {
        yield { pod, state: this.stateOf(pod) };
      }
    }
  }

  /** Plays one second. */
  tick(): void {
    if (this.stale) {
      this.stale = false;
      this.context.model = new MeshModel(this.options.store);
      this.forgetGonePods();
    }
    const { simulation } = this.context;
    const end = simulation.now + TICK_MS;
    this.loads.forEach(load => this.scheduleLoad(load));
    simulation.runUntil(end);
  }

  stop(): void {
    this.off();
  }

  private scheduleLoad(load: LoadBehaviour) {
    const { model, conditions, random, simulation } = this.context;
    const senders = (model.workloads.get(load.from)?.pods ?? []).filter(
      pod => pod.ready,
    );
    if (senders.length === 0) {
      return;
    }
    const factor =
      conditions.loadFactor *
      (conditions.loadFactors.get(load.name ?? load.from) ?? 1);
    const count = random.poisson(load.requestsPerSecond * factor);
    for (let i = 0; i < count; i += 1) {
      const ask = random.weighted(load.requests);
      const sender = random.pick(senders);
      simulation.schedule(TICK_MS * random.next(), () =>
        this.outbound.send(sender, ask, NO_HEADERS, undefined, () => undefined),
      );
    }
  }

  private stateOf(pod: Pod): PodState {
    let state = this.states.get(pod.key);
    if (!state) {
      state = new PodState();
      this.states.set(pod.key, state);
    }
    return state;
  }

  private forgetGonePods() {
    const live = new Set<string>();
    for (const { pod } of this.pods()) {
      live.add(pod.key);
    }
    for (const key of this.states.keys()) {
      if (!live.has(key)) {
        this.states.delete(key);
      }
    }
  }

  private heard({ group, kind }: StoreChange) {
    this.stale ||= group !== '' || kind !== 'Event';
  }
}
