import { app, PlayedMesh, playMesh } from '../testing/playMesh';
import { BehaviourFile } from '../world';

type WorkloadFile = NonNullable<BehaviourFile['workloads']>[number];

/** `web` calls `chat` so many times a second; `chat` behaves as said. */
function behaviour(
  rate: number,
  chat: Omit<WorkloadFile, 'workload'>,
): BehaviourFile {
  return {
    loads: [
      {
        from: 'shop/web-v1',
        requestsPerSecond: rate,
        requests: [{ to: 'chat:8080', method: 'POST', path: '/api/chat' }],
      },
    ],
    workloads: [{ workload: 'shop/chat-v1', ...chat }],
  };
}

function virtualService(rest: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat, namespace: shop }
spec:
  hosts: [chat]
  http: [{ route: [{ destination: { host: chat } }], ${rest} }]`;
}

function destinationRule(policy: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: shop }
spec: { host: chat, trafficPolicy: ${policy} }`;
}

const NO_RETRIES = 'retries: { attempts: 0 }';

/** How many requests the caller's proxy reported, by status and flags. */
function outcomes(mesh: PlayedMesh): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, flags } of mesh.between('source', 'web-v1')) {
    const outcome = flags === '-' ? String(status) : `${status} ${flags}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

const slow = { latencyMs: { median: 3000, p99: 3001 } };
const failing = { errorRatio: 1, latencyMs: { median: 5, p99: 6 } };

describe('time-outs', () => {
  it('ends a request at the route, while the callee works on for nobody', () => {
    const mesh = playMesh(
      [app('web'), app('chat'), virtualService(`timeout: 1s, ${NO_RETRIES}`)],
      behaviour(10, slow),
    );
    mesh.play(10);
    expect(Object.keys(outcomes(mesh))).toEqual(['504 UT']);
    const [first] = mesh.between('source', 'web-v1');
    expect(first.durationMs).toBeCloseTo(1000, 0);
    // The callee's proxy saw its caller hang up: no status, and the flag of it.
    const seen = mesh.between('destination', 'web-v1');
    expect(
      new Set(seen.map(({ status, flags }) => `${status} ${flags}`)),
    ).toEqual(new Set(['0 DC']));
    // Three seconds of work for each of ten requests a second.
    const [chat] = [...mesh.cluster.pods()].filter(
      ({ pod }) => pod.workload.name === 'chat-v1',
    );
    expect(chat.state.busy).toBeGreaterThan(20);
  });

  it('counts each try at the callee, and flags the exhausted retries', () => {
    const mesh = playMesh(
      [
        app('web'),
        app('chat'),
        virtualService(
          'timeout: 10s, retries: { attempts: 2, perTryTimeout: 1s, retryOn: gateway-error }',
        ),
      ],
      behaviour(10, slow),
    );
    mesh.play(20);
    expect(Object.keys(outcomes(mesh))).toEqual(['504 UT,URX']);
    const ended = mesh.between('source', 'web-v1').length;
    const tries = mesh.between('destination', 'web-v1').length;
    expect(tries / ended).toBeGreaterThan(2.8);
    expect(tries / ended).toBeLessThan(3.4);
  });
});

describe('retries', () => {
  it.each([
    ['5xx', 3],
    ['gateway-error', 1],
    ['retriable-4xx', 1],
    ['connect-failure', 1],
    ['500', 3],
  ])('on %s try a 500 %i times', (retryOn, tries) => {
    const mesh = playMesh(
      [
        app('web'),
        app('chat'),
        virtualService(`retries: { attempts: 2, retryOn: "${retryOn}" }`),
      ],
      behaviour(20, failing),
    );
    mesh.play(10);
    const asked = mesh.between('source', 'web-v1').length;
    const answered = mesh.between('destination', 'web-v1').length;
    expect(answered / asked).toBeCloseTo(tries, 1);
    expect(Object.keys(outcomes(mesh))).toEqual([
      tries > 1 ? '500 URX' : '500',
    ]);
  });

  it('bring an answer where one try in three succeeds', () => {
    const mesh = playMesh(
      [
        app('web'),
        app('chat'),
        virtualService('retries: { attempts: 4, retryOn: 5xx }'),
      ],
      behaviour(50, { errorRatio: 0.5, latencyMs: { median: 5, p99: 6 } }),
    );
    mesh.play(20);
    const { 200: good, '500 URX': bad } = outcomes(mesh);
    expect(bad / (good + bad)).toBeCloseTo(0.5 ** 5, 1);
    expect(bad / (good + bad)).toBeLessThan(0.06);
  });

  it('are limited by maxRetries', () => {
    const mesh = playMesh(
      [
        app('web'),
        app('chat'),
        virtualService('retries: { attempts: 2, retryOn: 5xx }'),
        destinationRule('{ connectionPool: { http: { maxRetries: 1 } } }'),
      ],
      behaviour(100, { ...failing, latencyMs: { median: 500, p99: 501 } }),
    );
    mesh.play(5);
    expect(outcomes(mesh)['500 UO']).toBeGreaterThan(100);
  });
});

describe('connection pools', () => {
  it('refuse what neither a connection nor the queue has room for', () => {
    const mesh = playMesh(
      [
        app('web'),
        app('chat'),
        virtualService(NO_RETRIES),
        destinationRule(
          '{ connectionPool: { tcp: { maxConnections: 4 }, http: { http1MaxPendingRequests: 2 } } }',
        ),
      ],
      behaviour(20, { latencyMs: { median: 1000, p99: 1001 } }),
    );
    mesh.play(20);
    const counts = outcomes(mesh);
    // Four at a time, a second each.
    expect(counts[200] / 20).toBeGreaterThan(3);
    expect(counts[200] / 20).toBeLessThan(4.5);
    expect(counts['503 UO'] / 20).toBeGreaterThan(12);
    expect(
      mesh.between('source', 'web-v1').filter(one => one.flags === 'UO')[0]
        .destination,
    ).toBeUndefined();
    const [web] = [...mesh.cluster.pods()].filter(
      ({ pod }) => pod.workload.name === 'web-v1',
    );
    const [pool] = web.state.pools.values();
    expect(pool.active).toBe(4);
    expect(pool.pending).toBe(2);
    expect(pool.pendingOverflow).toBe(counts['503 UO']);
  });

  it("replace the rule's limits by those of the subset, as a whole", () => {
    const mesh = playMesh(
      [
        app('web'),
        app('chat'),
        `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat, namespace: shop }
spec:
  hosts: [chat]
  http: [{ route: [{ destination: { host: chat, subset: v1 } }] }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: shop }
spec:
  host: chat
  trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1 } } }
  subsets:
    - name: v1
      labels: { version: v1 }
      trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 80 } } }`,
      ],
      behaviour(20, { latencyMs: { median: 1000, p99: 1001 } }),
    );
    mesh.play(10);
    expect(Object.keys(outcomes(mesh))).toEqual(['200']);
  });
});

describe('outlier detection', () => {
  const twoHosts = [
    app('web'),
    app('chat', { versions: ['v1', 'bad'] }),
    virtualService(NO_RETRIES),
  ];
  const oneBad: BehaviourFile = {
    ...behaviour(40, { latencyMs: { median: 5, p99: 6 } }),
    workloads: [
      { workload: 'shop/chat-v1', latencyMs: { median: 5, p99: 6 } },
      { workload: 'shop/chat-bad', ...failing },
    ],
  };
  const policy = (percent: number) =>
    destinationRule(
      `{ outlierDetection: { consecutive5xxErrors: 5, baseEjectionTime: 20s, maxEjectionPercent: ${percent} } }`,
    );

  it('keeps a failing host out of the pool for its time, then tries it again', () => {
    const mesh = playMesh([...twoHosts, policy(50)], oneBad);
    mesh.play(3);
    mesh.forget();
    mesh.play(15);
    expect(mesh.between('source', 'web-v1', 'chat-bad')).toHaveLength(0);
    expect(Object.keys(outcomes(mesh))).toEqual(['200']);
    mesh.play(10);
    expect(
      mesh.between('source', 'web-v1', 'chat-bad').length,
    ).toBeGreaterThanOrEqual(5);
  });

  it('ejects longer each time', () => {
    const mesh = playMesh([...twoHosts, policy(50)], oneBad);
    mesh.play(25);
    mesh.forget();
    // The second ejection lasts 40 s.
    mesh.play(30);
    expect(mesh.between('source', 'web-v1', 'chat-bad')).toHaveLength(0);
  });

  it('ejects nobody where that would be too large a share of the hosts', () => {
    const mesh = playMesh([...twoHosts, policy(40)], oneBad);
    mesh.play(10);
    expect(outcomes(mesh)[500]).toBeGreaterThan(100);
    const [web] = [...mesh.cluster.pods()].filter(
      ({ pod }) => pod.workload.name === 'web-v1',
    );
    const [pool] = web.state.pools.values();
    expect(pool.health.enforced).toBe(0);
    expect(pool.health.overflow).toBeGreaterThan(10);
  });
});

describe('endpoints', () => {
  it('are answered for with 503 UH where none is ready', () => {
    const mesh = playMesh(
      [app('web'), app('chat', { replicas: 0 })],
      behaviour(20, {}),
    );
    mesh.play(3);
    expect(Object.keys(outcomes(mesh))).toEqual(['503 UH']);
  });

  it('come and go with the replicas', () => {
    const mesh = playMesh([app('web'), app('chat')], behaviour(20, {}));
    mesh.play(3);
    expect(Object.keys(outcomes(mesh))).toEqual(['200']);
    mesh.apply(app('chat', { replicas: 0 }));
    mesh.play(1);
    mesh.forget();
    mesh.play(3);
    expect(Object.keys(outcomes(mesh))).toEqual(['503 UH']);
  });
});

describe('failures cascade', () => {
  const chain: BehaviourFile = {
    loads: [
      {
        from: 'shop/web-v1',
        requestsPerSecond: 20,
        requests: [{ to: 'planner:8080', method: 'POST', path: '/plan' }],
      },
    ],
    workloads: [
      {
        workload: 'shop/planner-v1',
        concurrencyPerPod: 50,
        queuePerPod: 50,
        calls: [{ to: 'chat:8080', method: 'POST', path: '/api/chat' }],
      },
      { workload: 'shop/chat-v1', latencyMs: { median: 50, p99: 80 } },
    ],
  };
  const play = () => playMesh([app('web'), app('planner'), app('chat')], chain);

  it('as errors', () => {
    const mesh = play();
    mesh.play(10);
    expect(Object.keys(outcomes(mesh))).toEqual(['200']);
    mesh.conditions.disturbances.set('shop/chat-v1', { errorRatio: 0.5 });
    mesh.play(1);
    mesh.forget();
    mesh.play(20);
    const counts = outcomes(mesh);
    expect(counts[502] / (counts[200] + counts[502])).toBeCloseTo(0.5, 0);
  });

  it('as waiting, and as refusals once nobody has a hand free', () => {
    const mesh = play();
    mesh.conditions.disturbances.set('shop/chat-v1', { latencyFactor: 100 });
    mesh.play(30);
    const served = mesh
      .between('source', 'web-v1')
      .filter(({ status }) => status === 200);
    // Five seconds of work, and the wait of those before.
    expect(served.at(-1)!.durationMs).toBeGreaterThan(8000);
    expect(outcomes(mesh)[503]).toBeGreaterThan(50);
  });
});
