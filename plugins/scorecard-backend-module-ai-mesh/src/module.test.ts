import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
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
import scorecardPlugin from '@red-hat-developer-hub/backstage-plugin-scorecard-backend';
import request from 'supertest';
import scorecardModuleAiMesh, { metricOfCheck } from '.';

jest.setTimeout(120_000);

const CHAT = 'component/default/chat';

const entity = (name: string, annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name, annotations },
  spec: { type: 'service', lifecycle: 'production', owner: 'user:ada' },
});

interface MetricAnswer {
  id: string;
  status: string;
  error?: string;
  result: {
    value: boolean | number | null;
    thresholdResult: { evaluation: string | null };
  };
}

describe('the Scorecard plugin of Red Hat Developer Hub with AI Mesh', () => {
  let sandbox: RunningSandbox;
  let backend: TestBackend;
  const scheduler = mockServices.scheduler();

  const ask = (path: string) =>
    request(backend.server)
      .get(path)
      .set('Authorization', mockCredentials.user.header());

  beforeAll(async () => {
    sandbox = await startSandbox();
    backend = await startTestBackend({
      features: [
        aiMeshPlugin,
        scorecardPlugin,
        scorecardModuleAiMesh,
        catalogServiceMock.factory({
          entities: [
            entity('chat', {
              'ai-mesh.io/service': 'ai-services/ai-chat-service',
              'ai-mesh.io/exemptions':
                'authorization until 2999-12-31: the callers get principals first',
            }),
            entity('outside', {}),
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
      const { body } = await ask(
        `/api/ai-mesh/v1/entities/${CHAT}/facts?names=retriesBilled`,
      );
      if (body.facts?.retriesBilled?.value === 1) {
        break;
      }
      if (Date.now() > deadline) {
        throw new Error('Not so within 90 s');
      }
      await new Promise(resolve => setTimeout(resolve, 500));
    }
    for (const check of [
      'retries',
      'model-tag',
      'mtls',
      'authorization',
    ] as const) {
      await scheduler.triggerTask(metricOfCheck(check));
    }
  });

  afterAll(async () => {
    await backend?.stop();
    await sandbox?.stop();
  });

  it('knows a metric for each ready-made check', async () => {
    const { body } = await ask('/api/scorecard/metrics?datasource=aiMesh');
    expect(body.metrics).toHaveLength(10);
    expect(body.metrics).toContainEqual(
      expect.objectContaining({
        id: 'aiMesh.retries',
        title: 'Retries are not billed twice',
        type: 'boolean',
      }),
    );
  });

  it('keeps what passes and what fails, and of what is unknown or exempt only why', async () => {
    const { body } = await ask(`/api/scorecard/metrics/catalog/${CHAT}`);
    const found = Object.fromEntries(
      (body as MetricAnswer[]).map(({ id, status, error, result }) => [
        id,
        {
          status,
          // SQLite has no booleans.
          value: result.value === null ? null : Boolean(result.value),
          is: result.thresholdResult.evaluation,
          ...(error !== undefined && { error }),
        },
      ]),
    );
    expect(found).toEqual({
      'aiMesh.retries': { status: 'success', value: false, is: 'error' },
      'aiMesh.modelTag': { status: 'success', value: true, is: 'success' },
      'aiMesh.mtls': {
        status: 'error',
        value: null,
        is: null,
        error: expect.stringMatching(/^Not known: .*mtls/),
      },
      'aiMesh.authorization': {
        status: 'error',
        value: null,
        is: null,
        error: 'Exempt until 2999-12-31: the callers get principals first',
      },
    });
  });

  it('keeps nothing of what is in no mesh', async () => {
    const { body } = await ask(
      '/api/scorecard/metrics/catalog/component/default/outside',
    );
    expect(body).toEqual([]);
  });
});
