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
/** A connection every other second, none of which is taken. */
const refused = ['opened', 'refused'].map(metric =>
  ofTcp(metric, connection('chat'), 0.5),
);

async function look({
  tcp = refused,
  before = usual,
  isPast = false,
}: {
  tcp?: RateRow[];
  before?: RateRow[];
  isPast?: boolean;
} = {}) {
  const { nodes, outage } = await new TopologyService().topology(
    targetOn(
      new FakePrometheus({
        requests: [toChat('200', 3), toChat('502', 7), toLlm(0)],
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
          'Its waypoint ai/waypoint takes no connection: 30 failed in the last minute, and nothing went through.',
      },
      origins: [['llm', 'likely']],
    });
  });

  it('fails though somebody without a proxy, who goes by no waypoint, gets through', async () => {
    const job = requestRow('destination', { from: 'job', to: 'llm', rate: 0 });
    const { llm } = await look({ tcp: [...refused, ofTcp('opened', job, 1)] });
    expect(llm.status).toBe('failing');
  });

  it('fails at a moment that today’s objects do not tell of, whoever stood before it then', async () => {
    expect(await look({ isPast: true })).toMatchObject({
      llm: {
        status: 'failing',
        message:
          'Nobody reaches it: 30 connections to it failed in the last minute, and nothing went through.',
      },
      origins: [['llm', 'likely']],
    });
  });

  it('may be where it starts where nobody reached it before either, as whom a policy keeps out', async () => {
    const { llm, origins } = await look({ before: [] });
    expect(llm.status).not.toBe('failing');
    expect(origins).toEqual([['llm', 'possible']]);
  });

  it.each<[string, RateRow[]]>([
    [
      'only a few failed',
      [
        ofTcp('opened', connection('chat'), 0.5),
        ofTcp('refused', connection('chat'), 0.05),
      ],
    ],
    [
      'somebody else’s get through',
      [...refused, ofTcp('opened', connection('web'), 1)],
    ],
    [
      'requests have reached it in that minute',
      [...refused, ofTcp('requests_lately', toLlm(1), 1)],
    ],
  ])('is not at fault where %s', async (_, tcp) => {
    const { llm, origins } = await look({ tcp });
    expect(llm.status).not.toBe('failing');
    expect(origins).not.toContainEqual(['llm', expect.anything()]);
  });
});
