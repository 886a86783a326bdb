import { aCanary, weights } from '../machine/__testUtils__/aCanary';
import { pastCanary } from './pastCanary';

const progress = (moved: boolean) => ({
  ...aCanary().progress,
  ...(moved && { written: weights(5) }),
});

it.each([
  [undefined, false],
  [[], false],
  [['thumbs-down'], true],
])(
  'of a plan with the gates %j: judged by quality is %s',
  (qualityGates, expected) => {
    expect(pastCanary(aCanary({ qualityGates })).hasQualityGate).toBe(expected);
  },
);

it.each([true, false])('tells whether it has moved weights: %s', moved => {
  expect(pastCanary(aCanary({}, { progress: progress(moved) })).moved).toBe(
    moved,
  );
});
