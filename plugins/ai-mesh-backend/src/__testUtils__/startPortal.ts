import type { RunningSandbox } from '@ai-mesh/mesh-sandbox/testing';
import {
  overviewSchema,
  routesSchema,
  topologySchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import { aiMeshPlugin } from '../plugin';

/** A backend with the whole plugin, for tests. */
export interface Portal {
  /** Reads `/api/ai-mesh/v1/entities/component/default/<path>` as a user. */
  read(path: string): Promise<request.Response>;
  port: number;
  stop(): Promise<void>;
}

/** A component of the catalog with annotations. */
export function component(
  name: string,
  annotations: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name, annotations },
    spec: { type: 'service', lifecycle: 'production', owner: 'user:ada' },
  };
}

/**
 * @param clusters - `aiMesh.clusters` of the configuration; undefined: AI Mesh is not configured
 * @param more - further keys of `aiMesh`
 */
export async function startPortal(
  clusters: JsonObject[] | undefined,
  entities: Entity[],
  more: JsonObject = {},
): Promise<Portal> {
  const backend = await startTestBackend({
    features: [
      aiMeshPlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: clusters ? { aiMesh: { clusters, ...more } } : {},
      }),
    ],
  });
  return {
    stop: () => backend.stop(),
    port: backend.server.port(),
    read: async path =>
      request(backend.server)
        .get(`/api/ai-mesh/v1/entities/component/default/${path}`)
        .set('Authorization', mockCredentials.user.header()),
  };
}

/** Asks until the answer is as wanted. */
export async function until<T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  withinMs: number,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Not so within ${withinMs} ms: ${JSON.stringify(answer).slice(0, 2000)}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

/** The three views of the component `chat`, each as its schema says. */
export async function readAll(portal: Portal) {
  const [overview, topology, routes] = await Promise.all(
    ['overview', 'topology', 'routes'].map(view => portal.read(`chat/${view}`)),
  );
  expect([overview.status, topology.status, routes.status]).toEqual([
    200, 200, 200,
  ]);
  return {
    overview: overviewSchema.parse(overview.body),
    topology: topologySchema.parse(topology.body),
    routes: routesSchema.parse(routes.body),
  };
}

/** A cluster of the configuration on a sandbox, which may only be read. */
export function clusterOn(
  sandbox: RunningSandbox,
  more: JsonObject = {},
): JsonObject {
  return {
    name: 'shop',
    kubernetes: {
      url: sandbox.kubernetes,
      serviceAccountToken: sandbox.tokens.reader,
    },
    ...more,
  };
}
