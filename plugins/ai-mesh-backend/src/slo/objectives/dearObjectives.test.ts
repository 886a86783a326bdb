import { known, unknown, wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from '../../telemetry';
import { SIGNAL_LABEL } from '../signals/Signal';
import { countEvents } from '../events/countEvents';
import { needsOf } from '../events/EventNeeds';
import { EventTable } from '../events/EventTable';
import { seriesCountQuery, sparingDear } from './dearObjectives';
import type { SloObjective } from './SloObjective';

const counter = (metric: string) => [{ metric, matchers: [] }];
const counted = (id: string, bad: string): SloObjective => ({
  id,
  name: id,
  indicator: {
    kind: 'custom',
    description: id,
    total: counter('jobs_total'),
    bad: counter(bad),
  },
  target: 0.99,
  periodSeconds: 86_400,
  source: 'slo.yaml',
});
const ofIstio: SloObjective = {
  ...counted('answers', 'x'),
  indicator: { kind: 'availability', fallbacksAreBad: false },
};
const objectives = [
  counted('a', 'a_bad_total'),
  ofIstio,
  counted('b', 'b_bad'),
];
const askedOf = (all: readonly SloObjective[]) =>
  all.filter(({ unasked }) => !unasked).map(({ id }) => id);
const row = (number: string, rate: number): RateRow => ({
  labels: { [SIGNAL_LABEL]: number },
  rate,
});

it('counts each distinct counter once', () => {
  const query = String(seriesCountQuery(objectives));
  expect(query.match(/jobs_total/g)).toHaveLength(1);
  expect(query).toContain('a_bad_total');
  expect(query).toContain('b_bad');
});

it('asks for none that reads too many series, and says the number', () => {
  const spared = sparingDear(
    objectives,
    // The total, and what is bad of the second; of the first nothing exists.
    known([row('0', 7), row('2', 51)]),
    50,
  );
  expect(askedOf(spared)).toEqual(['a', 'answers']);
  expect(spared[2].unasked).toMatchObject({
    message: expect.stringContaining(
      "'b' reads 51 series, and 50 at most are asked for",
    ),
    words: [wording('slo.dear', { objective: 'b', count: 51, most: 50 })],
  });
});

it.each([
  [
    'in words',
    unknown('source-unreachable', [wording('source.waits', { after: 5 })]),
    'has too many requests at present (429); it asks to wait 5 s.',
  ],
  ['by another', unknown('forbidden', 'Not for you.'), 'Not for you.'],
  ['without a word', unknown('source-unreachable'), 'source-unreachable'],
])(
  'asks for none of the counters that nobody could count, and says why: %s',
  (_, counts, why) => {
    const spared = sparingDear(objectives, counts, 50);
    expect(askedOf(spared)).toEqual(['answers']);
    expect(spared[0].unasked).toMatchObject({
      reason: (counts as { reason: string }).reason,
      message: `How many series the SLO 'a' reads could not be counted, so its query is not asked: ${why}`,
    });
  },
);

it.each([NaN, Infinity, -1, 0.5])('takes %s for no number of series', count => {
  const spared = sparingDear(objectives, known([row('1', count)]), 50);
  expect(askedOf(spared)).toEqual(['answers', 'b']);
});

it('asks for nothing of an objective that is not to be asked for, and counts nothing of it', () => {
  const [spared] = sparingDear([objectives[0]], unknown('forbidden'), 50);
  expect(needsOf([spared], undefined).custom).toEqual([]);
  expect(
    countEvents(
      spared,
      undefined,
      3600,
      new EventTable(() => undefined),
      undefined,
    ),
  ).toBe(spared.unasked);
});
