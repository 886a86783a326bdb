import { slosSchema, type Slos } from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  clusterOn,
  component,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(200_000);

describeWithPrometheus('SLOs over a living mesh and a real Prometheus', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let portal: Portal;

  beforeAll(async () => {
    sandbox = await startSandbox();
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    portal = await startPortal(
      [
        clusterOn(sandbox, {
          prometheus: { url: prometheus.url, cacheTtl: '0s' },
        }),
      ],
      ['ai-chat-service', 'llm-gateway-service', 'local-model-service'].map(
        name =>
          component(name, { 'ai-mesh.io/service': `ai-services/${name}` }),
      ),
    );
    await until(
      () => slos('local-model-service'),
      ({ models }) => models[0]?.requestsPerSecond.status === 'known',
      60_000,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  async function slos(name: string): Promise<Slos> {
    const response = await portal.read(`${name}/slos?window=1h`);
    expect(response.body).toEqual(expect.objectContaining({ window: '1h' }));
    return slosSchema.parse(response.body);
  }

  it('reads three services in three dialects, by ten questions at most', async () => {
    const answers = await Promise.all(
      ['ai-chat-service', 'llm-gateway-service', 'local-model-service'].map(
        slos,
      ),
    );
    expect(answers.map(({ dialect }) => dialect.name)).toEqual([
      'micrometer',
      'opentelemetry-genai',
      'vllm',
    ]);
    for (const { queries } of answers) {
      expect(queries.length).toBeLessThanOrEqual(10);
    }
    const [chat, gateway, local] = answers.map(({ models }) => models);
    expect(chat.map(({ model }) => model)).toContain('swift-chat-3.5');
    expect(chat[0].percentilesAre).toBe('worst-pod');
    // A model server says how loaded it is; who only calls models cannot.
    expect(local[0].load).toMatchObject({
      running: { status: 'known', value: expect.any(Number) },
      waiting: { status: 'known', value: expect.any(Number) },
      cacheUse: { status: 'known', value: expect.any(Number) },
    });
    expect(chat[0].load).toBeUndefined();
    expect(gateway[0].load).toBeUndefined();
    expect(gateway.map(({ provider }) => provider)).toContain('fast-model');
    expect(local).toMatchObject([
      { model: 'shop-assist-8b', errorsFrom: 'both', reporting: true },
    ]);
  });

  it('shows a model server at work, and how much of its cache is in use', async () => {
    const busy = ({ models: [{ load }] }: Slos) =>
      load?.running.status === 'known' &&
      load.running.value > 0 &&
      load.cacheUse.status === 'known' &&
      load.cacheUse.value > 0 &&
      load.cacheUse.value <= 1;
    const answer = await until(() => slos('local-model-service'), busy, 60_000);
    // Nothing waits at a server that has room.
    expect(answer.models[0].load?.waiting).toEqual({
      status: 'known',
      value: 0,
    });
  });
});
