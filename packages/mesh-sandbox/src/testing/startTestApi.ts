import { createServer } from 'http';
import { AddressInfo } from 'net';
import { Faults } from '../faults/Faults';
import { Access, AccessOptions } from '../kubernetes/access/Access';
import { startControllers } from '../kubernetes/controllers/startControllers';
import {
  createKubernetesApi,
  KubernetesApi,
} from '../kubernetes/createKubernetesApi';
import { SchemaValidator } from '../kubernetes/validation/SchemaValidator';
import { KubeObject } from '../store/KubeObject';
import { ObjectStore } from '../store/ObjectStore';
import { nativeSchemas } from './nativeSchemas';

/** A Kubernetes API that listens, inside of the test's own process. */
export interface TestApi {
  url: string;
  store: ObjectStore;
  faults: Faults;
  access: Access;
  api: KubernetesApi;
  /** Rejects where the API took something for its own fault meanwhile. */
  stop(): Promise<void>;
}

/** Starts an API over a store with the namespace `ai-services` and the given objects. */
export async function startTestApi(
  objects: readonly KubeObject[] = [],
  options: AccessOptions & {
    bookmarkIntervalMs?: number;
    historyLimit?: number;
    clock?: () => Date;
  } = {},
): Promise<TestApi> {
  const { historyLimit, bookmarkIntervalMs, clock } = options;
  const store = new ObjectStore({ historyLimit, clock });
  startControllers(store);
  store.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'ai-services', labels: { 'istio-injection': 'enabled' } },
  });
  objects.forEach(object => store.create(object));
  const faults = new Faults();
  const access = new Access(options);
  const internalErrors: unknown[] = [];
  const api = createKubernetesApi({
    store,
    faults,
    access,
    bookmarkIntervalMs,
    validator: new SchemaValidator(nativeSchemas),
    onInternalError: error => internalErrors.push(error),
  });
  const server = createServer(api.app);
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    store,
    faults,
    access,
    api,
    async stop() {
      api.close();
      const closed = new Promise(done => {
        server.close(done);
      });
      server.closeAllConnections();
      await closed;
      if (internalErrors.length > 0) {
        throw internalErrors[0];
      }
    },
  };
}
