import type {
  CanaryCheck,
  CanaryGrowth,
  CanaryShareTest,
} from '@ai-mesh/plugin-ai-mesh-common';

/** So many points draw a line; a check is kept with every row of the history. */
const MOST_POINTS = 24;

/**
 * A check with how its evidence came about: what the one before knew of the present weights, and what it finds itself.
 *
 * @param sinceMs - how long ago the weights changed last
 * @param passesHalf - the next advance has to be earned
 */
export function withGrowth(
  check: CanaryCheck,
  before: CanaryCheck | undefined,
  sinceMs: number,
  passesHalf: boolean,
): CanaryCheck {
  const begin = new Date(check.at).getTime() - sinceMs;
  return {
    ...check,
    gates: check.gates.map(result => {
      const { test, meanTest } = result;
      const earlier = before?.gates.find(({ gate }) => gate === result.gate);
      const grown = (points: CanaryGrowth[] = [], point: CanaryGrowth) =>
        thinned([
          ...points.filter(({ at }) => new Date(at).getTime() >= begin),
          point,
        ]);
      return {
        ...result,
        ...(test && {
          test: {
            ...test,
            growth: grown(
              earlier?.test?.growth,
              pointOf(check.at, test, passesHalf),
            ),
          },
        }),
        ...(meanTest && {
          meanTest: {
            ...meanTest,
            growth: grown(earlier?.meanTest?.growth, {
              at: check.at,
              rollBack: rounded(meanTest.evidence.beyondBound),
              advance: rounded(meanTest.evidence.withinBound),
            }),
          },
        }),
      };
    }),
  };
}

function pointOf(
  at: string,
  { evidence }: CanaryShareTest,
  passesHalf: boolean,
): CanaryGrowth {
  return {
    at,
    rollBack: rounded(Math.min(evidence.beyondBound, evidence.worseThanStable)),
    advance: rounded(
      passesHalf
        ? Math.min(evidence.belowBound, evidence.withinMargin)
        : evidence.belowBound,
    ),
  };
}

/** Every other one, and the latest. */
function thinned(points: CanaryGrowth[]): CanaryGrowth[] {
  return points.length > MOST_POINTS
    ? points.filter((_, i) => i % 2 === 0 || i === points.length - 1)
    : points;
}

function rounded(evidence: number): number {
  return Math.round(evidence * 1000) / 1000;
}
