import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  mayCallSchema,
  reviewSchema,
  securitySchema,
  topologySchema,
  type Decision,
  type Review,
  type Topology,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  clusterOn,
  component,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const services = {
  chat: 'ai-services/ai-chat-service',
  gateway: 'ai-services/llm-gateway-service',
  qa: 'ai-services/qa-service',
  vectors: 'ai-services/vector-store',
  evaluation: 'ai-lab/eval-service',
  summary: 'ai-lab/summary-service',
} as const;
type Entity = keyof typeof services;

describe('policies of an ambient mesh', () => {
  let sandbox: RunningSandbox;
  let portal: Portal;

  beforeAll(async () => {
    sandbox = await startSandbox(['--world', 'ambient']);
    portal = await startPortal(
      [clusterOn(sandbox)],
      Object.entries(services).map(([name, service]) =>
        component(name, { 'ai-mesh.io/service': service }),
      ),
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
  });

  async function mayCall(
    entity: Entity,
    caller: Record<string, string>,
    request = 'method=POST&path=/x',
  ): Promise<Decision> {
    const [namespace, service] = services[entity].split('/');
    const query = new URLSearchParams({
      cluster: 'shop',
      namespace,
      service,
      ...caller,
    });
    const { status, body } = await portal.read(
      `${entity}/security/may-call?${query}&${request}`,
    );
    expect(status).toBe(200);
    return mayCallSchema.parse(body).decision;
  }

  async function authorization(entity: Entity) {
    const { status, body } = await portal.read(`${entity}/security`);
    expect(status).toBe(200);
    return securitySchema.parse(body).services[0].authorization;
  }

  const workload = (name: string) => {
    const [callerNamespace, callerWorkload] = name.split('/');
    return { callerNamespace, callerWorkload };
  };
  const orchestrator = workload('ai-services/ai-orchestrator');
  const chatPath = 'method=POST&path=/api/chat';

  it.each<[string, Entity, Record<string, string>, string, string]>([
    [
      'a DENY with methods alone has no effect',
      'qa',
      orchestrator,
      'method=POST&path=/x',
      'allowed no-effect',
    ],
    [
      'an ALLOW by identity holds for whom it names',
      'vectors',
      workload('ai-services/qa-service'),
      'method=POST&path=/x',
      'allowed allow-rule',
    ],
    [
      'an ALLOW by identity holds against others',
      'vectors',
      orchestrator,
      'method=POST&path=/x',
      'denied no-rule-matched',
    ],
    [
      'an ALLOW with paths allows nobody',
      'evaluation',
      workload('ai-lab/eval-runner'),
      'method=POST&path=/evaluate',
      'denied no-rule-matched',
    ],
    [
      'a DENY at a waypoint that does not exist denies nothing',
      'summary',
      workload('ai-lab/eval-runner'),
      'method=POST&path=/x',
      'allowed no-policy',
    ],
    [
      'a waypoint reads HTTP',
      'chat',
      orchestrator,
      chatPath,
      'allowed allow-rule',
    ],
    [
      'a waypoint reads HTTP, and denies what is not named',
      'chat',
      orchestrator,
      'method=GET&path=/api/chat',
      'denied no-rule-matched',
    ],
    [
      'who has no proxy goes past the waypoint',
      'chat',
      {},
      chatPath,
      'allowed no-policy',
    ],
    [
      'to the workload the waypoint is the caller',
      'gateway',
      orchestrator,
      'method=POST&path=/x&port=8080',
      'allowed allow-rule',
    ],
    [
      'who goes past the waypoint is not the caller that the workload lets in',
      'gateway',
      {},
      'method=POST&path=/x&port=8080',
      'denied no-rule-matched',
    ],
  ])('%s', async (_, entity, caller, request, expected) => {
    const { verdict, because } = await mayCall(entity, caller, request);
    expect(`${verdict} ${because}`).toBe(expected);
  });

  it.each<[Entity, object, string[], string[]]>([
    ['qa', { status: 'none' }, ['DENY none'], ['ztunnel-deny']],
    ['vectors', { status: 'none' }, ['ALLOW full'], []],
    ['evaluation', { status: 'none' }, ['ALLOW altered'], ['ztunnel-allow']],
    [
      'summary',
      { status: 'missing', namespace: 'ai-lab', name: 'lab-waypoint' },
      ['DENY none'],
      ['no-waypoint'],
    ],
    [
      'chat',
      { status: 'serving', namespace: 'ai-services', name: 'ai-waypoint' },
      ['ALLOW full'],
      [],
    ],
  ])(
    'the answer on %s says what has no effect',
    async (entity, waypoint, policies, why) => {
      const found = await authorization(entity);
      expect(found.waypoint).toMatchObject(waypoint);
      expect(
        found.policies.map(({ action, effect }) => `${action} ${effect}`),
      ).toEqual(policies);
      expect(found.ineffective.map(place => place.why)).toEqual(why);
    },
  );

  it('says that a waypoint that is deleted enforces nothing, and that it does once it is back', async () => {
    const unnamed = [
      'chat',
      orchestrator,
      'method=GET&path=/api/chat',
    ] as const;
    const play = async (name: string) => {
      const { ok } = await fetch(`${sandbox.control}/scene`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name }),
      });
      expect(ok).toBe(true);
    };
    const review = async () =>
      reviewSchema.parse((await portal.read('chat/review')).body);
    const topology = async () =>
      topologySchema.parse((await portal.read('chat/topology')).body);
    const keysOf = ({ findings }: Review) =>
      findings.map(({ messageKey }) => messageKey).sort();
    const whatIsThere = ({ nodes, edges }: Topology) => ({
      nodes: nodes.map(({ id }) => id).sort(),
      edges: edges.map(({ id }) => id).sort(),
    });
    const [reviewed, graph] = [await review(), await topology()];
    await play('waypoint-away');
    const away = await until(
      () => authorization('chat'),
      ({ waypoint }) => waypoint?.status !== 'serving',
      30_000,
    );
    expect(away.waypoint).toMatchObject({
      status: 'missing',
      message: expect.stringContaining('ai-services/ai-waypoint'),
    });
    expect(away.policies.map(({ effect }) => effect)).toEqual(['none']);
    expect(away.ineffective.map(({ why }) => why)).toEqual(['no-waypoint']);
    // The review finds that, and loses nothing of what it found before; the graph was never one of waypoints.
    const without = keysOf(await review());
    expect(without).toEqual(expect.arrayContaining(keysOf(reviewed)));
    expect(without.filter(key => !keysOf(reviewed).includes(key))).toEqual([
      'AIM404.missing',
      'AIM407.noEffect',
      'AIM415.waypointMissing',
      'AIM415.waypointMissing',
      'AIM415.workload',
      'AIM415.workload',
    ]);
    expect(whatIsThere(await topology())).toEqual(whatIsThere(graph));
    expect(await mayCall(...unnamed)).toMatchObject({ verdict: 'allowed' });
    await play('normal');
    await until(
      () => authorization('chat'),
      ({ waypoint }) => waypoint?.status === 'serving',
      30_000,
    );
    expect(await mayCall(...unnamed)).toMatchObject({ verdict: 'denied' });
  });
});
