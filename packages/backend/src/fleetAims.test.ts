import { inNode } from './__testUtils__/inNode';

const facts = {
  seconds: 60,
  prometheusQueries: 200,
  memory: { idle: { heldMb: 300 }, portal: { heldMb: 450 } },
};
const page = { p95Ms: 150, screenP50Ms: 1500, withoutTraffic: 10 };

it.each([
  ['all aims are just kept', { facts, page }, []],
  ['nothing was to be measured', {}, []],
  [
    'all are missed',
    {
      facts: {
        seconds: 61,
        prometheusQueries: 201,
        memory: { ...facts.memory, portal: { heldMb: 451 } },
      },
      page: { p95Ms: 151, screenP50Ms: 1501, withoutTraffic: 11 },
    },
    [
      'facts of 1000 entities took 61 s; the aim is at most 60',
      'facts of 1000 entities asked 201 queries; the aim is at most 200',
      'over an idle one a portal with facts of 1000 entities holds 151 MB; the aim is at most 150',
      'one in twenty pages of 1000 entities takes 151 ms; the aim is at most 150',
      'the screen of 1000 entities takes 1501 ms; the aim is at most 1500',
      'a page of 1000 entities shows no traffic in 11 rows; the aim is at most 10',
    ],
  ],
  [
    'the browser told nothing',
    { page: { p95Ms: 1, withoutTraffic: 0 } },
    [
      'the screen of 1000 entities takes an unknown number of ms; the aim is at most 1500',
    ],
  ],
  [
    'five thousand have their facts once in a period, and take as much each',
    {
      entities: 5000,
      facts: {
        seconds: 900,
        prometheusQueries: 1000,
        memory: { ...facts.memory, portal: { heldMb: 1050 } },
      },
    },
    [],
  ],
  [
    'five thousand do not, and take more',
    {
      entities: 5000,
      facts: {
        ...facts,
        seconds: 901,
        memory: { ...facts.memory, portal: { heldMb: 1051 } },
      },
    },
    [
      'facts of 5000 entities took 901 s; the aim is at most 900',
      'over an idle one a portal with facts of 5000 entities holds 751 MB; the aim is at most 750',
    ],
  ],
])('the benchmark of the fleet where %s', (_, measured, missed) => {
  const result = { entities: 1000, ...measured };
  expect(
    inNode<string[]>(
      'fleetAims',
      `script.missedFleetAims(${JSON.stringify(result)})`,
    ),
  ).toEqual(missed);
});

it.each([
  ['nothing was measured', [], []],
  ['one fleet was', [{ entities: 1000, p50Ms: 900, withoutTraffic: 0 }], []],
  [
    'the aims are just kept',
    [
      {
        entities: 5000,
        p50Ms: 130,
        withoutTraffic: 10,
        scrolled: { longestMs: 200 },
      },
      { entities: 1000, p50Ms: 100, withoutTraffic: 0 },
    ],
    [],
  ],
  [
    'they are missed',
    [
      { entities: 1000, p50Ms: 100, withoutTraffic: 0 },
      {
        entities: 5000,
        p50Ms: 131,
        withoutTraffic: 100,
        scrolled: { longestMs: 201 },
      },
    ],
    [
      'a page of 5000 entities takes, of one of 1000, 1.31 times; the aim is at most 1.3',
      'a page of 5000 entities shows no traffic in 100 rows; the aim is at most 10',
      'the table of 5000 entities stands still for 201 ms; the aim is at most 200',
    ],
  ],
])('the benchmark of its growth where %s', (_, worlds, missed) => {
  expect(
    inNode<string[]>(
      'fleetAims',
      `script.missedGrowthAims(${JSON.stringify(worlds)})`,
    ),
  ).toEqual(missed);
});
