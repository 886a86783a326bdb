import fc from 'fast-check';
import { fuzzRun } from './__testUtils__/hostile/fuzzRun';
import { parserAttacks } from './__testUtils__/hostile/parserAttacks';
import { StallProbe } from './__testUtils__/StallProbe';

/** In a short run, of each parser. */
const ATTEMPTS = 400;
const LONGEST_MS = 200;

jest.setTimeout(fuzzRun.timeoutMs);

const parsers = Object.entries(parserAttacks);
const found = { attempts: 0, longestStallMs: 0 };

afterAll(() => fuzzRun.report('parsers', found));

describe.each(parsers)('%s', (name, { input, parse, errors }) => {
  it(`is read or refused, in ${ATTEMPTS} attempts`, async () => {
    const probe = new StallProbe();
    let read = 0;
    const index = parsers.findIndex(([other]) => other === name);
    await fuzzRun.rounds(
      seed =>
        fc.assert(
          fc.asyncProperty(input, async one => {
            probe.lap();
            try {
              await parse(one);
              read += 1;
            } catch (error) {
              if (!errors.includes((error as Error).name)) {
                throw error;
              }
            }
            const stall = await probe.stall();
            found.attempts += 1;
            found.longestStallMs = Math.max(found.longestStallMs, stall);
            if (stall > LONGEST_MS) {
              throw new Error(`took ${Math.round(stall)} ms`);
            }
          }),
          { numRuns: ATTEMPTS, seed, endOnFailure: true },
        ),
      1 / (parsers.length - index),
    );
    probe.stop();
    expect(read).toBeGreaterThan(0);
  });
});
