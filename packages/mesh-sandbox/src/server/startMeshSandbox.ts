import { Faults } from '../faults';
import { GitHostAddresses, RunningGitHost, startGitHost } from '../git';
import { KialiStrategy } from '../kiali';
import { startControllers, Tokens } from '../kubernetes';
import { MeshMetrics } from '../metrics';
import { SceneStage } from '../scenes';
import { groupOf, ObjectStore } from '../store';
import { TraceStore } from '../tracing';
import {
  Conditions,
  observeAll,
  observeCluster,
  TrafficEngine,
} from '../traffic';
import {
  BEHAVIOUR_FILE,
  builtInWorld,
  InvalidWorld,
  readMesh,
  World,
} from '../world';
import { RunningCluster, serveCluster } from './serveCluster';

/** @public */
export interface MeshSandboxOptions {
  /** 0 or absent: a free one. Clusters after the first take free ones. */
  port?: number;
  /** A world, those of several clusters of one mesh, or the folder of either. By default the demo's shop. */
  world?: World | readonly World[] | string;
  /** Of the traffic's chance; the same seed and edits give the same traffic. Defaults to 1. */
  seed?: number;
  /** Simulated seconds in a second; defaults to 1. */
  speed?: number;
  tokens?: Partial<Tokens>;
  /** How one logs in to Kiali; `anonymous` by default. `token` takes the Kubernetes tokens. */
  kialiAuth?: KialiStrategy;
  /** The version of Kiali to be like; defaults to 2.31.0. */
  kialiVersion?: string;
  /** The cluster's name as Kiali has it, where that is to differ from the metrics'. */
  kialiCluster?: string;
  /** Tempo then answers requests for this tenant alone (`X-Scope-OrgID`). */
  tempoTenant?: string;
  /**
   * Keep the world's manifests in a Git repository too, with a host that pull requests are opened at, and deploy what is
   * merged. For a world of one cluster that is a folder; needs `git`.
   */
  git?: {
    /** 0 or absent: a free one. */
    port?: number;
    /** Folders of YAML that it holds too, and does not deploy. */
    moreFolders?: readonly string[];
  };
  /** Answer `/prometheus` from this Prometheus; of several, each cluster has its own, in the clusters' order. */
  prometheusUpstream?: string | readonly string[];
}

/** A sandbox that listens; where it has several clusters, the addresses are those of the first. @public */
export interface RunningMeshSandbox extends RunningCluster {
  clusters: readonly RunningCluster[];
  engine: TrafficEngine;
  stage: SceneStage;
  /** What scenes change, for who wants something else to happen. */
  conditions: Conditions;
  /** Where it was asked for. */
  git?: GitHostAddresses;
  /** Plays the next second at once. */
  tick(): void;
}

/**
 * Starts a mesh in this process, on 127.0.0.1.
 *
 * @throws InvalidWorld where the world cannot be read
 * @public
 */
export async function startMeshSandbox(
  options: MeshSandboxOptions = {},
): Promise<RunningMeshSandbox> {
  const { seed = 1, speed = 1 } = options;
  const worlds = await worldsOf(options.world);
  const clock = () => new Date();
  const conditions = new Conditions();
  const played = worlds.map(({ objects, behaviour }) => {
    const store = new ObjectStore({ clock });
    objects.forEach(object => store.create(object));
    startControllers(store);
    return { store, behaviour, faults: new Faults() };
  });
  const engine = new TrafficEngine({ clusters: played, conditions, seed });
  const traces = new TraceStore({ engine, clock });
  const stage = new SceneStage({
    conditions,
    behaviours: worlds.map(({ behaviour }) => behaviour),
    faults: new Map(
      played.map(({ behaviour, faults }) => [behaviour.cluster, faults]),
    ),
    store: played[0].store,
    nowMs: () => engine.nowMs,
  });
  const metrics = played.map(
    ({ behaviour }, index) =>
      new MeshMetrics({
        engine: engine.clusters[index],
        behaviour,
        conditions,
        clock,
      }),
  );
  engine.observe(
    observeAll([
      ...metrics.map((one, index) =>
        observeCluster(engine.clusters[index].name, one),
      ),
      traces,
    ]),
  );
  const clusters: (RunningCluster & { tick(): void })[] = [];
  for (const [index, { store, faults }] of played.entries()) {
    clusters.push(
      await serveCluster({
        store,
        faults,
        traces,
        stage,
        traffic: engine.clusters[index],
        metrics: metrics[index],
        port: index === 0 ? (options.port ?? 0) : 0,
        tokens: options.tokens,
        kialiAuth: options.kialiAuth ?? 'anonymous',
        kialiVersion: options.kialiVersion ?? '2.31.0',
        kialiCluster: options.kialiCluster,
        tempoTenant: options.tempoTenant,
        prometheusUpstream: upstreamOf(options, index),
      }),
    );
  }
  const git =
    options.git &&
    (await startGit(options.git, clusters, worlds, options.world));
  const tick = () => {
    engine.tick();
    clusters.forEach(one => one.tick());
  };
  const timer = setInterval(tick, 1000 / speed);
  return {
    ...clusters[0],
    clusters,
    engine,
    stage,
    conditions,
    ...(git && { git }),
    tick,
    async stop() {
      clearInterval(timer);
      engine.stop();
      await Promise.all([git, ...clusters].map(one => one?.stop()));
    },
  };
}

/** The objects then say where they are kept, as those of a cluster that is deployed from Git do. */
async function startGit(
  { port = 0, moreFolders }: NonNullable<MeshSandboxOptions['git']>,
  clusters: readonly RunningCluster[],
  worlds: readonly World[],
  world: MeshSandboxOptions['world'],
): Promise<RunningGitHost> {
  if (typeof world === 'object' || clusters.length > 1) {
    throw new InvalidWorld(
      'a Git repository can be made of a folder of one cluster alone',
    );
  }
  const [{ store, kubernetes, tokens }] = clusters;
  const git = await startGitHost({
    folder: world ?? builtInWorld('shop'),
    moreFolders,
    leaveOut: [BEHAVIOUR_FILE],
    kinds: store.kinds,
    kubernetes,
    kubernetesToken: tokens.writer,
    port,
  });
  for (const { apiVersion, kind, metadata } of worlds[0].objects) {
    const object = store.get(groupOf(apiVersion), kind, metadata);
    if (object) {
      const annotations = {
        ...object.metadata.annotations,
        'ai-mesh.io/source': git.source,
      };
      store.replace({
        ...object,
        metadata: { ...object.metadata, annotations },
      });
    }
  }
  return git;
}

/** The last upstream serves all clusters that are left. */
function upstreamOf(
  { prometheusUpstream = [] }: MeshSandboxOptions,
  index: number,
): string | undefined {
  const all =
    typeof prometheusUpstream === 'string'
      ? [prometheusUpstream]
      : prometheusUpstream;
  return all[index] ?? all.at(-1);
}

async function worldsOf(
  world: MeshSandboxOptions['world'],
): Promise<readonly World[]> {
  if (typeof world === 'object') {
    return 'objects' in world ? [world] : world;
  }
  return readMesh(world ?? builtInWorld('shop'));
}
