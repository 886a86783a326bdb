import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  canaryMayStart,
  reviewSchema,
  securitySchema,
  slosSchema,
  type Canary,
  type CanaryDetails,
  type CanaryRequestInput,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import {
  CanaryPortal,
  chatRequest,
  writableCluster,
} from './__testUtils__/CanaryPortal';
import { ClusterObject } from './__testUtils__/ClusterObject';
import {
  clusterOn,
  component,
  readAll,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';
import { testDatabases } from './canary/store/__testUtils__/testDatabases';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(600_000);

const CLUSTERS = ['east', 'west'];
const { databases } = testDatabases();

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
        300_000,
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

    describe('one request for a canary in both', () => {
      /** Short times, and margins that a test's few requests can keep within. */
      const plan: CanaryRequestInput['plan'] = {
        steps: [50, 100],
        intervalSeconds: 5,
        checkSeconds: 1,
        minRequests: 20,
        confidence: 0.9,
        gates: {
          errorRate: {
            rollBackAbove: 0.08,
            advanceBelow: 0.05,
            nonInferiorityMargin: 0.3,
          },
          latencyP99: { enabled: false },
          throttled: { enabled: false },
          tokensPerRequest: { enabled: false },
          timeToFirstToken: { enabled: false },
        },
      };
      const SPLIT = 2;
      let knex: Knex;
      let canaries: CanaryPortal;
      let routes: ClusterObject[];
      let before: string[];

      const startCanaries = (ownership?: JsonObject) =>
        CanaryPortal.start({
          knex,
          clusters: sandboxes.map((sandbox, index) => ({
            ...writableCluster(sandbox, {
              prometheus: {
                url: prometheuses[index].url,
                cacheTtl: '0s',
                scrapeInterval: '1s',
              },
            }),
            name: CLUSTERS[index],
          })),
          ...(ownership && { aiMesh: { ownership } }),
        });
      const texts = () => Promise.all(routes.map(route => route.text()));
      const play = async (index: number, name: string) => {
        const answer = await fetch(`${sandboxes[index].control}/scene`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ name }),
        });
        expect(answer.ok).toBe(true);
      };
      const asked = {
        service: { ...chatRequest.service, cluster: 'east' },
        across: {
          clusters: CLUSTERS,
          order: 'one-after-another' as const,
        },
        plan,
      };
      /** Asked for and approved, once: by one person each, for both. */
      async function started(): Promise<string> {
        const { id } = (await until(
          () => canaries.as('olivia').request(asked).catch(String),
          answer => typeof answer !== 'string',
          300_000,
        )) as Canary;
        const { group, others } = await canaries.as('rita').details(id);
        expect(group?.clusters).toEqual(CLUSTERS);
        expect(others?.map(({ state }) => state)).toEqual(['requested']);
        await canaries.as('adam').act(id, { action: 'approve', version: 1 });
        const approved = await canaries.as('rita').details(others![0].id);
        expect(approved).toMatchObject({
          state: 'approved',
          decidedBy: 'user:default/adam',
          next: { action: 'wait-for-cluster' },
        });
        return id;
      }
      const states = ({ state, others = [] }: CanaryDetails) =>
        [state, ...others.map(other => other.state)].join(' ');

      beforeAll(async () => {
        knex = await databases.init('SQLITE_3');
        routes = sandboxes.map(
          sandbox =>
            new ClusterObject(
              sandbox,
              '/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service',
            ),
        );
        before = await texts();
        await play(0, 'good-canary');
        await play(1, 'good-canary');
        canaries = await startCanaries();
        await canaries.as('rita').options();
      });

      afterAll(async () => {
        await canaries?.stop();
        await knex?.destroy();
      });

      it('shows what it would do in each, and refuses it as a whole where one of them speaks against it', async () => {
        const preview = await canaries.as('olivia').preview(asked);
        expect(preview.route?.object.cluster).toBe('east');
        expect(
          preview.others?.map(({ cluster, preflight }) => [
            cluster,
            preflight.route?.object.cluster,
          ]),
        ).toEqual([['west', 'west']]);
        await expect(
          canaries.as('olivia').request({
            ...asked,
            across: { ...asked.across, clusters: ['east', 'north'] },
          }),
        ).rejects.toThrow("on a cluster 'north'");
        const west = new ClusterObject(
          sandboxes[1],
          '/apis/networking.istio.io/v1/namespaces/ai-services/destinationrules/ai-chat-service',
        );
        const rule = await west.read();
        await west.patch([{ op: 'remove', path: '/spec/subsets/1' }]);
        try {
          await until(
            () => canaries.as('olivia').preview(asked),
            seen => !canaryMayStart(seen),
            300_000,
          );
          await expect(canaries.as('olivia').request(asked)).rejects.toThrow(
            "In cluster 'west'",
          );
          expect((await canaries.as('rita').all()).canaries).toEqual([]);
        } finally {
          await west.restore(rule);
        }
      });

      it('is for whoever provably owns the Service in each', async () => {
        const other = await startCanaries({
          namespaces: [
            {
              cluster: 'east',
              namespace: 'ai-services',
              owner: 'group:default/ai-team',
            },
            {
              cluster: 'west',
              namespace: 'ai-services',
              owner: 'group:default/others',
            },
          ],
        });
        try {
          await expect(other.as('olivia').request(asked)).rejects.toThrow(
            "has no service ai-services/ai-chat-service on a cluster 'west'",
          );
        } finally {
          await other.stop();
        }
      });

      it('promotes one after another, and takes both back when a person says so', async () => {
        const id = await started();
        const promoted = await canaries.when(
          id,
          canary => states(canary) === 'promoted promoted',
          300_000,
        );
        const [west] = promoted.others!;
        const history = await canaries.as('rita').details(west.id);
        const start = history.transitions.find(
          ({ what }) => what === 'started',
        );
        expect(start!.at >= promoted.endedAt!).toBe(true);
        for (const route of routes) {
          expect(await route.weights(SPLIT)).toEqual([0, 100]);
        }
        await canaries.as('carla').actNow(west.id, 'rollBack', 'Enough');
        await canaries.when(
          id,
          canary => states(canary) === 'rolledBack rolledBack',
        );
        expect(await texts()).toEqual(before);
        const titles = canaries.sent.map(({ payload }) => payload.title);
        expect(
          new Set(titles.filter(title => title.includes('approv'))),
        ).toEqual(
          new Set([
            'The canary of chat (v2) in east, west waits for approval',
            'The canary of chat (v2) in east, west was approved',
          ]),
        );
      });

      it('takes the promoted one back with one that fails, also after the portal was started anew between', async () => {
        const id = await started();
        await canaries.when(
          id,
          canary => states(canary) === 'promoted progressing',
          180_000,
        );
        await canaries.stop();
        await play(1, 'bad-canary');
        canaries = await startCanaries();
        const ended = await canaries.when(
          id,
          canary => states(canary) === 'rolledBack rolledBack',
          180_000,
        );
        expect(ended.transitions.map(({ what }) => what)).toContain(
          'takenBack',
        );
        const west = await canaries.as('rita').details(ended.others![0].id);
        expect(west.transitions.map(({ what }) => what)).toContain('breach');
        expect(await texts()).toEqual(before);
      });
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
