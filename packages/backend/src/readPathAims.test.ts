import { inNode } from './__testUtils__/inNode';

const world = (services: number, prometheusQueries: number, p50Ms: number) => ({
  services,
  views: [{ view: 'topology', prometheusQueries, p50Ms }],
});

it.each([
  ['both aims are just kept', [world(100, 6, 10), world(1000, 6, 12)], []],
  ['a larger world is faster', [world(100, 5, 10), world(1000, 5, 8)], []],
  ['one world was measured', [world(100, 6, 10)], []],
  [
    'a view asks more',
    [world(100, 7, 10), world(1000, 6, 10)],
    ['topology asks 7 queries at 100 services; the aim is at most 6'],
  ],
  [
    'a view grows, whichever world came first',
    [world(1000, 6, 12.1), world(100, 6, 10)],
    [
      'topology takes 1.21 times as long at 1000 services as at 100; the aim is at most 1.2',
    ],
  ],
  [
    'nothing came of a measurement',
    [world(100, NaN, 10), world(1000, 6, 10)],
    ['topology asks null queries at 100 services; the aim is at most 6'],
  ],
])('the benchmark of the read path where %s', (_, results, missed) => {
  expect(
    inNode<string[]>(
      'readPathAims',
      `script.missedAims(${JSON.stringify(results)})`,
    ),
  ).toEqual(missed);
});
