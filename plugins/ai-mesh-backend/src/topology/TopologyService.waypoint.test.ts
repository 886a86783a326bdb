import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { now, request, targetOn } from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import {
  afterWaypointFailed,
  waypointMesh,
} from './__testUtils__/waypointMesh';
import { TopologyService } from './TopologyService';

const prometheus = new FakePrometheus(afterWaypointFailed);

async function look(ready: number, isPast = false) {
  const snapshot = snapshotFromYaml(waypointMesh(ready));
  return new TopologyService().topology(
    targetOn(prometheus, snapshot),
    request,
    { now, isPast },
  );
}

it('names a provider whose waypoint is down, though nobody counts calls to it any more', async () => {
  const { nodes, edges, outage } = await look(0);
  const llm = nodes.find(({ name }) => name === 'llm')!;
  expect(llm).toMatchObject({
    relation: 'provider',
    traffic: { requestsPerSecond: { status: 'unknown' } },
    health: {
      status: 'failing',
      message:
        'Its waypoint ai/waypoint has no ready pod, so that calls of the ambient mesh do not reach it.',
    },
  });
  expect(edges.find(({ target }) => target === llm.id)).toMatchObject({
    reporter: 'waypoint',
    traffic: { requestsPerSecond: { status: 'unknown' } },
  });
  expect(outage).toMatchObject({
    status: 'found',
    origins: [{ node: llm.id, confidence: 'likely' }],
    suffering: expect.arrayContaining([
      expect.objectContaining({
        node: nodes.find(({ name }) => name === 'chat')!.id,
      }),
    ]),
  });
});

it.each([
  ['where the waypoint is well', 1, false],
  ['of a moment that today’s objects do not tell of', 0, true],
])(
  'says nothing of who is not called any more %s',
  async (_, ready, isPast) => {
    const { nodes } = await look(ready, isPast);
    expect(nodes.map(({ name }) => name)).not.toContain('llm');
  },
);
