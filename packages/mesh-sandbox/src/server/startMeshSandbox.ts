import express from 'express';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { HorizontalAutoscaler } from '../autoscaling';
import { createControl } from '../control';
import { Faults } from '../faults';
import { createKiali, KialiStrategy } from '../kiali';
import {
  Access,
  createKubernetesApi,
  Tokens,
  startControllers,
} from '../kubernetes';
import { MeshMetrics } from '../metrics';
import { SceneStage } from '../scenes';
import { ObjectStore } from '../store';
import { createJaeger, TraceStore } from '../tracing';
import { Conditions, observeAll, TrafficEngine } from '../traffic';
import { builtInWorld, readWorld, World } from '../world';
import { loopbackOnly } from './loopbackOnly';
import { prometheusProxy } from './prometheusProxy';
import { serveMetrics } from './serveMetrics';
import { surfaceFaults } from './surfaceFaults';

/** @public */
export interface MeshSandboxOptions {
  /** 0 or absent: a free one. */
  port?: number;
  /** A world, or the folder of one. By default the demo's shop. */
  world?: World | string;
  /** Of the traffic's chance; the same seed and edits give the same traffic. Defaults to 1. */
  seed?: number;
  /** Simulated seconds in a second; defaults to 1. */
  speed?: number;
  tokens?: Partial<Tokens>;
  /** How one logs in to Kiali; `anonymous` by default. `token` takes the Kubernetes tokens. */
  kialiAuth?: KialiStrategy;
  /** The version of Kiali to be like; defaults to 2.31.0. */
  kialiVersion?: string;
  /** Answer `/prometheus` from this Prometheus. */
  prometheusUpstream?: string;
}

/** A sandbox that listens. @public */
export interface RunningMeshSandbox {
  /** `http://127.0.0.1:<port>`; the Kubernetes API is at its root. */
  url: string;
  kubernetes: string;
  metrics: string;
  kiali: string;
  /** Before `/api`: Jaeger's query service. */
  jaeger: string;
  control: string;
  /** Present with an upstream. */
  prometheus?: string;
  tokens: Tokens;
  store: ObjectStore;
  engine: TrafficEngine;
  faults: Faults;
  stage: SceneStage;
  /** Plays the next second at once. */
  tick(): void;
  stop(): Promise<void>;
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
  const { seed = 1, speed = 1, prometheusUpstream } = options;
  const world = await worldOf(options.world);
  const clock = () => new Date();
  const store = new ObjectStore({ clock });
  world.objects.forEach(object => store.create(object));
  startControllers(store);
  const conditions = new Conditions();
  const faults = new Faults();
  const engine = new TrafficEngine({
    store,
    behaviour: world.behaviour,
    conditions,
    seed,
  });
  const metrics = new MeshMetrics({
    engine,
    behaviour: world.behaviour,
    conditions,
    clock,
  });
  const traces = new TraceStore({ engine, clock });
  engine.observe(observeAll([metrics, traces]));
  const autoscaler = new HorizontalAutoscaler(store, engine);
  const stage = new SceneStage(conditions, faults, () => engine.nowMs);
  const api = createKubernetesApi({
    store,
    faults,
    access: new Access({ tokens: options.tokens }),
  });
  const kiali = createKiali({
    store,
    engine,
    metrics: metrics.istio,
    faults,
    access: api.access,
    cluster: world.behaviour.cluster,
    strategy: options.kialiAuth ?? 'anonymous',
    version: options.kialiVersion ?? '2.31.0',
  });

  const app = express();
  app.disable('x-powered-by');
  app.use(loopbackOnly());
  app.get(
    '/metrics',
    serveMetrics(() => metrics.expose()),
  );
  app.use(
    '/sandbox',
    createControl({
      stage,
      faults,
      describe: () => ({
        simulatedSeconds: Math.round(engine.nowMs / 1000),
        prometheusUpstream,
      }),
    }),
  );
  app.use('/kiali', kiali.router);
  app.use(
    '/jaeger',
    createJaeger({ traces, faults, cluster: world.behaviour.cluster }),
  );
  if (prometheusUpstream) {
    app.use(
      '/prometheus',
      surfaceFaults('prometheus', faults),
      prometheusProxy(prometheusUpstream),
    );
  }
  app.use(api.app);

  const server = createServer(app);
  await listen(server, options.port ?? 0);
  const tick = () => {
    engine.tick();
    autoscaler.tick();
    kiali.tick();
  };
  const timer = setInterval(tick, 1000 / speed);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    kubernetes: url,
    metrics: `${url}/metrics`,
    kiali: `${url}/kiali`,
    jaeger: `${url}/jaeger`,
    control: `${url}/sandbox`,
    ...(prometheusUpstream && { prometheus: `${url}/prometheus` }),
    tokens: api.access.tokens,
    store,
    engine,
    faults,
    stage,
    tick,
    async stop() {
      clearInterval(timer);
      engine.stop();
      api.close();
      const closed = new Promise(resolve => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

async function worldOf(world: World | string | undefined): Promise<World> {
  if (typeof world === 'object') {
    return world;
  }
  return readWorld(world ?? builtInWorld('shop'));
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
