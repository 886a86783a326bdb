import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { kindTable } from '../kubernetes/kindTable';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import {
  buckets,
  now,
  objects,
  requests,
  targetOn,
} from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { bucketRows } from './__testUtils__/meshRows';
import { TopologyService } from './TopologyService';

const east = { cluster: 'east' };
const readable = snapshotOf(objects, east);
const unlisted = snapshotOf(
  {},
  {
    ...east,
    states: Object.fromEntries(
      kindTable.map(({ kind }) => [kind, { status: 'syncing' }]),
    ),
  },
);

/** The provider behind `llm` has become slow, so that everybody before it is. */
const prometheus = new FakePrometheus({
  requests,
  buckets: requests.flatMap(row => bucketRows(row, 30_000)),
  usual: [...buckets, ...requests.flatMap(row => bucketRows(row, 1000))].map(
    ({ labels, rate }) => ({
      labels: { ...labels, usual: 'hour-before' },
      rate,
    }),
  ),
});

async function originsOf(depth: number, snapshot: MeshSnapshot) {
  const { outage } = await new TopologyService().topology(
    targetOn(prometheus, snapshot),
    { window: '5m', depth },
    { now },
  );
  return outage.status === 'found'
    ? outage.origins.map(({ node, confidence }) => [node, confidence])
    : outage.status;
}

it.each<[string, number, MeshSnapshot, string, string]>([
  [
    'likely to start where it was asked whom everybody calls',
    2,
    readable,
    'external:east/api.openai.com',
    'likely',
  ],
  [
    'possibly where it starts, where nobody asks that far',
    1,
    readable,
    'east/ai/llm',
    'possible',
  ],
  [
    'possibly where it starts, where the cluster has not listed who answers for whom',
    2,
    unlisted,
    'east/ai/llm',
    'possible',
  ],
])('is %s', async (_, depth, snapshot, ...origin) => {
  expect(await originsOf(depth, snapshot)).toEqual([origin]);
});
