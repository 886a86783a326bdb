import {
  MeshSandboxOptions,
  RunningMeshSandbox,
  startMeshSandbox,
} from '../server';

async function started(
  options: MeshSandboxOptions = {},
  seconds = 90,
): Promise<RunningMeshSandbox> {
  const sandbox = await startMeshSandbox({ speed: 0.0001, ...options });
  for (let i = 0; i < seconds; i += 1) {
    sandbox.tick();
  }
  return sandbox;
}

interface GraphElement {
  data: Record<string, unknown> & {
    id: string;
    source: string;
    target: string;
    traffic: { protocol: string; rates: Record<string, string> };
  };
}

interface Graph {
  graphType: string;
  duration: number;
  elements: { nodes: GraphElement[]; edges: GraphElement[] };
}

describe('an open Kiali', () => {
  let sandbox: RunningMeshSandbox;
  beforeAll(async () => {
    sandbox = await started();
  });
  afterAll(() => sandbox.stop());

  const get = (path: string) => fetch(`${sandbox.kiali}/api/${path}`);
  const json = async (path: string) => (await get(path)).json();
  const graph = (query: string): Promise<Graph> =>
    json(`namespaces/graph?namespaces=ai-services&duration=60s&${query}`);

  it('tells its version and its strategy', async () => {
    expect((await json('status')).status['Kiali version']).toBe('v2.31.0');
    expect((await json('auth/info')).strategy).toBe('anonymous');
  });

  it('draws workloads, with text for numbers and no zeros', async () => {
    const { elements, graphType } = await graph('graphType=workload');
    expect(graphType).toBe('workload');
    const names = elements.nodes.map(
      ({ data }) => data.workload ?? data.service,
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'ai-orchestrator',
        'ai-chat-service-v1',
        'ai-chat-service-v2',
        'nightly-embedding-job',
        'api.fast-model.example',
      ]),
    );
    for (const { data } of elements.edges) {
      for (const rate of Object.values(data.traffic.rates ?? {})) {
        expect(rate).toMatch(/^\d+(\.\d+)?$/);
        expect(Number(rate)).toBeGreaterThan(0);
      }
    }
  });

  it('marks encrypted edges, and says nothing of others', async () => {
    const { elements } = await graph('graphType=workload');
    const idOf = (workload: string) =>
      elements.nodes.find(({ data }) => data.workload === workload)?.data.id;
    const edges = (source: string) =>
      elements.edges.filter(
        ({ data }) =>
          data.source === idOf(source) && data.traffic.protocol === 'http',
      );
    expect(edges('ai-orchestrator').map(({ data }) => data.isMTLS)).toEqual([
      '100',
      '100',
      '100',
    ]);
    const plain = edges('nightly-embedding-job');
    expect(plain.length).toBeGreaterThan(0);
    plain.forEach(({ data }) => expect(data).not.toHaveProperty('isMTLS'));
    const node = elements.nodes.find(
      ({ data }) => data.workload === 'nightly-embedding-job',
    );
    expect(node?.data.isOutOfMesh).toBe(true);
  });

  it.each([
    ['app', ['app', 'service']],
    ['versionedApp', ['app', 'box', 'service']],
    ['service', ['app', 'service']],
    ['workload', ['service', 'workload']],
  ])('draws a graph of type %s', async (type, expected) => {
    const { elements } = await graph(`graphType=${type}&boxBy=app`);
    const types = new Set(elements.nodes.map(({ data }) => data.nodeType));
    types.delete('workload');
    expect([...types].sort()).toEqual(
      expected.filter(one => one !== 'workload'),
    );
    const ids = new Set(elements.nodes.map(({ data }) => data.id));
    for (const { data } of elements.edges) {
      expect(ids).toContain(data.source);
      expect(ids).toContain(data.target);
    }
  });

  it('puts services between workloads when asked to, with their marks', async () => {
    const { elements } = await graph(
      'graphType=workload&injectServiceNodes=true',
    );
    const chat = elements.nodes.find(
      ({ data }) => data.service === 'ai-chat-service',
    );
    expect(chat?.data).toMatchObject({
      nodeType: 'service',
      hasCB: true,
      hasRequestRouting: true,
      hasRequestTimeout: true,
      hasTrafficShifting: true,
    });
  });

  it('leaves out what no appender was asked for', async () => {
    const { elements } = await graph('graphType=workload&appenders=deadNode');
    for (const { data } of elements.edges) {
      expect(data).not.toHaveProperty('isMTLS');
      expect(data).not.toHaveProperty('responseTime');
    }
  });

  it('draws the neighbourhood of one node', async () => {
    const own: Graph = await json(
      'namespaces/ai-services/services/qa-service/graph?duration=60s&injectServiceNodes=true',
    );
    expect(own.elements.edges.length).toBeGreaterThan(0);
    expect(own.elements.edges.length).toBeLessThan(4);
  });

  it('judges health, and not what has no traffic', async () => {
    const { namespaceServiceHealth: health } = await json(
      'clusters/health?type=service&namespaces=ai-services,istio-system&rateInterval=60s',
    );
    expect(
      health['ai-services']['api-gateway'].requests.inbound.http['200'],
    ).toBeGreaterThan(8);
    expect(health['ai-services']['api-gateway'].status.status).not.toBe('NA');
    expect(health['istio-system'].istiod.status.status).toBe('NA');
  });

  it('has the mTLS status of mesh and namespaces', async () => {
    expect((await json('mesh/tls')).status).toBe('MTLS_NOT_ENABLED');
    expect((await json('namespaces/ai-services/tls')).status).toBe(
      'MTLS_PARTIALLY_ENABLED',
    );
    expect(await json('clusters/tls?namespaces=ai-services')).toEqual([
      {
        status: 'MTLS_PARTIALLY_ENABLED',
        autoMTLSEnabled: true,
        minTLS: 'N/A',
        cluster: 'Kubernetes',
        namespace: 'ai-services',
      },
    ]);
  });

  it('finds what is wrong with routes and rules', async () => {
    const { store } = sandbox;
    const object = (kind: string, spec: unknown) =>
      store.upsert({
        apiVersion: 'networking.istio.io/v1',
        kind,
        metadata: { name: 'broken', namespace: 'ai-services' },
        spec,
      });
    object('VirtualService', {
      hosts: ['qa-service'],
      http: [
        {
          route: [
            { destination: { host: 'qa-service', subset: 'v9' }, weight: 50 },
          ],
        },
        { route: [{ destination: { host: 'nobody' } }] },
      ],
    });
    object('DestinationRule', {
      host: 'qa-service',
      subsets: [{ name: 'v7', labels: { version: 'v7' } }],
    });
    sandbox.tick();
    const { resources, validations } = await json('istio/config?validate=true');
    const gvk = (kind: string) => `networking.istio.io/v1, Kind=${kind}`;
    expect(resources[gvk('VirtualService')].length).toBeGreaterThan(2);
    const checks = (kind: string) =>
      validations[gvk(kind)]['broken.ai-services'].checks.map(
        ({ code, path }: { code: string; path: string }) => `${code} ${path}`,
      );
    expect(checks('VirtualService')).toEqual([
      'KIA1107 spec/http[0]/route[0]/destination',
      'KIA1104 spec/http[0]/route[0]/weight',
      'KIA1101 spec/http[1]/route[0]/destination/host',
    ]);
    expect(checks('DestinationRule')).toEqual(['KIA0203 spec/subsets[0]']);
    expect(
      validations[gvk('VirtualService')]['ai-chat-service.ai-services'],
    ).toMatchObject({ valid: true, checks: [] });
    expect(await json('istio/validations?namespaces=ai-services')).toEqual([
      expect.objectContaining({ errors: 2, warnings: 2 }),
    ]);
  });

  it.each([
    ['namespaces/graph', 400],
    ['namespaces/graph?namespaces=nope', 403],
    ['namespaces/graph?namespaces=ai-services&graphType=pie', 400],
    ['namespaces/graph?namespaces=ai-services&appenders=magic', 400],
    ['namespaces/graph?namespaces=ai-services&duration=soon', 400],
    ['mesh/tls?surprise=1', 400],
  ])('refuses %s with %i and a message', async (path, status) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect((await response.json()).error).toEqual(expect.any(String));
  });

  it('has no words of its own for a path that is none', async () => {
    const response = await get('nowhere');
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('404 page not found\n');
  });

  it('leaves out namespaces and objects that it does not know', async () => {
    const { namespaceServiceHealth, namespaceHealth } = await json(
      'clusters/health?type=service&namespaces=ai-services,nope&rateInterval=60s',
    );
    expect(Object.keys(namespaceServiceHealth)).toEqual(['ai-services']);
    expect(Object.keys(namespaceHealth)).toEqual(['ai-services']);
    expect(namespaceServiceHealth['ai-services']).toHaveProperty([
      'api.fast-model.example',
    ]);
    const route = 'gateway.networking.k8s.io/v1, Kind=HTTPRoute';
    const { resources } = await json(
      `istio/config?objects=${encodeURIComponent(`${route};x/v1, Kind=Nonsense`)}`,
    );
    expect(Object.keys(resources)).toEqual([route]);
  });

  it('knows no health of services where its cluster has another name than in the metrics', async () => {
    const mistaken = await started({ kialiCluster: 'prod' }, 30);
    const response = await fetch(
      `${mistaken.kiali}/api/clusters/health?type=service&namespaces=ai-services&rateInterval=30s`,
    );
    const { namespaceServiceHealth: health } = await response.json();
    await mistaken.stop();
    const statuses = Object.values<{ status: { status: string } }>(
      health['ai-services'],
    ).map(({ status }) => status.status);
    expect(new Set(statuses)).toEqual(new Set(['NA']));
  });

  it('refuses a namespace`s mTLS status with a bare text', async () => {
    const response = await get('namespaces/nope/tls');
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual(expect.any(String));
  });
});

describe('a Kiali that wants a token', () => {
  let sandbox: RunningMeshSandbox;
  beforeAll(async () => {
    sandbox = await started({ kialiAuth: 'token' }, 1);
  });
  afterAll(() => sandbox.stop());

  const logIn = (token: string) =>
    fetch(`${sandbox.kiali}/api/authenticate`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
  const tls = (headers: Record<string, string>) =>
    fetch(`${sandbox.kiali}/api/mesh/tls`, { headers });

  it('exchanges it for a cookie of the cluster`s name', async () => {
    const answer = await logIn(sandbox.tokens.reader);
    expect(answer.status).toBe(200);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^kiali-token-Kubernetes=[\w-]+;/);
    const headers = { cookie: cookie.split(';')[0] };
    expect((await tls(headers)).status).toBe(200);
    expect((await tls({})).status).toBe(401);
  });

  it('takes no bearer header', async () => {
    const response = await tls({
      authorization: `Bearer ${sandbox.tokens.reader}`,
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('text/plain');
  });

  it.each([
    ['a token that nobody knows', 'wrong', 401],
    ['a token without rights', 'sandbox-nobody', 403],
  ])('refuses %s', async (_, token, status) => {
    expect((await logIn(token)).status).toBe(status);
  });
});

describe('an older Kiali', () => {
  it.each([
    ['2.0.0', 'kiali-token-Kubernetes', 32],
    ['2.4.0', 'kiali-token-Kubernetes', 64],
    ['1.86.0', 'kiali-token-aes', 32],
  ])(
    '%s has the cookie %s and ids of %i digits',
    async (kialiVersion, cookie, digits) => {
      const sandbox = await started({ kialiVersion, kialiAuth: 'token' }, 30);
      const answer = await fetch(`${sandbox.kiali}/api/authenticate`, {
        method: 'POST',
        body: new URLSearchParams({ token: sandbox.tokens.reader }),
      });
      const set = answer.headers.get('set-cookie') ?? '';
      const headers = { cookie: set.split(';')[0] };
      const graph: Graph = await (
        await fetch(
          `${sandbox.kiali}/api/namespaces/graph?namespaces=ai-services`,
          { headers },
        )
      ).json();
      await sandbox.stop();
      expect(set).toContain(`${cookie}=`);
      expect(graph.elements.nodes[0].data.id).toHaveLength(digits);
    },
  );

  it('lists objects flat, knows no health of clusters, and takes any parameter', async () => {
    const sandbox = await started({ kialiVersion: '1.79.0' }, 30);
    const get = (path: string) => fetch(`${sandbox.kiali}/api/${path}`);
    const config = await (await get('istio/config?validate=true')).json();
    const counts = await (await get('istio/validations')).json();
    const statuses = [
      (await get('clusters/health?namespaces=ai-services')).status,
      (await get('clusters/tls')).status,
      (await get('mesh/tls?surprise=1')).status,
    ];
    await sandbox.stop();
    expect(config.virtualServices.length).toBeGreaterThan(0);
    expect(
      config.validations.virtualservice['ai-chat-service.ai-services'].valid,
    ).toBe(true);
    expect(counts['ai-services']).toMatchObject({ errors: 0 });
    expect(statuses).toEqual([404, 404, 200]);
  });
});
