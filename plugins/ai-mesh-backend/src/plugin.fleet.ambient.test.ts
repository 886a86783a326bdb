import { startSandbox } from '@ai-mesh/mesh-sandbox/testing';
import {
  fleetHurtingSchema,
  fleetSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import { CanaryPortal, writableCluster } from './__testUtils__/CanaryPortal';
import { component, until } from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(240_000);

describeWithPrometheus('the fleet of an ambient mesh', () => {
  it('names whose waypoint is down where it hurts, and who suffers', async () => {
    const sandbox = await startSandbox(['--world', 'ambient', '--speed', '5']);
    const prometheus = await startScrapingPrometheus(sandbox.metrics);
    const portal = await CanaryPortal.start({
      clusters: [
        writableCluster(sandbox, {
          prometheus: { url: prometheus.url, cacheTtl: '0s' },
        }),
      ],
      entities: [
        ['orchestrator', 'ai-services/ai-orchestrator'],
        ['gateway', 'ai-services/api-gateway'],
      ].map(([name, service]) =>
        component(name, { 'ai-mesh.io/service': service }),
      ),
      aiMesh: { ownership: { claims: 'any' } },
    });
    const requestsOf = async () => {
      const { body } = await portal.http('rita', 'get', '/v1/fleet');
      return fleetSchema
        .parse(body)
        .rows.map(({ traffic: { requestCount } }) =>
          requestCount.status === 'known' ? requestCount.value : 0,
        );
    };
    const hurting = async () => {
      const { body } = await portal.http('rita', 'get', '/v1/fleet/hurting');
      const { origins } = fleetHurtingSchema.parse(body);
      return origins.status === 'known' ? origins.value : [];
    };
    try {
      await until(requestsOf, all => all.every(count => count > 300), 120_000);
      await fetch(`${sandbox.control}/scene`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'waypoint-down' }),
      });
      const origins = await until(
        hurting,
        all => all.some(({ suffering }) => suffering.count > 0),
        60_000,
      );
      expect(origins).toContainEqual(
        expect.objectContaining({
          node: expect.objectContaining({
            name: 'ai-orchestrator',
            entityRefs: ['component:default/orchestrator'],
          }),
          reason: expect.stringContaining('waypoint'),
          confidence: 'likely',
          suffering: expect.objectContaining({
            entityRefs: expect.arrayContaining(['component:default/gateway']),
          }),
        }),
      );
    } finally {
      await portal.stop();
      await prometheus.stop();
      await sandbox.stop();
    }
  });
});
