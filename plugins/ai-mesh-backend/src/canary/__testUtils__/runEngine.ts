import { known } from '@ai-mesh/plugin-ai-mesh-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { KubeConfigApi } from '../../kubernetes/KubeConfigApi';
import { KubernetesObjectEditor } from '../../kubernetes/KubernetesObjectEditor';
import { WatchCache } from '../../kubernetes/WatchCache';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import type { CanaryCluster } from '../engine/CanaryCluster';
import { CanaryEngine, type EngineTimings } from '../engine/CanaryEngine';
import type { CanaryAnnouncer, EngineTools } from '../engine/EngineTools';
import { preflightOf } from '../preflight';
import type { CanaryStore, Lease } from '../store';

/** An engine with a real cluster's adapters, as a replica of the backend has it. */
export interface RunningEngine {
  engine: CanaryEngine;
  cluster: CanaryCluster;
  stop(): Promise<void>;
}

export async function runEngine(options: {
  store: CanaryStore;
  lease: Lease;
  kubernetes: { url: string; token: string };
  prometheus: PrometheusClient;
  scrapeIntervalSeconds: number;
  now: () => Date;
  logger: LoggerService;
  announcer?: CanaryAnnouncer;
  gates?: EngineTools['gates'];
  webhooks?: EngineTools['webhooks'];
  timings?: Partial<EngineTimings>;
  sleep?: (ms: number) => Promise<void>;
}): Promise<RunningEngine> {
  const { store, logger, kubernetes } = options;
  const api = new KubeConfigApi({
    from: 'url',
    url: kubernetes.url,
    serviceAccountToken: kubernetes.token,
    tls: { skipVerify: false },
  });
  const snapshots = new WatchCache({
    cluster: {
      name: 'demo',
      rootNamespace: 'istio-system',
      clusterDomain: 'cluster.local',
    },
    api,
    logger,
    timings: { retry: { baseMs: 50, mostMs: 500 } },
  });
  await snapshots.snapshot();
  const cluster: CanaryCluster = {
    name: 'demo',
    snapshots,
    prometheus: options.prometheus,
    scrapeIntervalSeconds: options.scrapeIntervalSeconds,
    editor: new KubernetesObjectEditor({
      cluster: 'demo',
      api,
      allowWrites: true,
    }),
  };
  const clusters = {
    get: (name: string) => (name === 'demo' ? cluster : undefined),
    list: () => [cluster],
  };
  const engine = new CanaryEngine(
    {
      store,
      clusters,
      lease: options.lease,
      runPreflight: preflightOf({ clusters, store }),
      gates: options.gates,
      webhooks: options.webhooks,
      announcer: options.announcer ?? {
        happened: async () => undefined,
        changed: () => undefined,
      },
      ownersOf: async () => known(['component:default/ai-chat-service']),
      requestExpiryMs: 365 * 86_400_000,
      now: options.now,
      random: Math.random,
      sleep:
        options.sleep ??
        (ms => new Promise(resolve => setTimeout(resolve, ms))),
      logger,
    },
    options.timings,
  );
  engine.start();
  return {
    engine,
    cluster,
    async stop() {
      await engine.stop();
      await snapshots.stop();
    },
  };
}
