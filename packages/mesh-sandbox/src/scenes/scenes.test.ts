import { Faults } from '../faults';
import { startMeshSandbox } from '../server';
import { ObjectStore } from '../store';
import { Conditions } from '../traffic';
import { builtInWorld, readWorld } from '../world';
import { SceneStage } from './SceneStage';

// Minutes of the mesh are seconds of work, and more where others are at work too.
jest.setTimeout(60_000);

/** Time stands still but for the test's own ticks. */
const FROZEN = { speed: 0.0001 };

interface Counted {
  total: number;
  failed: number;
  throttled: number;
  meanMs: number;
}

/** What a service's callers (or, of plaintext, its own proxies) saw of a version, all in all. */
function counted(text: string, match: Record<string, string>): Counted {
  const fits = (line: string) =>
    Object.entries(match).every(([key, value]) =>
      line.includes(`,${key}="${value}"`),
    );
  const valueOf = (line: string) => Number(line.slice(line.lastIndexOf(' ')));
  const lines = text.split('\n').filter(fits);
  const requests = lines.filter(line =>
    line.startsWith('istio_requests_total{'),
  );
  const add = (chosen: string[]) =>
    chosen.reduce((sum, line) => sum + valueOf(line), 0);
  const total = add(requests);
  const durations = lines.filter(line =>
    line.startsWith('istio_request_duration_milliseconds_sum{'),
  );
  return {
    total,
    failed: add(
      requests.filter(line => /response_code="(0|5\d\d)"/.test(line)),
    ),
    throttled: add(requests.filter(line => line.includes('="429"'))),
    meanMs: add(durations) / total,
  };
}

async function watch(
  scene: string,
  seconds: number,
  match: Record<string, string>,
): Promise<Counted> {
  const sandbox = await startMeshSandbox(FROZEN);
  try {
    for (let i = 0; i < 20; i += 1) {
      sandbox.tick();
    }
    const scrape = async () => (await fetch(sandbox.metrics)).text();
    const before = counted(await scrape(), match);
    sandbox.stage.play(scene);
    for (let i = 0; i < seconds; i += 1) {
      sandbox.tick();
    }
    const after = counted(await scrape(), match);
    const total = after.total - before.total;
    return {
      total,
      failed: after.failed - before.failed,
      throttled: after.throttled - before.throttled,
      meanMs:
        (after.meanMs * after.total - before.meanMs * before.total) / total,
    };
  } finally {
    await sandbox.stop();
  }
}

const chat = (version: string) => ({
  destination_service_name: 'ai-chat-service',
  destination_version: version,
  source_workload: 'ai-orchestrator',
});
const FRONT = {
  source_workload: 'istio-ingressgateway',
  destination_service_name: 'api-gateway',
};
const FAST = { destination_service_name: 'api.fast-model.example' };

describe('scenes', () => {
  it('normal: hardly anything fails', async () => {
    const front = await watch('normal', 300, FRONT);
    expect(front.total).toBeGreaterThan(3000);
    expect(front.failed / front.total).toBeLessThan(0.01);
  });

  it('bad-canary: version 2 fails 15%, version 1 does not', async () => {
    const second = await watch('bad-canary', 400, chat('v2'));
    const first = await watch('bad-canary', 200, chat('v1'));
    expect(second.failed / second.total).toBeGreaterThan(0.1);
    expect(second.failed / second.total).toBeLessThan(0.2);
    expect(first.failed / first.total).toBeLessThan(0.02);
  });

  it('good-canary: version 2 is as quick as version 1, and sound', async () => {
    const second = await watch('good-canary', 400, chat('v2'));
    const first = await watch('good-canary', 200, chat('v1'));
    expect(second.failed / second.total).toBeLessThan(0.02);
    expect(second.meanMs / first.meanMs).toBeLessThan(1.2);
  });

  it('worse-answers: version 2 is sound and as quick, and gets twice the thumbs down', async () => {
    const sandbox = await startMeshSandbox(FROZEN);
    sandbox.stage.play('worse-answers');
    for (let i = 0; i < 400; i += 1) {
      sandbox.tick();
    }
    const text = await (await fetch(sandbox.metrics)).text();
    await sandbox.stop();
    const sum = (metric: string, version: string, more = '') =>
      text
        .split('\n')
        .filter(
          line =>
            line.startsWith(`${metric}{`) &&
            line.includes(`version="${version}"`) &&
            line.includes(more),
        )
        .reduce((all, line) => all + Number(line.split(' ').at(-1)), 0);
    const down = (version: string) =>
      sum('ai_feedback_total', version, 'rating="down"') /
      sum('ai_feedback_total', version);
    const score = (version: string) =>
      sum('gen_ai_evaluation_score_sum', version) /
      sum('gen_ai_evaluation_score_count', version);
    expect(down('v1')).toBeGreaterThan(0.2);
    expect(down('v1')).toBeLessThan(0.3);
    expect(down('v2')).toBeGreaterThan(0.4);
    expect(down('v2')).toBeLessThan(0.6);
    expect(score('v1')).toBeGreaterThan(0.75);
    expect(score('v2')).toBeLessThan(0.7);
    expect(
      sum('ai_answers_total', 'v1', 'finish_reason="stop"'),
    ).toBeGreaterThan(100);
    const second = counted(text, chat('v2'));
    const first = counted(text, chat('v1'));
    expect(second.failed / second.total).toBeLessThan(0.02);
    expect(second.meanMs / first.meanMs).toBeLessThan(1.2);
  });

  it('ill-service: both versions fail alike', async () => {
    const second = await watch('ill-service', 400, chat('v2'));
    const first = await watch('ill-service', 200, chat('v1'));
    for (const { failed, total } of [first, second]) {
      expect(failed / total).toBeGreaterThan(0.12);
      expect(failed / total).toBeLessThan(0.28);
    }
  });

  it('slow-provider: the provider takes its time, and callers far away fail', async () => {
    const provider = await watch('slow-provider', 300, FAST);
    expect(provider.meanMs).toBeGreaterThan(10_000);
    expect(provider.failed / provider.total).toBeGreaterThan(0.05);
    const front = await watch('slow-provider', 300, FRONT);
    expect(front.failed / front.total).toBeGreaterThan(0.01);
    expect(front.meanMs).toBeGreaterThan(5000);
  });

  it('twelve-times: twelve times as much, and it holds', async () => {
    const front = await watch('twelve-times', 180, FRONT);
    expect(front.total / 180).toBeGreaterThan(140);
    expect(front.failed / front.total).toBeLessThan(0.03);
  });

  it('plaintext-stops: nothing comes in plaintext any more', async () => {
    const { total } = await watch('plaintext-stops', 120, {
      source_workload: 'nightly-embedding-job',
      reporter: 'destination',
    });
    // What was under way when it stopped.
    expect(total).toBeLessThan(8);
  });

  it('certificate-nearly-expired: its time runs out, and the root`s', async () => {
    const sandbox = await startMeshSandbox(FROZEN);
    sandbox.stage.play('certificate-nearly-expired');
    for (let i = 0; i < 60; i += 1) {
      sandbox.tick();
    }
    const text = await (await fetch(sandbox.metrics)).text();
    await sandbox.stop();
    const value = (start: RegExp) =>
      Number(
        text
          .split('\n')
          .find(line => start.test(line))
          ?.split(' ')
          .at(-1),
      );
    const agent = 'istio_agent_cert_expiry_seconds.*';
    expect(value(new RegExp(`^${agent}ai-chat-service-v2`))).toBe(2340);
    expect(value(new RegExp(`^${agent}ai-chat-service-v1`))).toBeGreaterThan(
      40_000,
    );
    expect(
      value(/^citadel_server_root_cert_expiry_seconds/) / 86_400,
    ).toBeCloseTo(20, 1);
  });

  it('configuration-rejected: istiod names the proxies of version 2 alone, and counts all that are connected', async () => {
    const sandbox = await startMeshSandbox(FROZEN);
    const reported = async (metric: string) =>
      (await (await fetch(sandbox.metrics)).text())
        .split('\n')
        .filter(line => line.startsWith(metric));
    const [connected] = await reported('pilot_xds{');
    expect(Number(connected.split(' ').at(-1))).toBeGreaterThan(10);
    expect(await reported('pilot_xds_lds_reject')).toEqual([]);
    sandbox.stage.play('configuration-rejected');
    const rejected = await reported('pilot_xds_lds_reject{');
    await sandbox.stop();
    expect(rejected).not.toHaveLength(0);
    for (const line of rejected) {
      expect(line).toMatch(/node="ai-chat-service-v2-[^"]*\.ai-services".* 1$/);
    }
  });

  it.each([
    ['shop', ['bad-canary', 'plaintext-stops', 'strict-applied']],
    [
      'ambient',
      ['bad-canary', 'waypoint-away', 'waypoint-down', 'waypoint-refuses'],
    ],
    ['pools', ['bad-pool']],
    [
      'two-clusters',
      [
        'bad-canary',
        'bad-canary-for-east',
        'bad-canary-for-west',
        'east-west-gateway-away',
        'west-away',
        'west-prometheus-away',
      ],
    ],
  ])('are those alone that make sense in the world %s', async (world, own) => {
    const sandbox = await startMeshSandbox({
      ...FROZEN,
      world: builtInWorld(world),
    });
    const playable = sandbox.stage.scenes.map(({ name }) => name);
    await sandbox.stop();
    const everywhere = ['normal', 'prometheus-away', 'api-server-restarts'];
    expect(playable).toEqual(expect.arrayContaining([...own, ...everywhere]));
    const special =
      /^(bad-pool|waypoint-.*|east-west-.*|west-.*|bad-canary-for-.*)$/;
    expect(playable.filter(name => special.test(name))).toEqual(
      own.filter(name => special.test(name)),
    );
  });

  it('waypoint-away: calls go past the waypoint, unmeasured by it, until it is there again', async () => {
    const sandbox = await startMeshSandbox({
      ...FROZEN,
      world: builtInWorld('ambient'),
    });
    const there = () =>
      [
        ['gateway.networking.k8s.io', 'Gateway'],
        ['apps', 'Deployment'],
        ['', 'Service'],
      ].map(
        ([group, kind]) =>
          sandbox.store.get(group, kind, {
            namespace: 'ai-services',
            name: 'ai-waypoint',
          }) !== undefined,
      );
    const pods = () =>
      sandbox.store
        .list('', 'Pod', { namespace: 'ai-services' })
        .filter(({ metadata }) => metadata.name.startsWith('ai-waypoint-'));
    const reported = async (metric: string, match: string) => {
      for (let i = 0; i < 60; i += 1) {
        sandbox.tick();
      }
      const text = await (await fetch(sandbox.metrics)).text();
      return text
        .split('\n')
        .filter(
          line =>
            line.startsWith(`${metric}{`) &&
            line.includes(match) &&
            line.includes('destination_service_name="ai-chat-service"'),
        )
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    };
    const waypoint = () =>
      reported('istio_requests_total', 'reporter="waypoint"');
    const tunnels = () =>
      reported('istio_tcp_connections_opened_total', 'reporter="source"');
    try {
      expect(await waypoint()).toBeGreaterThan(0);
      sandbox.stage.play('waypoint-away');
      expect(there()).toEqual([false, false, false]);
      expect(pods()).toEqual([]);
      // What was under way when it went comes to its end within the first minute.
      const [before, opened] = [await waypoint(), await tunnels()];
      expect(await waypoint()).toBe(before);
      expect(await tunnels()).toBeGreaterThan(opened);
      sandbox.stage.play('normal');
      expect(there()).toEqual([true, true, true]);
      expect(pods()).toHaveLength(2);
      expect(await waypoint()).toBeGreaterThan(before);
    } finally {
      await sandbox.stop();
    }
  });

  it('waypoint-refuses: connections fail, which ztunnels count, and no byte goes over them, until it takes them again', async () => {
    const sandbox = await startMeshSandbox({
      ...FROZEN,
      world: builtInWorld('ambient'),
    });
    const reported = async () => {
      for (let i = 0; i < 60; i += 1) {
        sandbox.tick();
      }
      const lines = (await (await fetch(sandbox.metrics)).text()).split('\n');
      const sum = (metric: string, label = '') =>
        lines
          .filter(
            line =>
              line.startsWith(`${metric}{`) &&
              line.includes('destination_service_name="ai-orchestrator"') &&
              line.includes(label),
          )
          .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
      return {
        requests: sum('istio_requests_total', 'reporter="waypoint"'),
        opened: sum('istio_tcp_connections_opened_total', 'reporter="source"'),
        failed: sum(
          'istio_tcp_connections_closed_total',
          'response_flags="CONNECT"',
        ),
        bytes: sum('istio_tcp_sent_bytes_total', 'reporter="source"'),
      };
    };
    try {
      expect(await reported()).toMatchObject({ failed: 0 });
      sandbox.stage.play('waypoint-refuses');
      // What was under way comes to its end within the first minute.
      const began = await reported();
      const later = await reported();
      expect(later.failed).toBeGreaterThan(began.failed);
      expect(later.opened - began.opened).toBe(later.failed - began.failed);
      expect(later).toMatchObject({
        requests: began.requests,
        bytes: began.bytes,
      });
      sandbox.stage.play('normal');
      const after = await reported();
      expect(after.failed).toBe(later.failed);
      expect(after.requests).toBeGreaterThan(later.requests);
    } finally {
      await sandbox.stop();
    }
  });

  it('waypoint-down: calls do not connect, their callers fail, and nobody counts them, until it is up again', async () => {
    const sandbox = await startMeshSandbox({
      ...FROZEN,
      world: builtInWorld('ambient'),
    });
    const reported = async () => {
      for (let i = 0; i < 60; i += 1) {
        sandbox.tick();
      }
      const lines = (await (await fetch(sandbox.metrics)).text()).split('\n');
      const sum = (metric: string, ...labels: string[]) =>
        lines
          .filter(
            line =>
              line.startsWith(`${metric}{`) &&
              labels.every(label => line.includes(label)),
          )
          .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
      const ofOrchestrator = 'destination_service_name="ai-orchestrator"';
      const ofGateway = 'destination_service_name="api-gateway"';
      return {
        waypoint: sum('istio_requests_total', ofOrchestrator),
        tunnels: sum('istio_tcp_connections_opened_total', ofOrchestrator),
        refused: sum(
          'istio_requests_total',
          ofGateway,
          'reporter="source"',
          'response_code="502"',
        ),
      };
    };
    try {
      expect((await reported()).waypoint).toBeGreaterThan(0);
      sandbox.stage.play('waypoint-down');
      // What was under way when it went comes to its end within the first minute, as do the series of its pods.
      const began = await reported();
      const later = await reported();
      expect(later.waypoint).toBe(0);
      expect(later.tunnels).toBe(began.tunnels);
      expect(later.refused).toBeGreaterThan(began.refused);
      sandbox.stage.play('normal');
      const after = await reported();
      expect(after.tunnels).toBeGreaterThan(later.tunnels);
      expect(after.waypoint).toBeGreaterThan(0);
    } finally {
      await sandbox.stop();
    }
  });

  describe('that edit what is in the cluster', () => {
    const route = {
      group: 'networking.istio.io',
      kind: 'VirtualService',
      namespace: 'ai-services',
      name: 'ai-chat-service',
    };
    const policy = {
      group: 'security.istio.io',
      kind: 'PeerAuthentication',
      namespace: 'ai-services',
      name: 'default',
    };
    const specIn = (
      { store }: { store: ObjectStore },
      { group, kind, ...name }: typeof route,
    ) => store.get(group, kind, name)?.spec as any;

    it.each([
      [
        'weights-edited',
        route,
        (spec: any) =>
          expect(
            spec.http.at(-1).route.map(({ weight }: any) => weight),
          ).toEqual([70, 30]),
      ],
      [
        'finding-mended',
        route,
        (spec: any) =>
          expect(JSON.stringify(spec)).not.toMatch(/retriable|gateway-error/),
      ],
      [
        'strict-applied',
        policy,
        (spec: any) => expect(spec.mtls).toEqual({ mode: 'STRICT' }),
      ],
    ])(
      '%s does so, and it is undone when the scene ends',
      async (scene, object, expectEdited) => {
        const sandbox = await startMeshSandbox(FROZEN);
        try {
          const before = specIn(sandbox, object);
          sandbox.stage.play(scene);
          expectEdited(specIn(sandbox, object));
          sandbox.stage.play(scene);
          expectEdited(specIn(sandbox, object));
          sandbox.stage.play('normal');
          expect(specIn(sandbox, object)).toEqual(before);
        } finally {
          await sandbox.stop();
        }
      },
    );

    it.each([
      ['weights-edited', route],
      ['strict-applied', policy],
    ])(
      'leave what somebody else has edited after %s as it is',
      async (scene, object) => {
        const sandbox = await startMeshSandbox(FROZEN);
        const { group, kind, ...name } = object;
        try {
          sandbox.stage.play(scene);
          const { spec } = sandbox.store.update(group, kind, name, draft => {
            draft.spec = { ...(draft.spec as object), exportTo: ['.'] };
          });
          sandbox.stage.play('normal');
          expect(specIn(sandbox, object)).toEqual(spec);
          sandbox.stage.play(scene);
          sandbox.store.remove(group, kind, name);
          sandbox.stage.play('normal');
          expect(specIn(sandbox, object)).toBeUndefined();
        } finally {
          await sandbox.stop();
        }
      },
    );
  });

  it('end the one before, and every fault with it', async () => {
    const conditions = new Conditions();
    const faults = new Faults();
    const { behaviour } = await readWorld(builtInWorld('shop'));
    const stage = new SceneStage({
      conditions,
      behaviours: [behaviour],
      faults: new Map([['Kubernetes', faults]]),
      store: new ObjectStore(),
      nowMs: () => 0,
    });
    for (const { name } of stage.scenes) {
      stage.play(name);
    }
    stage.play('kiali-away');
    stage.play('twelve-times');
    expect(stage.current).toBe('twelve-times');
    expect(faults.list()).toEqual([]);
    expect(conditions.loadFactor).toBe(12);
    expect(conditions.disturbances.size).toBe(0);
    stage.play('normal');
    expect(conditions).toEqual(new Conditions());
    expect(stage.play('no such scene')).toBeUndefined();
  });
});
