import {
  ClusterContents,
  MeshModel,
  Pod,
  readCluster,
  Workload,
} from '../mesh';
import { ObjectStore, StoreChange } from '../store';
import { Behaviour, LoadBehaviour } from '../world';
import { Application } from './Application';
import { Behaviours } from './Behaviours';
import { Browsers } from './Browsers';
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
  answered: ignore,
};

const NO_HEADERS = {};

/** A cluster to play: its objects, and what they do not say. */
export interface PlayedCluster {
  store: ObjectStore;
  behaviour: Behaviour;
}

export interface TrafficEngineOptions {
  /** Those of one mesh, by different names. */
  clusters: readonly PlayedCluster[];
  conditions: Conditions;
  seed: number;
}

/** What plays in one of the mesh's clusters. */
export interface ClusterTraffic {
  /** As metrics name it. */
  readonly name: string;
  /** Milliseconds of simulated time so far. */
  readonly nowMs: number;
  /** The mesh as of the latest tick, as this cluster's istiod sees it. */
  readonly model: MeshModel;
  readonly behaviours: Behaviours;
  /** The cluster's pods with what their proxies and applications remember. */
  pods(): Iterable<{ pod: Pod; state: PodState }>;
}

/** Plays the mesh's traffic, second by second, on the objects as the clusters' stores have them. */
export class TrafficEngine {
  readonly clusters: readonly ClusterTraffic[];
  private readonly context: TrafficContext & { observer: TrafficObserver };
  private readonly outbound: OutboundProxy;
  private models: ReadonlyMap<string, MeshModel>;
  private readonly behaviours: ReadonlyMap<string, Behaviours>;
  private readonly states = new Map<string, PodState>();
  private readonly off: (() => void)[];
  private readonly browsers: Browsers;
  private stale = false;

  constructor(private readonly options: TrafficEngineOptions) {
    const { clusters, conditions, seed } = options;
    this.behaviours = new Map(
      clusters.map(({ behaviour }) => [
        behaviour.cluster,
        new Behaviours(behaviour),
      ]),
    );
    this.models = readModels(clusters);
    this.browsers = new Browsers(new Random(seed + 2));
    this.context = {
      simulation: new Simulation(),
      random: new Random(seed),
      tracingRandom: new Random(seed + 1),
      observer: NOBODY,
      conditions,
      meshOf: workload => this.meshOf(workload),
      behavioursOf: ({ cluster }) => this.behaviours.get(cluster)!,
      eastWestGateway: cluster =>
        conditions.closedGateways.has(cluster)
          ? undefined
          : readyGateway(this.models.get(cluster)!),
      stateOf: pod => this.stateOf(pod),
    };
    this.clusters = clusters.map(({ behaviour }) =>
      this.clusterTraffic(behaviour.cluster),
    );
    const application = new Application(
      this.context,
      (from, ask, inherited, timeoutMs, done) =>
        this.outbound.send(from, ask, inherited, timeoutMs, done),
    );
    this.outbound = new OutboundProxy(
      this.context,
      new InboundProxy(this.context, application),
    );
    this.off = clusters.map(({ store }) =>
      store.on('change', change => this.heard(change)),
    );
  }

  /** Tells of all that happens from now on; there is one to tell at a time. */
  observe(observer: TrafficObserver): void {
    this.context.observer = observer;
  }

  /** Milliseconds of simulated time so far. */
  get nowMs(): number {
    return this.context.simulation.now;
  }

  /** The mesh as of the latest tick, as a workload's cluster sees it. */
  meshOf({ cluster }: Workload): MeshModel {
    return this.models.get(cluster)!;
  }

  /** Plays one second. */
  tick(): void {
    if (this.stale) {
      this.stale = false;
      this.models = readModels(this.options.clusters);
      this.outbound.forget();
      this.forgetGonePods();
    }
    const { simulation } = this.context;
    const end = simulation.now + TICK_MS;
    for (const { behaviour } of this.options.clusters) {
      behaviour.loads.forEach(load =>
        this.scheduleLoad(load, behaviour.cluster),
      );
    }
    simulation.runUntil(end);
  }

  stop(): void {
    this.off.forEach(off => off());
  }

  private clusterTraffic(name: string): ClusterTraffic {
    const now = () => this.nowMs;
    const model = () => this.models.get(name)!;
    const stateOf = (pod: Pod) => this.stateOf(pod);
    return {
      name,
      behaviours: this.behaviours.get(name)!,
      get nowMs() {
        return now();
      },
      get model() {
        return model();
      },
      *pods() {
        for (const { pods } of model().workloads.values()) {
          for (const pod of pods) {
            yield { pod, state: stateOf(pod) };
          }
        }
      },
    };
  }

  private scheduleLoad(load: LoadBehaviour, cluster: string) {
    const { conditions, random, simulation } = this.context;
    const { workloads } = this.models.get(cluster)!;
    const senders = (workloads.get(load.from)?.pods ?? []).filter(
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
      const jar = this.browsers.oneOf(load);
      simulation.schedule(TICK_MS * random.next(), () =>
        this.outbound.send(
          sender,
          ask,
          jar?.headers(simulation.now) ?? NO_HEADERS,
          undefined,
          ({ headers }) => jar?.take(headers, simulation.now),
        ),
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
    for (const cluster of this.clusters) {
      for (const { pod } of cluster.pods()) {
        live.add(pod.key);
      }
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

/** Every cluster's istiod looks into all of them. */
function readModels(
  clusters: readonly PlayedCluster[],
): ReadonlyMap<string, MeshModel> {
  const contents: ClusterContents[] = clusters.map(({ store, behaviour }) =>
    readCluster(store, behaviour.cluster),
  );
  return new Map(
    contents.map(own => [
      own.cluster,
      new MeshModel(
        own,
        contents.filter(other => other !== own),
      ),
    ]),
  );
}

function readyGateway({ workloads }: MeshModel): Pod | undefined {
  for (const { labels, pods } of workloads.values()) {
    if (labels.istio === 'eastwestgateway') {
      return pods.find(({ ready }) => ready);
    }
  }
  return undefined;
}
