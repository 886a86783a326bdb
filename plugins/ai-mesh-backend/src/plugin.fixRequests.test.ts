import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  fixRequestsSchema,
  securitySchema,
  type StrictManifest,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import { parse } from 'yaml';
import {
  CanaryPortal,
  chat,
  usualPolicy,
  writableCluster,
} from './__testUtils__/CanaryPortal';
import { ClusterObject } from './__testUtils__/ClusterObject';
import { component, until } from './__testUtils__/startPortal';
import { testDatabases } from './canary/store/__testUtils__/testDatabases';
import { gitServer, says } from './gitHosts/__testUtils__/gitServer';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(240_000);

const { databases, ids } = testDatabases();
const git = gitServer();
const host = 'git.example.com';
/** Whose namespace nobody calls in plaintext. */
const MODEL = 'local-model-service';

describeWithPrometheus('a pull request for what is no finding', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;

  beforeAll(async () => {
    sandbox = await startSandbox();
    prometheus = await startScrapingPrometheus(sandbox.metrics);
  });

  afterAll(async () => {
    await prometheus?.stop();
    await sandbox?.stop();
  });

  describe.each(ids)('with %s', id => {
    let knex: Knex;
    let portal: CanaryPortal;

    const path = (name: string, view: string) =>
      `/v1/entities/component/default/${name}/${view}`;
    const url = (number: number) =>
      `https://${host}/acme/deployments/pull/${number}`;
    const say = async (
      person: 'olivia' | 'rita' | 'mallory',
      name: string,
      body: object,
    ) => {
      const answer = await portal.http(
        person,
        'post',
        path(name, 'requests'),
        body,
      );
      return [answer.status, answer.body] as const;
    };
    /** State, and how each object stands. */
    const stands = async (name: string, query: string) => {
      const { status, body } = await portal.http(
        'rita',
        'get',
        path(name, `requests?${query}`),
      );
      expect([status, body]).toEqual([200, expect.anything()]);
      return fixRequestsSchema
        .parse(body)
        .requests!.map(({ state, objects }) =>
          [
            state.status === 'known' ? state.value : state.reason,
            ...objects.map(({ object, standing }) => [object.kind, standing]),
          ].flat(),
        );
    };
    const becomes = (name: string, query: string, wanted: string[]) =>
      until(
        () => stands(name, query),
        all => JSON.stringify(all) === JSON.stringify([wanted]),
        30_000,
      );
    const gitSays = (state: object) => {
      git.answer = says(200, JSON.stringify(state));
    };

    beforeAll(async () => {
      knex = await databases.init(id);
      portal = await CanaryPortal.start({
        knex,
        clusters: [
          writableCluster(sandbox, {
            prometheus: {
              url: prometheus.url,
              cacheTtl: '0s',
              scrapeInterval: '1s',
            },
          }),
        ],
        entities: [
          chat,
          ...[MODEL, 'evil'].map(name => ({
            ...component(name, {
              'ai-mesh.io/service':
                name === 'evil'
                  ? 'ai-services/ai-chat-service'
                  : `ai-services/${name}`,
            }),
            ...(name === MODEL && { relations: chat.relations }),
          })),
        ],
        integrations: {
          github: [{ host, apiBaseUrl: `${git.url}/api/v3`, token: 'own' }],
        },
        aiMesh: {
          fixes: { period: '1s' },
          security: { lookBack: '1m' },
        },
        policy: (person, permission, entityRef) =>
          usualPolicy(person, permission, entityRef) ||
          (person === 'mallory' && entityRef.endsWith('/evil')),
      });
    });

    afterAll(async () => {
      await portal?.stop();
      await knex?.destroy();
    });

    beforeEach(() => {
      gitSays({ state: 'open', merged: false });
    });

    it('for the rules of objectives is followed until the cluster has them', async () => {
      gitSays({ state: 'closed', merged: true });
      const rules = { rules: 'operator' };
      const [, kept] = await until(
        () => say('olivia', MODEL, { ...rules, url: url(1) }),
        ([status]) => status === 200,
        90_000,
      );
      expect(kept).toMatchObject({
        kind: 'rules',
        state: { value: 'merged' },
        objects: [
          {
            object: {
              kind: 'PrometheusRule',
              name: `ai-mesh-default-${MODEL}`,
              namespace: 'ai-services',
            },
            standing: 'absent',
          },
        ],
      });
      const download = await portal.http(
        'olivia',
        'get',
        path(MODEL, 'slos/rules?format=operator'),
      );
      const object = parse(download.text);
      const made = await write(object);
      await becomes(MODEL, 'kind=rules', [
        'merged',
        'PrometheusRule',
        'applied',
      ]);
      await made.patch([{ op: 'remove', path: '/spec/groups/0' }]);
      await becomes(MODEL, 'kind=rules', [
        'merged',
        'PrometheusRule',
        'differs',
      ]);
      await made.delete();
      // A file for Prometheus is no object, and its request is not another's.
      const file = { rules: 'prometheus', url: url(2) };
      expect((await say('olivia', MODEL, file))[1].objects).toEqual([]);
      expect(await stands('chat', 'kind=rules')).toEqual([]);
    });

    it('for a STRICT manifest says whether the cluster has it', async () => {
      const manifest = await until(
        async (): Promise<StrictManifest | undefined> => {
          const { body } = await portal.http(
            'rita',
            'get',
            path(MODEL, 'security'),
          );
          const { readiness } = securitySchema.parse(body).services[0]
            ?.mtls ?? {
            readiness: { status: 'strict' as const },
          };
          return readiness.status === 'ready'
            ? readiness.manifests.find(({ scope }) => scope === 'workload')
            : undefined;
        },
        found => found !== undefined,
        120_000,
      );
      const [status, kept] = await say('olivia', MODEL, {
        strict: 'workload',
        cluster: 'shop',
        url: url(3),
      });
      expect([status, kept]).toEqual([
        200,
        expect.objectContaining({
          kind: 'strict',
          objects: [{ object: manifest!.object, standing: 'absent' }],
        }),
      ]);
      const made = await write(parse(manifest!.yaml));
      await becomes(MODEL, 'kind=strict', [
        'open',
        'PeerAuthentication',
        'applied',
      ]);
      await made.delete();
      await becomes(MODEL, 'kind=strict', [
        'open',
        'PeerAuthentication',
        'absent',
      ]);
      expect(
        (
          await say('olivia', MODEL, {
            strict: 'workload',
            cluster: 'elsewhere',
            url: url(4),
          })
        )[0],
      ).toBe(409);
    });

    it('for the weights of a promoted canary says whether its route has them', async () => {
      const route = new ClusterObject(
        sandbox,
        '/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service',
      );
      const before = await route.read();
      const canary = await portal.as('olivia').requestSoon({
        plan: { steps: [100], intervalSeconds: 600, longestHoldSeconds: 600 },
      });
      const about = { canary: canary.id, url: url(5) };
      // It is not promoted yet.
      expect((await say('olivia', 'chat', about))[0]).toBe(409);
      await portal.as('adam').act(canary.id, { action: 'approve', version: 1 });
      await portal.when(canary.id, ({ step }) => step === 0);
      await portal.as('carla').actNow(canary.id, 'advance');
      await portal.when(canary.id, ({ state }) => state === 'promoted');

      // Of another's entity it is none, by whoever.
      expect((await say('mallory', 'evil', about))[0]).toBe(409);
      expect((await say('olivia', MODEL, about))[0]).toBe(409);
      expect((await say('rita', 'chat', about))[0]).toBe(403);
      gitSays({ state: 'open', merged: false, mergeable: false });
      expect((await say('olivia', 'chat', about))[0]).toBe(200);
      const query = `kind=canary&canary=${canary.id}`;
      await becomes('chat', query, [
        'conflicting',
        'VirtualService',
        'applied',
      ]);
      expect(await stands('chat', 'kind=canary&canary=other')).toEqual([]);
      await route.restore(before);
      await becomes('chat', query, [
        'conflicting',
        'VirtualService',
        'differs',
      ]);
      // The address is kept for that.
      const [status, body] = await say('olivia', 'chat', {
        rules: 'operator',
        url: url(5),
      });
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/followed for something else/);
      expect(
        portal.audits.filter(
          ({ eventId, outcome }) =>
            eventId === 'fix-request' && outcome === 'success',
        ),
      ).toContainEqual(
        expect.objectContaining({
          meta: expect.objectContaining({ canary: canary.id, url: url(5) }),
        }),
      );
    });

    it.each([
      [{ url: url(9) }, /Give one of findings, strict, rules and canary/],
      [
        { strict: 'workload', rules: 'operator', url: url(9) },
        /Give one of findings, strict, rules and canary/,
      ],
      [{ strict: 'mesh', url: url(9) }, /strict: /],
      [{ canary: '', url: url(9) }, /canary: /],
      [{ rules: 'operator', objects: [], url: url(9) }, /objects/],
      [{ rules: 'operator', cluster: 'elsewhere', url: url(9) }, /'cluster'/],
      [{ strict: 'workload', url: 'https://other.example/a/b/pull/1' }, /url/],
    ])('of %j is refused with words that help', async (body, words) => {
      const [status, { error }] = await say('olivia', MODEL, body);
      expect([status, error.message]).toEqual([
        400,
        expect.stringMatching(words),
      ]);
    });

    it('is asked for by its kind, and that of a canary by its id', async () => {
      const { status: odd, body: why } = await portal.http(
        'rita',
        'get',
        path('chat', 'requests?kind=canary&canary=a%00b'),
      );
      expect([odd, why.error.message]).toEqual([
        400,
        expect.stringMatching(/'canary'.*named by its id/),
      ]);
      const { status, body } = await portal.http(
        'rita',
        'get',
        path('chat', 'requests'),
      );
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringMatching(/'kind'/),
      ]);
    });
  });

  /** Puts an object into the cluster, as a deployment does. */
  async function write(object: {
    apiVersion: string;
    kind: string;
    metadata: { namespace: string; name: string };
  }): Promise<ClusterObject> {
    const { apiVersion, kind, metadata } = object;
    const all = `/apis/${apiVersion}/namespaces/${metadata.namespace}/${
      kind === 'PrometheusRule' ? 'prometheusrules' : 'peerauthentications'
    }`;
    const made = new ClusterObject(sandbox, `${all}/${metadata.name}`);
    await made.create(object);
    return made;
  }
});
