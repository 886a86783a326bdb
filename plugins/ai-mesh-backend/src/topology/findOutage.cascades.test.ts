import { scoreCascades } from './__testUtils__/cascades/scoreCascades';

/** Of each of the twelve kinds. */
const SEEDS = 10;
/** Of each, where chance has more to say. */
const SOON_SEEDS = 40;

describe('findOutage on simulated cascades', () => {
  const scores = scoreCascades(SEEDS);
  const sum = (of: (score: (typeof scores)[number]) => number) =>
    scores.reduce((total, score) => total + of(score), 0);
  const harmless = ['traffic peak', 'deploy without effect'];

  it('names a culprit first in at least 95%', () => {
    const real = scores.filter(({ kind }) => !harmless.includes(kind));
    const right = real.reduce((total, score) => total + score.right, 0);
    expect(right / (real.length * SEEDS)).toBeGreaterThanOrEqual(0.95);
  });

  it.each(harmless)('names nobody in a %s', kind => {
    expect(scores.find(score => score.kind === kind)?.right).toBe(SEEDS);
  });

  it('is right about what it calls likely in at least 80%, and calls most so', () => {
    const likely = sum(score => score.likely);
    expect(sum(score => score.likelyRight) / likely).toBeGreaterThanOrEqual(
      0.8,
    );
    expect(likely).toBeGreaterThan(sum(score => score.possible));
  });

  describe('30 s after it began, of a window of 5 min', () => {
    const soon = scoreCascades(SOON_SEEDS, 30);
    const rightOf = (kinds: string[]) =>
      soon
        .filter(({ kind }) => kinds.includes(kind))
        .reduce((total, score) => total + score.right, 0) /
      (kinds.length * SOON_SEEDS);

    it('names a culprit first in at least 95%, small shares of failures among them', () => {
      const kinds = soon.map(({ kind }) => kind);
      expect(
        rightOf(kinds.filter(kind => !harmless.includes(kind))),
      ).toBeGreaterThanOrEqual(0.95);
      for (const kind of [
        'failing leaf',
        'pool overflow',
        'one version only',
        'one cluster only',
        'external provider throttles',
      ]) {
        expect(rightOf([kind])).toBeGreaterThanOrEqual(0.9);
      }
    });

    it('names nobody where nothing is wrong', () => {
      expect(rightOf(harmless)).toBe(1);
    });

    it('is right about what it calls likely in at least 80%', () => {
      const likely = soon.reduce((total, score) => total + score.likely, 0);
      const right = soon.reduce((total, score) => total + score.likelyRight, 0);
      expect(right / likely).toBeGreaterThanOrEqual(0.8);
    });
  });
});
