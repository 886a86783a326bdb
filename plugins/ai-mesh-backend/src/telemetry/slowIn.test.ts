import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { bucketRows, requestRow } from '../topology/__testUtils__/meshRows';
import { USUAL_LABEL } from './trafficExpressions';
import type { RateRow } from './RateRow';
import { slowIn } from './slowIn';

interface Service {
  to: string;
  /** Bounds of the buckets that all of its requests are in, and were in. */
  nowMs: number;
  usualMs?: number;
  perSecond?: number;
  than?: string;
}

/** The rows that a table has of some services. */
function rowsOf(services: readonly Service[]) {
  const reported = services.map(service => ({
    ...service,
    row: requestRow('source', {
      from: 'gateway',
      to: service.to,
      rate: service.perSecond ?? 1,
    }),
  }));
  return {
    requests: reported.map(({ row }) => row),
    buckets: reported.flatMap(({ row, nowMs }) => bucketRows(row, nowMs)),
    usual: reported.flatMap(({ row, usualMs, than = 'hour-before' }) =>
      usualMs === undefined
        ? []
        : bucketRows(row, usualMs).map(({ labels, rate }): RateRow => ({
            labels: { ...labels, [USUAL_LABEL]: than },
            rate,
          })),
    ),
  };
}

const slow = { to: 'llm', nowMs: 30_000, usualMs: 1000 };
const fine = { to: 'store', nowMs: 1000, usualMs: 1000 };

function tableOf(rows: ReturnType<typeof rowsOf>) {
  return {
    requests: known(rows.requests),
    buckets: known(rows.buckets),
    usual: known(rows.usual),
  };
}

describe('slowIn', () => {
  it.each<[string, Service[], string[]]>([
    ['what takes longer than in the hour before', [slow, fine], ['llm']],
    [
      'what takes longer than a day ago',
      [{ ...slow, than: 'day-before' }],
      ['llm'],
    ],
    ['nothing where all is as ever', [fine], []],
    [
      'nothing that there is nothing to compare with',
      [{ ...slow, usualMs: undefined }],
      [],
    ],
    ['nothing of a few requests', [{ ...slow, perSecond: 0.05 }], []],
    ['one of two namesakes', [slow, { ...fine, to: 'other/llm' }], ['llm']],
    [
      'a host outside the mesh',
      [{ ...slow, to: 'api.model.example' }],
      ['api.model.example'],
    ],
  ])('names %s', async (_, services, expected) => {
    const found = await slowIn(tableOf(rowsOf(services)));
    expect([...found!]).toEqual(expected.map(name => `source ai ${name}`));
  });

  it('reads what each kind of reporter sees by itself', async () => {
    const all = rowsOf([slow, { ...fine, to: 'llm' }]);
    const seen = (rows: readonly RateRow[]) =>
      rows.map(({ labels, rate }, index) => ({
        labels: {
          ...labels,
          // The second service of each part is the first as its own proxy sees it.
          reporter: index < rows.length / 2 ? 'source' : 'destination',
        },
        rate,
      }));
    const found = await slowIn(
      tableOf({
        requests: seen(all.requests),
        buckets: seen(all.buckets),
        usual: seen(all.usual),
      }),
    );
    expect([...found!]).toEqual(['source ai llm']);
  });

  it.each(['requests', 'buckets', 'usual'])(
    'does not know without %s',
    async part => {
      const table = {
        ...tableOf(rowsOf([slow])),
        [part]: unknown('not-configured'),
      };
      expect(await slowIn(table)).toBeUndefined();
    },
  );
});
