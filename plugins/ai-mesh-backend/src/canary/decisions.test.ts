import { Chance } from './__testUtils__/Chance';
import { decisionRows, runRow } from './__testUtils__/decisions';
import { seeded } from './__testUtils__/seeded';
import { simulatePromotion } from './__testUtils__/simulatedPromotion';

/** Few runs each: the benchmark makes ten thousand. */
function run(name: string, requestsPerSecond: number, runs = 5) {
  const row = decisionRows().find(
    one => one.name === name && one.requestsPerSecond === requestsPerSecond,
  );
  if (!row) {
    throw new Error(`There is no row ${name} at ${requestsPerSecond}/s`);
  }
  return runRow(row, runs, new Chance(seeded(row.seed)));
}

describe('promotions by the real machine and judge', () => {
  it.each([
    ['2/2', 20],
    ['3/3', 20],
    ['4/4', 20],
    ['0.2/0.2', 20],
    ['both ill for 5 min', 20],
    ['bursts of traffic, 2/2', 20],
    ['swinging by day', 20],
    ['clumps of 10, 2/2', 100],
  ])('carry one that is no worse (%s) at %d/s to its target', (...of) => {
    expect(run(...of)).toMatchObject({ rolledBack: 0, promoted: 5 });
  });

  it.each([
    ['1/1', 5],
    ['2/2', 5],
    ['clumps of 10, 2/2', 20],
  ])('never roll back one that is no worse (%s) at %d/s', (...of) => {
    expect(run(...of).rolledBack).toBe(0);
  });

  it('take a healthy one no longer than its plan', () => {
    expect(run('0.2/0.2', 20).secondsP50).toBeLessThan(1.25 * 3300);
  });

  it.each([
    ['0.2/15', 20],
    ['0.2/15', 5],
    ['0.2/100', 5],
    ['0.2/8', 20],
    ['0.2/6', 20],
    ['0.2/2', 20],
  ])(
    'take back one that is worse (%s) at %d/s, before it has half',
    (...of) => {
      expect(run(...of)).toMatchObject({ rolledBack: 5, pastHalf: 0 });
    },
  );

  it('notice 15% of errors with little more than no test can do without', () => {
    const { seenMean } = run('0.2/15', 20, 400);
    // Wald: 9.8 failures; and one scrape has 2.25.
    expect(seenMean).toBeLessThan(1.5 * 9.8 + 2.25);
  });

  it('take back within a scrape and a check what fails altogether', () => {
    expect(run('0.2/100', 20).secondsMost).toBeLessThanOrEqual(15 + 15 + 3);
  });

  it('say of a slow drip why it ends', () => {
    const { why, state } = simulatePromotion(
      {
        requestsPerSecond: () => 100,
        failures: { stable: () => 0.002, canary: () => 0.03 },
      },
      new Chance(seeded(1)),
    );
    expect(state).toBe('rollingBack');
    expect(why).toMatch(
      /worse than the stable version by more than 1 percentage point, and not by chance\. It is not above 5%/,
    );
  });

  it('hold while both versions fail, and say whose fault it is', () => {
    const { why, state, mostPercent } = simulatePromotion(
      {
        requestsPerSecond: () => 50,
        failures: { stable: () => 0.08, canary: () => 0.08 },
      },
      new Chance(seeded(1)),
    );
    expect(state).toBe('paused');
    expect(mostPercent).toBe(5);
    expect(why).toMatch(/the service is ill, and not the canary/);
  });

  it('notice one that turns bad after an hour', () => {
    const { state, seconds } = simulatePromotion(
      {
        requestsPerSecond: () => 20,
        failures: {
          stable: () => 0.002,
          canary: at => (at > 2000 ? 0.3 : 0.002),
        },
      },
      new Chance(seeded(1)),
    );
    expect(state).toBe('rollingBack');
    expect(seconds - 2000).toBeLessThan(90);
  });
});
