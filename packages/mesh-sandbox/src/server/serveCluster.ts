import express from 'express';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { HorizontalAutoscaler } from '../autoscaling';
import { createControl } from '../control';
import { Faults } from '../faults';
import { createKiali, KialiStrategy } from '../kiali';
import { Access, createKubernetesApi, Tokens } from '../kubernetes';
import { MeshMetrics } from '../metrics';
import { SceneStage } from '../scenes';
import { ObjectStore } from '../store';
import { createJaeger, createTempo, TraceStore } from '../tracing';
import { ClusterTraffic } from '../traffic';
import { frontDoor } from './frontDoor';
import { plainErrors } from './plainErrors';
import { prometheusProxy } from './prometheusProxy';
import { serveMetrics } from './serveMetrics';
import { surfaceFaults } from './surfaceFaults';

export interface ClusterOptions {
  store: ObjectStore;
  traffic: ClusterTraffic;
  metrics: MeshMetrics;
  /** Of the whole mesh. */
  traces: TraceStore;
  /** Of the whole mesh. */
  stage: SceneStage;
  faults: Faults;
  /** 0: a free one. */
  port: number;
  tokens?: Partial<Tokens>;
  kialiAuth: KialiStrategy;
  kialiVersion: string;
  kialiCluster?: string;
  tempoTenant?: string;
  prometheusUpstream?: string;
}

/** Where one cluster of a sandbox answers. @public */
export interface ClusterAddresses {
  /** As metrics name it. */
  name: string;
  /** `http://127.0.0.1:<port>`; the Kubernetes API is at its root. */
  url: string;
  kubernetes: string;
  /** What its Prometheus would scrape. */
  metrics: string;
  kiali: string;
  /** Before `/api`: Jaeger's query service. */
  jaeger: string;
  /** Before `/api`: Tempo's query frontend. */
  tempo: string;
  control: string;
  /** Present with an upstream. */
  prometheus?: string;
}

/** A cluster that listens. @public */
export interface RunningCluster extends ClusterAddresses {
  tokens: Tokens;
  store: ObjectStore;
  faults: Faults;
  stop(): Promise<void>;
}

/** Serves one cluster's API server, metrics and consoles on a port of its own. */
export async function serveCluster(
  options: ClusterOptions,
): Promise<RunningCluster & { tick(): void }> {
  const { store, traffic, metrics, faults, prometheusUpstream } = options;
  const autoscaler = new HorizontalAutoscaler(store, traffic);
  const api = createKubernetesApi({
    store,
    faults,
    access: new Access({ tokens: options.tokens }),
  });
  const kiali = createKiali({
    store,
    engine: traffic,
    metrics: metrics.istio,
    faults,
    access: api.access,
    cluster: traffic.name,
    ownName: options.kialiCluster,
    strategy: options.kialiAuth,
    version: options.kialiVersion,
  });
  const app = express();
  app.disable('x-powered-by');
  app.use(frontDoor());
  app.get(
    '/metrics',
    serveMetrics(() => metrics.expose()),
  );
  app.use(
    '/sandbox',
    createControl({
      stage: options.stage,
      faults,
      describe: () => ({
        cluster: traffic.name,
        simulatedSeconds: Math.round(traffic.nowMs / 1000),
        prometheusUpstream,
      }),
    }),
  );
  app.use('/kiali', kiali.router);
  const { traces, tempoTenant } = options;
  app.use('/jaeger', createJaeger({ traces, faults }));
  app.use('/tempo', createTempo({ traces, faults, tenant: tempoTenant }));
  if (prometheusUpstream) {
    app.use(
      '/prometheus',
      surfaceFaults('prometheus', faults),
      prometheusProxy(prometheusUpstream),
    );
  }
  app.use(api.app);
  app.use(plainErrors());
  const server = createServer(app);
  await listen(server, options.port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    name: traffic.name,
    url,
    kubernetes: url,
    metrics: `${url}/metrics`,
    kiali: `${url}/kiali`,
    jaeger: `${url}/jaeger`,
    tempo: `${url}/tempo`,
    control: `${url}/sandbox`,
    ...(prometheusUpstream && { prometheus: `${url}/prometheus` }),
    tokens: api.access.tokens,
    store,
    faults,
    tick() {
      autoscaler.tick();
      kiali.tick();
    },
    async stop() {
      api.close();
      const closed = new Promise(resolve => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
    },
  };
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
