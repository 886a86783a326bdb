import {
  overviewSchema,
  topologySchema,
  type Measured,
  type Overview,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
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

jest.setTimeout(150_000);

const valueOf = <T>(measured?: Measured<T>) =>
  measured?.status === 'known' ? measured.value : undefined;

describeWithPrometheus.each([
  ['two-clusters', 'ai-chat-service'],
  ['ambient', 'llm-gateway-service'],
])('the plugin over the world %s and its Prometheus', (world, service) => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus[] = [];
  let portal: Portal;

  beforeAll(async () => {
    sandbox = await startSandbox(['--world', world]);
    prometheus = await Promise.all(
      sandbox.clusters.map(({ metrics }) => startScrapingPrometheus(metrics)),
    );
    portal = await startPortal(
      sandbox.clusters.map(({ name, kubernetes }, index) => ({
        name,
        kubernetes: {
          url: kubernetes,
          serviceAccountToken: sandbox.tokens.reader,
        },
        prometheus: { url: prometheus[index].url, cacheTtl: '0s' },
      })),
      [
        {
          ...component('chat', {
            'ai-mesh.io/service': `ai-services/${service}`,
          }),
          relations: [
            // Whom the mesh of two clusters names as the Service's owner.
            { type: 'ownedBy', targetRef: 'group:default/ai-platform' },
          ],
        },
      ],
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await Promise.all(prometheus.map(one => one.stop()));
    await sandbox?.stop();
  });

  const overview = async (): Promise<Overview> =>
    overviewSchema.parse((await portal.read('chat/overview')).body);

  it('makes one graph in which nobody stands twice, no relay calls and nobody calls itself', async () => {
    await until(
      overview,
      ({ traffic }) => (valueOf(traffic.total.requestCount) ?? 0) > 50,
      60_000,
    );
    const { nodes, edges } = topologySchema.parse(
      (await portal.read('chat/topology')).body,
    );
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
    expect(edges.filter(({ source, target }) => source === target)).toEqual([]);
    expect(
      nodes.filter(({ name }) => /waypoint|ztunnel|eastwest/.test(name)),
    ).toEqual([]);
    const own = nodes.filter(({ relation }) => relation === 'own');
    expect(own.map(({ cluster }) => cluster).sort()).toEqual(
      sandbox.clusters.map(({ name }) => name).sort(),
    );
    const sum = (rates: (number | undefined)[]) =>
      rates.reduce<number>((total, rate) => total + (rate ?? 0), 0);
    const received = sum(
      own.map(({ traffic }) => valueOf(traffic.requestsPerSecond)),
    );
    const sent = sum(
      edges
        .filter(({ target }) => own.some(({ id }) => id === target))
        .map(({ traffic }) => valueOf(traffic.requestsPerSecond)),
    );
    expect(received).toBeGreaterThan(0);
    expect(sent).toBeCloseTo(received, 6);
  });
});
