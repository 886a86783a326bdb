import fc from 'fast-check';
import type { StoredFacts } from '../store/StoredFacts';
import { fact, noFact, type ComputedFact } from './ComputedFact';
import { asOf, takeOver } from './takeOver';

const REF = 'component:default/chat';
const OUTDATED_MS = 2_700_000;
const at = (time: string) => `2026-11-27T${time}:00.000Z`;

const next = (
  before: StoredFacts | undefined,
  computed: Record<string, ComputedFact>,
  time: string,
) => takeOver(REF, before, computed, at(time), OUTDATED_MS);

const away = noFact('source-unreachable', {
  message: 'The cluster is away.',
});

describe('takeOver', () => {
  it('keeps since when a value holds', () => {
    const first = next(undefined, { retriesBilled: fact(1) }, '10:00');
    expect(first.changes).toEqual([
      { at: at('10:00'), values: { retriesBilled: 1 } },
    ]);
    const second = next(first.stored, { retriesBilled: fact(1) }, '10:15');
    expect(second).toMatchObject({ changes: [], changed: false });
    expect(second.stored).toMatchObject({
      observedAt: at('10:15'),
      facts: { retriesBilled: { since: at('10:00') } },
    });
    const third = next(second.stored, { retriesBilled: fact(0) }, '10:30');
    expect(third).toMatchObject({
      changed: true,
      changes: [{ at: at('10:30'), values: { retriesBilled: 0 } }],
    });
  });

  it('stores of many facts what changed alone', () => {
    const first = next(
      undefined,
      { retriesBilled: fact(1), mtlsStrict: fact(false) },
      '10:00',
    );
    expect(
      next(
        first.stored,
        { retriesBilled: fact(0), mtlsStrict: fact(false) },
        '10:15',
      ).changes,
    ).toEqual([{ at: at('10:15'), values: { retriesBilled: 0 } }]);
  });

  it('remembers what a fact was when it was known last, with its time, for as long as it is unknown', () => {
    const first = next(undefined, { mtlsStrict: fact(true) }, '10:00');
    const lost = next(first.stored, { mtlsStrict: away }, '10:15');
    expect(lost.changes).toEqual([
      { at: at('10:15'), values: { mtlsStrict: null } },
    ]);
    const still = next(lost.stored, { mtlsStrict: away }, '10:30');
    expect(still).toMatchObject({ changes: [], changed: false });
    expect(still.stored.facts.mtlsStrict).toEqual({
      ...away,
      since: at('10:15'),
      last: { value: true, at: at('10:00') },
    });
    const back = next(still.stored, { mtlsStrict: fact(true) }, '10:45');
    expect(back.stored.facts.mtlsStrict).toEqual({
      ...fact(true),
      since: at('10:45'),
    });
  });

  it('leaves a gap where nothing was computed for too long', () => {
    const first = next(
      undefined,
      { mtlsStrict: fact(true), latencyP99Seconds: noFact('no-traffic') },
      '10:00',
    );
    expect(
      next(
        first.stored,
        { mtlsStrict: fact(true), latencyP99Seconds: noFact('no-traffic') },
        '20:00',
      ).changes,
    ).toEqual([
      { at: at('10:45'), values: { mtlsStrict: null } },
      { at: at('20:00'), values: { mtlsStrict: true } },
    ]);
  });

  it("says for the day what was known last in it, and not yesterday's", () => {
    const first = next(undefined, { mtlsStrict: fact(true) }, '10:00');
    expect(next(first.stored, { mtlsStrict: away }, '10:15').day).toEqual({
      mtlsStrict: true,
    });
    expect(
      takeOver(
        REF,
        first.stored,
        { mtlsStrict: away },
        '2026-11-28T10:00:00.000Z',
        OUTDATED_MS,
      ).day,
    ).toEqual({ mtlsStrict: null });
  });

  it('takes a clock that was set back for no gap', () => {
    const first = next(undefined, { mtlsStrict: fact(true) }, '10:00');
    expect(
      next(first.stored, { mtlsStrict: fact(true) }, '08:00'),
    ).toMatchObject({
      changes: [],
      stored: { facts: { mtlsStrict: { since: at('10:00') } } },
    });
  });

  it('has a history that, applied in order, always comes to what is stored', () => {
    const computed = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(
        fc.integer({ min: 0, max: 2 }).map(value => fact(value)),
        fc.constant(away),
      ),
      { minKeys: 3, maxKeys: 3 },
    );
    const steps = fc.array(
      fc.record({ computed, minutes: fc.integer({ min: 1, max: 200 }) }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, all => {
        let stored: StoredFacts | undefined;
        let time = Date.parse(at('00:00'));
        let told: Record<string, unknown> = { a: null, b: null, c: null };
        for (const { computed: facts, minutes } of all) {
          time += minutes * 60_000;
          const taken = takeOver(
            REF,
            stored,
            facts,
            new Date(time).toISOString(),
            OUTDATED_MS,
          );
          for (const { values } of taken.changes) {
            told = { ...told, ...values };
          }
          stored = taken.stored;
          expect(told).toEqual(
            Object.fromEntries(
              Object.entries(facts).map(([name, one]) => [
                name,
                one.status === 'known' ? one.value : null,
              ]),
            ),
          );
        }
      }),
    );
  });
});

describe('asOf', () => {
  const { stored } = next(
    undefined,
    { mtlsStrict: fact(true), latencyP99Seconds: away },
    '10:00',
  );

  it.each(['09:00', '10:00', '10:45'])(
    'leaves facts as they are at %s',
    time => {
      expect(asOf(stored, new Date(at(time)), OUTDATED_MS)).toBe(stored);
    },
  );

  it('knows nothing any more after too long, and says since when and what it was', () => {
    expect(
      asOf(stored, new Date('2026-11-28T10:00:00.000Z'), OUTDATED_MS).facts,
    ).toEqual({
      mtlsStrict: {
        status: 'unknown',
        reason: 'outdated',
        message: expect.stringMatching(
          /^It was computed last at Nov 2\d, 2026, .+\.$/,
        ),
        words: [{ key: 'facts.computedLast', params: { at: at('10:00') } }],
        since: at('10:45'),
        last: { value: true, at: at('10:00') },
      },
      latencyP99Seconds: { ...away, since: at('10:00') },
    });
  });
});
