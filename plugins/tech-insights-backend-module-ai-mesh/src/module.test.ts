import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
// The module is run against the plugin itself.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import aiMeshPlugin from '@ai-mesh/plugin-ai-mesh-backend';
import techInsights from '@backstage-community/plugin-tech-insights-backend';
import { JsonRulesEngineFactCheckerFactory } from '@backstage-community/plugin-tech-insights-backend-module-jsonfc';
import { techInsightsFactCheckerFactoryExtensionPoint } from '@backstage-community/plugin-tech-insights-node';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import request from 'supertest';
import techInsightsModuleAiMesh, {
  AI_MESH_FACTS,
  aiMeshChecks,
  retrieverOfCheck,
} from '.';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18', 'POSTGRES_17', 'POSTGRES_16', 'POSTGRES_15'],
  disableDocker: true,
});

const retrievers = [
  AI_MESH_FACTS,
  ...aiMeshChecks.flatMap(({ factIds }) => factIds),
];

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

/** Until the database has its tables and the cluster has been read. */
async function eventually(work: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    let failure: unknown = new Error('Not so within 90 s');
    try {
      if (await work()) {
        return;
      }
    } catch (error) {
      failure = error;
    }
    if (Date.now() > deadline) {
      throw failure;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

describe.each(databases.eachSupportedId())(
  'Tech Insights with AI Mesh on %s',
  id => {
    let sandbox: RunningSandbox;
    let backend: TestBackend;
    const scheduler = mockServices.scheduler();
    const knexes = new Map<string, Knex>();

    const ask = (method: 'get' | 'post', path: string) =>
      request(backend.server)
        [method](`/api/tech-insights${path}`)
        .set('Authorization', mockCredentials.user.header());

    const latest = () =>
      ask(
        'get',
        `/facts/latest?entity=component:default/chat&ids[]=${AI_MESH_FACTS}`,
      );

    beforeAll(async () => {
      sandbox = await startSandbox();
      backend = await startTestBackend({
        features: [
          aiMeshPlugin,
          techInsights,
          techInsightsModuleAiMesh,
          createBackendModule({
            pluginId: 'tech-insights',
            moduleId: 'checks',
            register(env) {
              env.registerInit({
                deps: {
                  checkers: techInsightsFactCheckerFactoryExtensionPoint,
                  logger: coreServices.logger,
                },
                async init({ checkers, logger }) {
                  checkers.setFactCheckerFactory(
                    new JsonRulesEngineFactCheckerFactory({
                      logger,
                      checks: [...aiMeshChecks],
                    }),
                  );
                },
              });
            },
          }),
          catalogServiceMock.factory({
            entities: [
              entity('chat', 'ai-services/ai-chat-service'),
              entity('nowhere', 'ai-services/nowhere'),
            ],
          }),
          mockServices.rootConfig.factory({
            data: {
              aiMesh: {
                facts: { period: '10s' },
                // Without a Prometheus: what configuration tells is known, and nothing else.
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
              techInsights: {
                factRetrievers: Object.fromEntries(
                  retrievers.map(one => [
                    one,
                    {
                      cadence: '*/5 * * * *',
                      lifecycle: { timeToLive: { hours: 1 } },
                    },
                  ]),
                ),
              },
            },
          }),
          createServiceFactory({
            service: coreServices.scheduler,
            deps: {},
            factory: () => scheduler,
          }),
          createServiceFactory({
            service: coreServices.database,
            deps: { plugin: coreServices.pluginMetadata },
            factory: async ({ plugin }) => {
              const knex = await databases.init(id);
              knexes.set(plugin.getId(), knex);
              return { getClient: async () => knex };
            },
          }),
        ],
      });
      await eventually(async () => {
        await scheduler.triggerTask('refresh-facts');
        await scheduler.triggerTask(AI_MESH_FACTS);
        const { body } = await latest();
        return body[AI_MESH_FACTS]?.facts.retriesBilled === 1;
      });
      for (const one of retrievers) {
        await scheduler.triggerTask(one);
      }
    });

    afterAll(async () => {
      await backend?.stop();
      await Promise.all([...knexes.values()].map(knex => knex.destroy()));
      await sandbox?.stop();
    });

    it('knows the schema of every fact', async () => {
      const { body } = await ask('get', `/fact-schemas?ids[]=${AI_MESH_FACTS}`);
      expect(body).toHaveLength(1);
      expect(body[0]).toMatchObject({
        version: '1.0.0',
        mtlsStrict: { type: 'boolean' },
        retriesBilled: { type: 'integer' },
        latencyP99Seconds: { type: 'float' },
        observedAt: { type: 'datetime' },
      });
    });

    it('answers with the facts that AI Mesh keeps, null for what is unknown', async () => {
      const { body } = await latest();
      const { facts, timestamp } = body[AI_MESH_FACTS];
      expect(facts).toMatchObject({
        timeoutsConfigured: false,
        authorizationPolicyPresent: true,
        retriesBilled: 1,
        breakerCanOpen: false,
        canaryLast90d: 0,
        latencyP99Seconds: null,
        plaintextCallers: null,
        observedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      // PostgreSQL's column keeps whole seconds.
      expect(
        Math.abs(Date.parse(timestamp) - Date.parse(facts.observedAt)),
      ).toBeLessThan(1000);
    });

    it('runs the ready-made checks that can be decided, and no other', async () => {
      const { body, status } = await ask(
        'post',
        '/checks/run/default/component/chat',
      ).send({});
      expect(status).toBe(200);
      const results = Object.fromEntries(
        body.map(
          ({ check, result }: { check: { id: string }; result: boolean }) => [
            check.id,
            result,
          ],
        ),
      );
      expect(results).toMatchObject({
        'ai-mesh-authorization': true,
        'ai-mesh-retries': false,
        'ai-mesh-breaker': false,
        'ai-mesh-findings': false,
        'ai-mesh-model-tag': true,
      });
      // The p99, callers, budgets and certificates are unknown without a Prometheus.
      for (const unknown of ['timeouts', 'mtls', 'slo', 'certificates']) {
        expect(results).not.toHaveProperty(`ai-mesh-${unknown}`);
      }
      expect(
        body.find(
          ({ check }: { check: { id: string } }) =>
            check.id === 'ai-mesh-retries',
        ),
      ).toMatchObject({
        check: { factIds: [retrieverOfCheck('retries')] },
        facts: { retriesBilled: { value: 1, type: 'integer' } },
      });
    });

    it('runs no check of an entity of which nothing is known', async () => {
      const { body, status } = await ask(
        'post',
        '/checks/run/default/component/nowhere',
      ).send({});
      expect(status).toBe(200);
      expect(body).toEqual([]);
    });
  },
);
