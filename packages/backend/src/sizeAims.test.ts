import { inNode } from './__testUtils__/inNode';

const at = (idle: number, large?: number) => ({
  idle: { rssMb: idle },
  large: { rssMb: large },
});

it.each([
  ['both aims are just kept', { syncMs: 5000 }, [at(900, 1100)], []],
  [
    'it takes too long',
    { syncMs: 5001 },
    [at(900, 1000)],
    ['the first sync took 5001 ms; the aim is at most 5000'],
  ],
  [
    'it grows as it is read',
    { syncMs: 1000 },
    [at(900, 1000), at(910, 1111)],
    ['the portal has over an idle one 201 MB; the aim is at most 200'],
  ],
  [
    'nothing came of a measurement',
    undefined,
    [at(900)],
    [
      'the first sync took an unknown number of ms; the aim is at most 5000',
      'the portal has over an idle one an unknown number of MB; the aim is at most 200',
    ],
  ],
])('the benchmark of a large cluster where %s', (_, sync, memory, missed) => {
  expect(
    inNode<string[]>(
      'sizeAims',
      `script.missedLargeAims(${JSON.stringify({ sync, memory })})`,
    ),
  ).toEqual(missed);
});

it.each([
  [0.1, 0.6, []],
  [
    0.1,
    0.7,
    ['50 readers take of the portal 0.6 cores; the aim is at most 0.5'],
  ],
])(
  'the benchmark of readers where %d cores become %d',
  (nobody, everybody, missed) => {
    expect(
      inNode<string[]>(
        'sizeAims',
        `script.missedReadersAims(${JSON.stringify({
          readers: 50,
          nobody: { portalCores: nobody },
          everybody: { portalCores: everybody },
        })})`,
      ),
    ).toEqual(missed);
  },
);
