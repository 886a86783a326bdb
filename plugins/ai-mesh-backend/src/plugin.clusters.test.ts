import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  reviewSchema,
  securitySchema,
  slosSchema,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  clusterOn,
  component,
  readAll,
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

const CLUSTERS = ['east', 'west'];

describeWithPrometheus(
  'an entity on two clusters, each with its own Prometheus',
  () => {
    const sandboxes: RunningSandbox[] = [];
    const prometheuses: RealPrometheus[] = [];
    let portal: Portal;

    beforeAll(async () => {
      const clusters = [];
      for (const name of CLUSTERS) {
        const sandbox = await startSandbox();
        sandboxes.push(sandbox);
        const prometheus = await startScrapingPrometheus(sandbox.metrics);
        prometheuses.push(prometheus);
        clusters.push({
          ...clusterOn(sandbox, {
            prometheus: { url: prometheus.url, cacheTtl: '0s' },
          }),
          name,
        });
      }
      await setWestWeights(60, 40);
      portal = await startPortal(
        clusters,
        [
          component('chat', {
            'ai-mesh.io/service': 'ai-services/ai-chat-service',
          }),
        ],
        { security: { lookBack: '1m' } },
      );
      await until(
        async () => slosSchema.parse((await portal.read('chat/slos')).body),
        ({ models }) =>
          CLUSTERS.every(cluster =>
            models.some(
              model =>
                model.cluster === cluster &&
                model.requestsPerSecond.status === 'known',
            ),
          ),
        90_000,
      );
    });

    afterAll(async () => {
      await portal?.stop();
      await Promise.all(prometheuses.map(one => one.stop()));
      await Promise.all(sandboxes.map(one => one.stop()));
    });

    async function setWestWeights(v1: number, v2: number) {
      const [, west] = sandboxes;
      const answer = await fetch(
        `${west.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`,
        {
          method: 'PATCH',
          headers: {
            'content-type': 'application/json-patch+json',
            authorization: `Bearer ${west.tokens.writer}`,
          },
          body: JSON.stringify([
            { op: 'replace', path: '/spec/http/2/route/0/weight', value: v1 },
            { op: 'replace', path: '/spec/http/2/route/1/weight', value: v2 },
          ]),
        },
      );
      expect(answer.ok).toBe(true);
    }

    it('shows both, each with its own objects and figures', async () => {
      const { overview, topology, routes } = await readAll(portal);
      expect(overview.services.map(({ cluster }) => cluster)).toEqual(CLUSTERS);
      expect(
        topology.nodes
          .filter(({ relation }) => relation === 'own')
          .map(({ cluster }) => cluster),
      ).toEqual(CLUSTERS);
      const clusterOf = new Map(
        topology.nodes.map(one => [one.id, one.cluster]),
      );
      for (const { source, target } of topology.edges) {
        expect(clusterOf.get(source)).toBe(clusterOf.get(target));
      }
      expect(
        routes.services.map(({ service, rules }) => [
          service.cluster,
          rules.at(-1)?.destinations.map(({ weightPercent }) => weightPercent),
        ]),
      ).toEqual([
        ['east', [90, 10]],
        ['west', [60, 40]],
      ]);
    });

    it('reads security, objectives and findings of both', async () => {
      const security = securitySchema.parse(
        (await portal.read('chat/security')).body,
      );
      expect(security.services.map(({ service }) => service.cluster)).toEqual(
        CLUSTERS,
      );
      const slos = slosSchema.parse((await portal.read('chat/slos')).body);
      expect(new Set(slos.models.map(({ cluster }) => cluster))).toEqual(
        new Set(CLUSTERS),
      );
      for (const { objectives, cluster } of slos.models) {
        expect(objectives.map(one => one.cluster)).toEqual(
          objectives.map(() => cluster),
        );
      }
      const availability = slos.acrossClusters?.find(
        ({ objective }) => objective.indicator.kind === 'availability',
      );
      const events = (one?: { events: Measured<number> }) =>
        one?.events.status === 'known' ? one.events.value : NaN;
      expect(availability?.clusters.map(({ cluster }) => cluster)).toEqual(
        CLUSTERS,
      );
      expect(events(availability)).toBeGreaterThan(0);
      expect(events(availability)).toBeCloseTo(
        availability!.clusters.reduce((sum, one) => sum + events(one), 0),
        6,
      );
      const review = reviewSchema.parse(
        (await portal.read('chat/review')).body,
      );
      expect(
        new Set(review.findings.map(({ object }) => object.cluster)),
      ).toEqual(new Set(CLUSTERS));
    });

    it('makes rules for the cluster that is named', async () => {
      const rules = await portal.read('chat/slos/rules?cluster=west');
      expect(rules.status).toBe(200);
      const stranger = await portal.read('chat/slos/rules?cluster=north');
      expect(stranger.status).toBe(400);
      expect(stranger.body.error.message).toContain('one of east, west');
    });

    it('loses only the cluster whose Prometheus goes away', async () => {
      await prometheuses[1].stop();
      const { overview, topology } = await readAll(portal);
      expect(
        overview.sources
          .filter(({ name }) => name === 'prometheus')
          .map(({ cluster, status }) => [cluster, status]),
      ).toEqual([
        ['east', 'ok'],
        ['west', 'unreachable'],
      ]);
      expect(
        topology.nodes
          .filter(({ relation }) => relation === 'own')
          .map(({ traffic }) => traffic.requestsPerSecond.status),
      ).toEqual(['known', 'unknown']);
      const { acrossClusters } = slosSchema.parse(
        (await portal.read('chat/slos')).body,
      );
      expect(acrossClusters?.length).toBeGreaterThan(0);
      expect(
        acrossClusters?.filter(({ sli }) => sli.status === 'known'),
      ).toEqual([]);
      expect(
        acrossClusters?.find(
          ({ objective }) => objective.indicator.kind === 'availability',
        ),
      ).toMatchObject({
        sli: { message: expect.stringContaining("'west'") },
        clusters: CLUSTERS.map(cluster => ({ cluster })),
      });
    });
  },
);
