import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { RateRow } from '../telemetry';
import { now, request, targetOn } from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { bucketRows, requestRow } from './__testUtils__/meshRows';
import { waypointMesh } from './__testUtils__/waypointMesh';
import { TopologyService } from './TopologyService';

const toChat = (code: string, rate: number) =>
  requestRow('waypoint', { from: 'web', to: 'chat', by: 'chat', code, rate });
const toLlm = (rate: number) =>
  requestRow('waypoint', { from: 'chat', to: 'llm', by: 'llm', rate });
const ofTcp = (metric: string, { labels }: RateRow, rate: number): RateRow => ({
  labels: { ...labels, tcp_metric: metric },
  rate,
});
const connection = (from: string) =>
  requestRow('source', { from, to: 'llm', by: 'waypoint', rate: 0 });

const usual = bucketRows(toLlm(10), 1000).map(({ labels, rate }) => ({
  labels: { ...labels, usual: 'hour-before' },
  rate,
}));
/** A connection every other second, none of which is taken; bytes of before are counted. */
const refused = [
  ...['opened', 'refused'].map(metric =>
    ofTcp(metric, connection('chat'), 0.5),
  ),
  ofTcp('received', connection('chat'), 900),
];
/** The requests of a minute in which they ceased half a minute ago, as the waypoint counted them. */
const requests = (perSecond: number, lately: number) => ({
  requests: [toChat('200', 3), toChat('502', 7), toLlm(perSecond)],
  tcp: [...refused, ofTcp('requests_lately', toLlm(lately), lately)],
});

async function look({
  requests: asked = [toChat('200', 3), toChat('502', 7), toLlm(0)],
  tcp = refused,
  before = usual,
  isPast = false,
}: {
  requests?: RateRow[];
  tcp?: RateRow[];
  before?: RateRow[];
  isPast?: boolean;
} = {}) {
  const { nodes, outage } = await new TopologyService().topology(
    targetOn(
      new FakePrometheus({
        requests: asked,
        usual: before,
        tcp,
      }),
      snapshotFromYaml(waypointMesh(1)),
    ),
    request,
    { now, isPast },
  );
  const nameOf = (id: string) => nodes.find(node => node.id === id)!.name;
  return {
    llm: nodes.find(({ name }) => name === 'llm')!.health,
    origins:
      outage.status === 'found'
        ? outage.origins.map(({ node, confidence }) => [
            nameOf(node),
            confidence,
          ])
        : outage.status,
  };
}

describe('a provider to which no connection gets through', () => {
  it('fails, and is where it starts, though pods of its waypoint are ready', async () => {
    expect(await look()).toMatchObject({
      llm: {
        status: 'failing',
        message:
          'Its waypoint ai/waypoint takes no connection: 30 failed in the last minute, and nothing has gone through for half a minute.',
      },
      origins: [['llm', 'likely']],
    });
  });

  it('fails as soon as requests have ceased that the last minute still holds some of', async () => {
    const { llm, origins } = await look(requests(8.5, 5));
    expect(llm.status).toBe('failing');
    expect(origins).toEqual([['llm', 'likely']]);
  });

  it('fails though somebody else, who has ceased to call it, got through before', async () => {
    const { llm } = await look({
      tcp: [...refused, ofTcp('opened', connection('web'), 1)],
    });
    expect(llm.status).toBe('failing');
  });

  it('fails though somebody without a proxy, who goes by no waypoint, gets through', async () => {
    const job = requestRow('destination', { from: 'job', to: 'llm', rate: 0 });
    const { llm } = await look({ tcp: [...refused, ofTcp('through', job, 1)] });
    expect(llm.status).toBe('failing');
  });

  it('fails at a moment that today’s objects do not tell of, whoever stood before it then', async () => {
    expect(await look({ isPast: true })).toMatchObject({
      llm: {
        status: 'failing',
        message:
          'Nobody reaches it: 30 connections to it failed in the last minute, and nothing has gone through for half a minute.',
      },
      origins: [['llm', 'likely']],
    });
  });

  it('may be where it starts where nobody reached it before either, as whom a policy keeps out', async () => {
    const { llm, origins } = await look({ before: [] });
    expect(llm.status).not.toBe('failing');
    expect(origins).toEqual([['llm', 'possible']]);
  });

  it.each<[string, Parameters<typeof look>[0]]>([
    [
      'only a few failed',
      {
        tcp: [
          ...refused.filter(({ labels }) => labels.tcp_metric !== 'refused'),
          ofTcp('refused', connection('chat'), 0.05),
        ],
      },
    ],
    [
      'something of its own gets through',
      { tcp: [...refused, ofTcp('through', connection('chat'), 1)] },
    ],
    [
      'somebody else’s get through',
      { tcp: [...refused, ofTcp('through', connection('web'), 1)] },
    ],
    [
      'nobody counts whether bytes went through',
      {
        tcp: refused.filter(({ labels }) => labels.tcp_metric !== 'received'),
      },
    ],
    ['requests reach it as ever', requests(10, 10)],
    ['requests have begun to reach it', requests(0, 1)],
    ['a few requests may be fewer by chance', requests(0.02, 0.01)],
  ])('is not at fault where %s', async (_, change) => {
    const { llm, origins } = await look(change);
    expect(llm.status).not.toBe('failing');
    expect(origins).not.toContainEqual(['llm', expect.anything()]);
  });
});
