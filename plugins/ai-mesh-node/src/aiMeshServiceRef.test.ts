import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { once } from 'events';
import { createServer } from 'http';
import type { AddressInfo } from 'net';
import { aiMeshServiceRef, type AiMeshService } from './aiMeshServiceRef';

it('asks AI Mesh with a token of whoever it asks for', async () => {
  const asked: { url?: string; authorization?: string }[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    asked.push({ url: request.url, authorization });
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  let aiMesh: AiMeshService | undefined;
  const scorecards = createBackendPlugin({
    pluginId: 'scorecards',
    register(env) {
      env.registerInit({
        deps: { service: aiMeshServiceRef },
        async init({ service }) {
          aiMesh = service;
        },
      });
    },
  });
  await startTestBackend({
    features: [
      scorecards,
      mockServices.discovery.mock({
        getBaseUrl: async pluginId =>
          `http://127.0.0.1:${port}/api/${pluginId}`,
      }).factory,
    ],
  });

  const ada = mockCredentials.user('user:default/ada');
  await expect(
    aiMesh!
      .onBehalfOf(ada)
      .overview('component:default/chat', { window: '1h' }),
  ).rejects.toThrow('404');
  server.close();

  expect(asked).toEqual([
    {
      url: '/api/ai-mesh/v1/entities/component/default/chat/overview?window=1h',
      authorization: mockCredentials.service.header({
        onBehalfOf: ada,
        targetPluginId: 'ai-mesh',
      }),
    },
  ]);
});
