import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  fleetHurtingSchema,
  fleetSchema,
  overviewSchema,
  type Fleet,
  type FleetHurting,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  CanaryPortal,
  chat,
  hidden,
  writableCluster,
  type Person,
} from './__testUtils__/CanaryPortal';
import { presentRanges } from './__testUtils__/presentRanges';
import { component, until } from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';
import type { TestServer } from './target/__testUtils__/serve';

jest.setTimeout(300_000);

const valueOf = <T>(measured?: Measured<T>) =>
  measured?.status === 'known' ? measured.value : undefined;

/** Its owner and system are nobody else's. */
const secret = {
  ...hidden,
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/ai-team' },
    { type: 'ownedBy', targetRef: 'group:default/secret-team' },
    { type: 'partOf', targetRef: 'system:default/secret' },
  ],
};

const ofTeam = (name: string, service: string) => ({
  ...component(name, { 'ai-mesh.io/service': `ai-services/${service}` }),
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/ai-team' },
    { type: 'partOf', targetRef: 'system:default/assistant' },
  ],
});

/** How often it has read how many requests there were. */
async function scrapesOf({ url }: RealPrometheus): Promise<number> {
  const query = 'max(count_over_time(istio_requests_total[5m]))';
  const response = await fetch(
    `${url}/api/v1/query?${new URLSearchParams({ query })}`,
  );
  const { data } = (await response.json()) as {
    data: { result: { value: [number, string] }[] };
  };
  return Number(data.result[0]?.value[1] ?? 0);
}

describeWithPrometheus('the fleet of a living mesh', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let asked: TestServer;
  let portal: CanaryPortal;

  const read = async (person: Person, query = ''): Promise<Fleet> => {
    const { status, body } = await portal.http(
      person,
      'get',
      `/v1/fleet${query}`,
    );
    expect([status, body.error]).toEqual([200, undefined]);
    return fleetSchema.parse(body);
  };
  const hurting = async (person: Person, query = ''): Promise<FleetHurting> =>
    fleetHurtingSchema.parse(
      (await portal.http(person, 'get', `/v1/fleet/hurting${query}`)).body,
    );
  const names = ({ rows }: Fleet) => rows.map(({ entityRef }) => entityRef);

  beforeAll(async () => {
    // Faster than life, so that a scene shows within a test's patience.
    sandbox = await startSandbox(['--speed', '5']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    // Whoever looks first has the hour read that all others are shown for five minutes.
    await until(
      () => scrapesOf(prometheus),
      count => count > 15,
      120_000,
    );
    asked = await presentRanges(prometheus.url);
    portal = await CanaryPortal.start({
      clusters: [
        writableCluster(sandbox, {
          prometheus: { url: asked.url, cacheTtl: '0s' },
        }),
      ],
      entities: [
        chat,
        ofTeam('llm', 'llm-gateway-service'),
        secret,
        component('elsewhere', { 'backstage.io/kubernetes-id': 'elsewhere' }),
        component('mistyped', { 'ai-mesh.io/service': 'ai-services/chatt' }),
        component('outside', {}),
      ],
    });
    await until(
      () => read('rita'),
      ({ rows, sources }) =>
        sources.every(({ status }) => status === 'ok') &&
        rows.filter(({ traffic }) => (valueOf(traffic.requestCount) ?? 0) > 300)
          .length >= 2,
      120_000,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await asked?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  it('has a row for every entity in a mesh that the reader may see, with what its own page says', async () => {
    const fleet = await read('rita', '?sort=name');
    expect(names(fleet)).toEqual([
      'component:default/chat',
      'component:default/llm',
      'component:default/mistyped',
    ]);
    const [row, llm, mistyped] = fleet.rows;
    const { body } = await portal.http(
      'rita',
      'get',
      '/v1/entities/component/default/chat/overview',
    );
    const { traffic, mtls } = overviewSchema.parse(body);
    const own = valueOf(traffic.total.requestsPerSecond)!;
    expect(valueOf(row.traffic.requestsPerSecond)! / own).toBeCloseTo(1, 0);
    const { trend } = row;
    // As young as the mesh is, there are gaps before it.
    const { requestsPerSecond, errorRatio } = valueOf(trend)!;
    expect([requestsPerSecond.length, errorRatio.length]).toEqual([12, 12]);
    expect([requestsPerSecond[0], errorRatio[0]]).toEqual([null, null]);
    expect(requestsPerSecond.at(-1)).toBeGreaterThan(0);
    expect(errorRatio.at(-1)).toBeLessThan(0.5);
    expect(mistyped.trend).toMatchObject({ status: 'unknown' });
    expect(row.health.status).toBe(traffic.health.status);
    expect(valueOf(row.encryption)!.share).toBeCloseTo(
      valueOf(mtls.observed)!.share,
      1,
    );
    expect(valueOf(row.encryption)!.share).toBeLessThan(1);
    expect(row.canary).toEqual({ status: 'known', value: null });
    expect(llm.systems).toEqual(['system:default/assistant']);
    expect(mistyped).toMatchObject({
      services: [],
      health: { status: 'unknown' },
      traffic: { requestsPerSecond: { status: 'unknown' } },
    });
    expect(
      fleet.sources.map(({ name, status }) => `${name} ${status}`),
    ).toEqual(['kubernetes ok', 'prometheus ok']);
    expect(fleet.facets).toEqual({
      owners: ['group:default/ai-team'],
      systems: ['system:default/assistant'],
      clusters: ['shop'],
      namespaces: ['ai-services'],
      levels: ['bronze', 'silver', 'gold'].map(id => ({
        id,
        title: expect.any(String),
      })),
      models: expect.any(Array),
      modelsNotKnown: expect.any(Number),
      slownessNotKnown: 0,
    });
  });

  it.each<[Person, number]>([
    ['stranger', 0],
    ['mallory', 0],
    ['adam', 3],
  ])('shows %s %d entities', async (person, count) => {
    const fleet = await read(person);
    expect([fleet.rows.length, fleet.all]).toEqual([count, count]);
  });

  it.each([
    '?search=secret',
    '?search=hidden',
    '?owner=group:default/secret-team',
    '?system=system:default/secret',
  ])('finds nothing of what may not be seen by %s', async query => {
    const found = await read('adam', query);
    expect([found.rows, found.total, found.all]).toEqual([[], 0, 3]);
    expect(JSON.stringify(found.facets)).not.toContain('secret');
  });

  it('sorts, searches, filters and turns pages', async () => {
    expect(names(await read('rita', '?search=LLM'))).toEqual([
      'component:default/llm',
    ]);
    expect(
      names(await read('rita', '?system=system:default/assistant,x')),
    ).toEqual(['component:default/llm']);
    expect(names(await read('rita', '?cluster=other'))).toEqual([]);
    expect(names(await read('rita', '?failing=true'))).toEqual([]);
    const byRate = await read('rita', '?sort=rate');
    const rates = byRate.rows.map(({ traffic }) =>
      valueOf(traffic.requestsPerSecond),
    );
    expect(rates.at(-1)).toBeUndefined();
    expect(rates[0]).toBeGreaterThanOrEqual(rates[1]!);
    const first = await read('rita', '?sort=name&order=desc&limit=2');
    expect(names(first)).toEqual([
      'component:default/mistyped',
      'component:default/llm',
    ]);
    expect(first.total).toBe(3);
    const last = await read(
      'rita',
      `?sort=name&order=desc&limit=2&cursor=${first.next}`,
    );
    expect(names(last)).toEqual(['component:default/chat']);
    expect(last.next).toBeUndefined();
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?sort=colour', 'sort'],
    ['?cursor=nonsense', 'cursor'],
  ])('refuses %s and says why', async (query, word) => {
    const { status, body } = await portal.http(
      'rita',
      'get',
      `/v1/fleet${query}`,
    );
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining(word),
    ]);
  });

  it('shows a canary that waits to those who may decide, first', async () => {
    const { id } = await portal.as('olivia').request();
    const canaryFor = async (person: Person) =>
      valueOf((await hurting(person)).canaries);
    expect(await canaryFor('adam')).toMatchObject([
      { id, state: 'requested', waiting: true, waitingForMe: true },
    ]);
    expect(await canaryFor('rita')).toMatchObject([
      { id, waiting: true, waitingForMe: false },
    ]);
    // She asked for it herself, and may not approve at all.
    expect(await canaryFor('olivia')).toMatchObject([{ waitingForMe: false }]);
    expect(await canaryFor('mallory')).toEqual([]);
    const narrowed = async (query: string) =>
      valueOf((await hurting('adam', query)).canaries);
    expect(await narrowed('?search=chat')).toMatchObject([{ id }]);
    expect(await narrowed('?system=system:default/assistant')).toEqual([]);
    const { rows } = await read('rita', '?sort=canary');
    expect(rows[0]).toMatchObject({
      entityRef: 'component:default/chat',
      canary: { value: { id, state: 'requested' } },
    });
    await portal.as('olivia').actNow(id, 'cancel');
    expect(await canaryFor('adam')).toEqual([]);
  });

  it('says how the control plane of their clusters does, and what is not known of what is stored', async () => {
    const { entities, controlPlanes, budgets, certificates, facts } =
      await hurting('rita');
    expect(controlPlanes).toEqual([
      {
        cluster: 'shop',
        root: {
          status: 'known',
          value: expect.objectContaining({ status: 'ok' }),
        },
        rejecting: { status: 'known', value: [] },
      },
    ]);
    expect(entities).toBe(3);
    for (const { ending, total, notKnown } of [budgets, certificates]) {
      expect(ending.length).toBe(total);
      expect(total + notKnown).toBeLessThanOrEqual(entities);
    }
    expect(facts.none).toBeLessThanOrEqual(3);
    // Of nothing that the reader may see: of no cluster either.
    expect(await hurting('mallory')).toMatchObject({
      entities: 0,
      controlPlanes: [],
      budgets: { total: 0, notKnown: 0 },
      facts: { none: 0 },
    });
  });

  it('names what it starts at when a model provider becomes slow, and how many suffer', async () => {
    const before = await hurting('rita');
    expect(before.origins).toEqual({ status: 'known', value: [] });
    await fetch(`${sandbox.control}/scene`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'slow-provider' }),
    });
    const { origins } = await until(
      () => hurting('rita'),
      answer =>
        (valueOf(answer.origins) ?? []).some(({ suffering }) =>
          suffering.entityRefs.includes('component:default/chat'),
        ),
      240_000,
    );
    const [first] = valueOf(origins)!;
    expect(first.node).toEqual({
      kind: 'external',
      cluster: 'shop',
      namespace: expect.any(String),
      name: 'api.fast-model.example',
      entityRefs: [],
    });
    expect(first.suffering.count).toBeGreaterThanOrEqual(2);
    expect(first.suffering.entityRefs).toContain('component:default/llm');
    expect(valueOf((await hurting('mallory')).origins)).toEqual([]);
    expect(
      valueOf((await hurting('rita', '?search=mistyped')).origins),
    ).toEqual([]);
    const narrowed = await hurting('rita', '?system=system:default/assistant');
    expect(valueOf(narrowed.origins)?.[0].suffering.entityRefs).toEqual([
      'component:default/llm',
    ]);
    // Its own callers give up, too.
    await until(
      () => read('rita', '?failing=true'),
      ({ rows }) =>
        rows.some(({ entityRef }) => entityRef === 'component:default/llm'),
      60_000,
    );
  });
});

/** How many queries a Prometheus has answered, by its own count. */
async function questionsTo({ url }: RealPrometheus): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [
    ...text.matchAll(
      /^prometheus_http_requests_total\{.*handler="\/api\/v1\/query(?:_range)?"\} (\d+)$/gm,
    ),
  ].reduce((sum, [, count]) => sum + Number(count), 0);
}

describeWithPrometheus('the fleet of many entities', () => {
  it('asks as many questions as there are clusters, whatever the entities and readers', async () => {
    const sandbox = await startSandbox();
    const prometheus = await startScrapingPrometheus(sandbox.metrics);
    const portal = await CanaryPortal.start({
      clusters: [
        writableCluster(sandbox, { prometheus: { url: prometheus.url } }),
      ],
      entities: Array.from({ length: 60 }, (_, index) =>
        component(`e${index}`, {
          'ai-mesh.io/service': `ai-services/${index % 2 ? 'qa-service' : 'llm-gateway-service'}`,
        }),
      ),
      aiMesh: { ownership: { claims: 'any' } },
    });
    try {
      const before = await questionsTo(prometheus);
      for (const person of ['rita', 'adam', 'olivia'] as const) {
        for (const path of ['/v1/fleet', '/v1/fleet/hurting']) {
          const { status } = await portal.http(person, 'get', path);
          expect([path, status]).toEqual([path, 200]);
        }
      }
      // Those of the table, and one for the last hour.
      expect((await questionsTo(prometheus)) - before).toBe(8);
    } finally {
      await portal.stop();
      await prometheus.stop();
      await sandbox.stop();
    }
  });
});
