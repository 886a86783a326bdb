import { parseAllDocuments } from 'yaml';
import { startControllers } from '../kubernetes';
import { KubeObject, ObjectStore } from '../store';
import {
  ClusterTraffic,
  Conditions,
  ConnectionReport,
  ModelCall,
  ModelServed,
  RequestReport,
  TrafficEngine,
} from '../traffic';
import { BehaviourFile, parseBehaviour } from '../world';

/** A mesh in play, with everything that it reported. */
export interface PlayedMesh {
  store: ObjectStore;
  engine: TrafficEngine;
  /** The one cluster that plays. */
  cluster: ClusterTraffic;
  conditions: Conditions;
  requests: RequestReport[];
  opened: ConnectionReport[];
  closed: ConnectionReport[];
  modelCalls: ModelCall[];
  modelsServed: ModelServed[];
  /** Stores the objects of a YAML text, over those of their names. */
  apply(yaml: string): void;
  play(seconds: number): void;
  /** Forgets the reports so far. */
  forget(): void;
  /** Requests that one side reported between two workloads, by name; `undefined` stands for any. */
  between(
    reporter: RequestReport['reporter'],
    source: string | undefined,
    destination?: string,
  ): RequestReport[];
}

/** A Service with a Deployment for each version; `proxy: false` keeps Istio's sidecar away. */
export function app(
  name: string,
  {
    versions = ['v1'],
    replicas = 1,
    port = 'http',
    proxy = true,
  }: {
    versions?: string[];
    replicas?: number;
    port?: string;
    proxy?: boolean;
  } = {},
): string {
  const deployments = versions.map(
    version => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-${version}, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name}, version: ${version} } }
  template:
    metadata:
      labels: { app: ${name}, version: ${version}, sidecar.istio.io/inject: '${proxy}' }
    spec:
      serviceAccountName: ${name}
      containers: [{ name: app, image: app }]`,
  );
  return [
    `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { app: ${name} }
  ports: [{ name: ${port}, port: 8080 }]`,
    ...deployments,
  ].join('\n---');
}

/** Plays a mesh in the namespace `shop`, second by second, as fast as it goes. */
export function playMesh(
  yaml: string[],
  behaviour: BehaviourFile,
  seed = 1,
): PlayedMesh {
  const store = new ObjectStore();
  const apply = (text: string) =>
    parse(text).forEach(object => store.upsert(object));
  apply(
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: enabled } }',
  );
  yaml.forEach(apply);
  startControllers(store);
  const conditions = new Conditions();
  const engine = new TrafficEngine({
    clusters: [{ store, behaviour: parseBehaviour(behaviour, 'test') }],
    conditions,
    seed,
  });
  const mesh: PlayedMesh = {
    store,
    engine,
    cluster: engine.clusters[0],
    conditions,
    requests: [],
    opened: [],
    closed: [],
    modelCalls: [],
    modelsServed: [],
    apply,
    play(seconds) {
      for (let i = 0; i < seconds; i += 1) {
        engine.tick();
      }
    },
    forget() {
      mesh.requests.length = 0;
      mesh.opened.length = 0;
      mesh.closed.length = 0;
      mesh.modelCalls.length = 0;
      mesh.modelsServed.length = 0;
    },
    between: (reporter, source, destination) =>
      mesh.requests.filter(
        one =>
          one.reporter === reporter &&
          (source === undefined || one.source?.name === source) &&
          (destination === undefined || one.destination?.name === destination),
      ),
  };
  engine.observe({
    request: report => mesh.requests.push(report),
    connectionOpened: report => mesh.opened.push(report),
    connectionClosed: report => mesh.closed.push(report),
    modelCalled: call => mesh.modelCalls.push(call),
    modelServed: served => mesh.modelsServed.push(served),
    answered: () => undefined,
  });
  return mesh;
}

function parse(yaml: string): KubeObject[] {
  const documents = parseAllDocuments(yaml);
  return Array.isArray(documents)
    ? documents.map(document => document.toJS() as KubeObject)
    : [];
}
