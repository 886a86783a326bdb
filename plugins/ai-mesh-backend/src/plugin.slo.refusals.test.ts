import { slosSchema } from '@ai-mesh/plugin-ai-mesh-common';
import {
  metricDialectsExtensionPoint,
  type MetricDialect,
} from '@ai-mesh/plugin-ai-mesh-node';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readFileSync } from 'fs';
import { join } from 'path';
import request from 'supertest';
import { parse } from 'yaml';
import { clusterOn, component } from './__testUtils__/startPortal';
import { readSloSettings } from './config/readSloSettings';
import { aiMeshPlugin } from './plugin';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';
import { openSloObjectives } from './slo/objectives/openSloObjectives';
import { parseOpenSlo } from './slo/openslo/parseOpenSlo';

jest.setTimeout(120_000);

const now = Math.floor(Date.now() / 1000);
const samples = Array.from(
  { length: 61 },
  (_, minute) =>
    `llm_calls_total{namespace="ai-services",pod="llm-gateway-service-6d4cf56db6-x7k2p",llm="our-1",ok="yes"} ${minute * 60} ${now - (60 - minute) * 60}`,
);
const calls = { metrics: ['llm_calls_total'] };
const ours: MetricDialect = {
  name: 'ours',
  modelLabels: ['llm'],
  providerLabels: [],
  requests: calls,
  errors: { kind: 'label', counter: calls, label: 'ok', ok: ['yes'] },
};

describeWithPrometheus('SLOs, where something is wrong', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    [sandbox, prometheus] = await Promise.all([
      startSandbox(),
      startPrometheus(`${samples.join('\n')}\n# EOF\n`),
    ]);
    const service = 'ai-services/llm-gateway-service';
    backend = await startTestBackend({
      features: [
        aiMeshPlugin,
        createBackendModule({
          pluginId: 'ai-mesh',
          moduleId: 'our-dialect',
          register(env) {
            env.registerInit({
              deps: { dialects: metricDialectsExtensionPoint },
              async init({ dialects }) {
                dialects.addDialects(ours);
              },
            });
          },
        }),
        catalogServiceMock.factory({
          entities: [
            component('gateway', { 'ai-mesh.io/service': service }),
            component('unread', {
              'ai-mesh.io/service': service,
              'ai-mesh.io/slos': 'https://elsewhere.example/slos.yaml',
            }),
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Resource',
              metadata: {
                name: 'ours',
                namespace: 'default',
                annotations: { 'ai-mesh.io/model': 'our-1' },
              },
              spec: { type: 'ai-model', owner: 'user:ada' },
            },
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            aiMesh: {
              clusters: [
                clusterOn(sandbox, { prometheus: { url: prometheus.url } }),
              ],
              slo: { prices: [{ model: 'our-1', inputPerMilion: 1 }] },
            },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  const get = (path: string) =>
    request(backend.server)
      .get(`/api/ai-mesh/v1/entities/component/default/${path}`)
      .set('Authorization', mockCredentials.user.header());

  it('reads a dialect that another plugin added, and leads to the model’s entity', async () => {
    const { body } = await get('gateway/slos');
    const { dialect, models } = slosSchema.parse(body);
    expect(dialect.name).toBe('ours');
    expect(models).toMatchObject([
      { model: 'our-1', entityRef: 'resource:default/ours' },
    ]);
    expect(models[0].objectives).toHaveLength(2);
  });

  it('shows everything else beside a file that it may not read and a price that it cannot', async () => {
    const { body, status } = await get('unread/slos');
    expect(status).toBe(200);
    const { models, problems } = slosSchema.parse(body);
    expect(models).toMatchObject([{ model: 'our-1', objectives: [] }]);
    expect(models[0].requestsPerSecond).toMatchObject({ status: 'known' });
    const messages = problems.map(({ message }) => message).join('\n');
    expect(messages).toContain('backend.reading.allow');
    expect(messages).toContain('aiMesh.slo.prices[0].inputPerMilion');
  });

  it('gives rules and a dashboard as files', async () => {
    const rules = await get('gateway/slos/rules?format=operator');
    expect(rules.status).toBe(200);
    expect(rules.headers['content-type']).toContain('application/yaml');
    expect(rules.headers['content-disposition']).toBe(
      'attachment; filename="ai-mesh-default-gateway-rules.yaml"',
    );
    expect(parse(rules.text).kind).toBe('PrometheusRule');
    const dashboard = await get('gateway/slos/dashboard');
    expect(JSON.parse(dashboard.text).panels.length).toBeGreaterThan(2);
  });

  it.each([
    ['slos?window=2h', 400, 'must be one of 1h, 6h, 1d, 7d, 30d'],
    ['slos/rules?format=json', 400, 'must be one of prometheus, operator'],
    ['slos/rules?cluster=other', 400, 'must be one of shop'],
  ])('refuses %s', async (path, status, message) => {
    const response = await get(`gateway/${path}`);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
  });

  it.each(['slos', 'slos/rules', 'slos/dashboard'])(
    'gives nobody %s',
    async path => {
      const { status } = await request(backend.server)
        .get(`/api/ai-mesh/v1/entities/component/default/gateway/${path}`)
        .set('Authorization', mockCredentials.none.header());
      expect(status).toBe(401);
    },
  );
});

it('can read the objectives of the demo’s gateway', () => {
  const file = join(
    __dirname,
    '../../../packages/backend/demo/slos/llm-gateway.yaml',
  );
  const read = openSloObjectives(
    parseOpenSlo(
      readFileSync(file, 'utf8'),
      'llm-gateway.yaml',
      readSloSettings({}).limits,
    ),
    { name: 'llm-gateway.yaml' },
  );
  expect(read.problems).toEqual([]);
  expect(read.objectives.map(({ id }) => id)).toEqual([
    'model-answers',
    'swift-chat-is-quick',
    'sage-chat-is-bearable',
    'first-token',
  ]);
});
