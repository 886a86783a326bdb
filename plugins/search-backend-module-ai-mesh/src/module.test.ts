import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  aiMeshReadPermission,
  type AiMeshSearchDocument,
} from '@ai-mesh/plugin-ai-mesh-common';
// The module is run against the plugin itself.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import aiMeshPlugin from '@ai-mesh/plugin-ai-mesh-backend';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import searchPlugin from '@backstage/plugin-search-backend';
import request from 'supertest';
import searchModuleAiMesh from '.';

jest.setTimeout(120_000);

const entity = (name: string, service: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    namespace: 'default',
    name,
    annotations: { 'ai-mesh.io/service': service },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'user:ada' },
});

const CHAT = 'component:default/chat';
const isHidden = (ref?: string) => ref === 'component:default/secret';

describe('search with AI Mesh', () => {
  let sandbox: RunningSandbox;
  let backend: TestBackend;
  const scheduler = mockServices.scheduler();

  const ask = (path: string) =>
    request(backend.server)
      .get(path)
      .set('Authorization', mockCredentials.user.header());

  const find = async (term: string): Promise<AiMeshSearchDocument[]> => {
    const { body } = await ask(
      `/api/search/query?term=${encodeURIComponent(term)}&types[0]=ai-mesh`,
    );
    return (body.results ?? []).map(
      ({ document }: { document: AiMeshSearchDocument }) => document,
    );
  };

  beforeAll(async () => {
    sandbox = await startSandbox();
    backend = await startTestBackend({
      features: [
        aiMeshPlugin,
        searchPlugin,
        searchModuleAiMesh,
        catalogServiceMock.factory({
          entities: [
            entity('chat', 'ai-services/ai-chat-service'),
            entity('secret', 'ai-services/ai-chat-service'),
          ],
        }),
        // Everything but the mesh of one entity may be seen: by the policy's word for each.
        mockServices.permissions.mock({
          authorizeConditional: async asked =>
            asked.map(({ permission }) =>
              permission.name === aiMeshReadPermission.name
                ? {
                    result: AuthorizeResult.CONDITIONAL,
                    pluginId: 'catalog',
                    resourceType: 'catalog-entity',
                    conditions: {
                      rule: 'ANY',
                      resourceType: 'catalog-entity',
                      params: {},
                    },
                  }
                : { result: AuthorizeResult.ALLOW },
            ),
          authorize: async (asked, { credentials }) =>
            asked.map(({ permission, resourceRef }) => ({
              result:
                permission.name === aiMeshReadPermission.name &&
                isHidden(resourceRef) &&
                'principal' in credentials &&
                (credentials.principal as { type: string }).type === 'user'
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            })),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            aiMesh: {
              facts: { period: '10s' },
              // What the configuration alone decides.
              scorecard: {
                levels: [{ id: 'guarded', title: 'Well guarded' }],
                readyMade: ['authorization'],
              },
              ownership: { claims: 'any' },
              clusters: [
                {
                  name: 'shop',
                  kubernetes: {
                    url: sandbox.kubernetes,
                    serviceAccountToken: sandbox.tokens.reader,
                  },
                },
              ],
            },
          },
        }),
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
      ],
    });
    const deadline = Date.now() + 90_000;
    for (;;) {
      await scheduler.triggerTask('refresh-facts').catch(() => undefined);
      await scheduler
        .triggerTask('search_index_ai_mesh')
        .catch(() => undefined);
      if ((await find('AIM103')).some(({ level }) => level !== undefined)) {
        break;
      }
      if (Date.now() > deadline) {
        throw new Error('Not so within 90 s');
      }
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  });

  afterAll(async () => {
    await backend?.stop();
    await sandbox?.stop();
  });

  it('finds an entity by the code of a finding, with what else it is found by', async () => {
    expect(await find('AIM103')).toMatchObject([
      {
        entityRef: CHAT,
        title: 'chat',
        location: '/catalog/default/component/chat/ai-mesh',
        findingCodes: expect.arrayContaining(['AIM103']),
      },
    ]);
  });

  it.each([
    ['its level', 'guarded', [CHAT]],
    ['the level’s title', 'Well', [CHAT]],
    ['no other level', 'gold', []],
  ])('finds an entity by %s', async (_, term, found) => {
    expect(
      (await find(term)).map(({ entityRef, level, levelTitle }) => [
        entityRef,
        level,
        levelTitle,
      ]),
    ).toEqual(found.map(ref => [ref, 'guarded', 'Well guarded']));
  });

  it('shows nobody a result of which the mesh may not be seen', async () => {
    for (const term of ['AIM103', 'secret', '']) {
      expect(
        (await find(term)).map(({ entityRef }) => entityRef),
      ).not.toContain('component:default/secret');
    }
    expect((await find('')).map(({ entityRef }) => entityRef)).toEqual([CHAT]);
  });
});
