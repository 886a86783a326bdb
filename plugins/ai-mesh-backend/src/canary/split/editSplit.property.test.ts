import fc from 'fast-check';
import { applyPatch, type Operation } from 'fast-json-patch';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { WrittenAffinity } from './affinity';
import { CANARY_ANNOTATION } from './annotation';
import { editSplit, originalOf } from './editSplit';
import type { SplitTarget } from './SplitContext';
import { findRule, type SplitSelector } from './findRule';
import { asList, asRecord, sameJson, type JsonRecord } from './json';
import { readSplit, sameWeights } from './readSplit';
import { generatedRoutes, stored } from './__testUtils__/routeArbitraries';
import { routeDialect } from './routeDialects';
import { highestPercent } from './shares';

/** CI looks at more objects than a person waits for. */
const numRuns = process.env.CI ? 10_000 : 500;

/** A run: perhaps a header phase, then ascending shares, perhaps with an affinity. */
const targets: fc.Arbitrary<SplitTarget[]> = fc
  .tuple(
    fc.boolean(),
    fc.boolean(),
    fc.uniqueArray(fc.integer({ min: 1, max: 100 }), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([headerFirst, keeps, shares]) => [
    ...(headerFirst
      ? [
          {
            kind: 'running' as const,
            percent: 0,
            header: { headers: [{ name: 'x-testing', value: 'true' }] },
          },
        ]
      : []),
    ...shares
      .sort((a, b) => a - b)
      .map(percent => ({
        kind: 'running' as const,
        percent,
        ...(keeps && {
          affinity: { cookie: 'a.b', maxAgeSeconds: 60, secure: false },
        }),
      })),
  ]);

/** Everything but what a canary may change: the two weights, a destination that it added, its annotation and rule. */
function untouched(
  object: ConfigObject,
  selector: SplitSelector,
  canaryWasThere: boolean,
  headerRule?: JsonRecord,
  affinity?: WrittenAffinity,
): unknown {
  const copy = structuredClone(object);
  const dialect = routeDialect(object.kind);
  const list = dialect.rulesPointer.split('/').at(-1) ?? '';
  const rules = [...asList(asRecord(copy.spec)?.[list])];
  for (const written of [headerRule, affinity?.rule]) {
    const own = written ? dialect.findHeaderRule(rules, written).index : -1;
    if (own >= 0) {
      rules.splice(own, 1);
      Object.assign(copy.spec ?? {}, { [list]: rules });
    }
  }
  const { stable, canary, rule } = findRule(copy, selector);
  if (affinity && canary) {
    // No generated destination has headers or filters of its own.
    hold(
      JSON.stringify(canary.raw).includes(affinity.setCookie),
      'gives the cookie',
    );
    delete canary.raw.headers;
    delete canary.raw.filters;
  }
  delete stable.raw.weight;
  delete canary?.raw.weight;
  if (canary && !canaryWasThere) {
    const destinations = rule.listPointer.split('/').at(-1) ?? '';
    rule.raw[destinations] = asList(rule.raw[destinations]).filter(
      raw => raw !== canary.raw,
    );
  }
  delete copy.metadata.resourceVersion;
  delete copy.metadata.annotations?.[CANARY_ANNOTATION];
  if (Object.keys(copy.metadata.annotations ?? {}).length === 0) {
    delete copy.metadata.annotations;
  }
  return copy;
}

/** Applies a patch as the API server does: on a copy, with a new resourceVersion and its kind's defaults. */
function write(object: ConfigObject, patch: unknown[]): ConfigObject {
  const { newDocument } = applyPatch(
    structuredClone(object),
    patch as Operation[],
    true,
  );
  newDocument.metadata.resourceVersion = String(
    Number(object.metadata.resourceVersion) + 1,
  );
  return stored(newDocument);
}

/** Jest's own comparisons take a hundred times longer than the editing that they look at. */
function hold(condition: boolean, promise: string): void {
  if (!condition) {
    throw new Error(`It no longer ${promise}`);
  }
}

describe('editing any route', () => {
  it('changes only the two weights and the marks of the canary, gives the share that was asked for, and rolls back to the byte', () => {
    fc.assert(
      fc.property(generatedRoutes, targets, ({ object, selector }, run) => {
        const original = originalOf(object, selector);
        const hadCanary = original.canary !== undefined;
        const highest = highestPercent(findRule(object, selector));
        const rest = untouched(object, selector, hadCanary);
        let current = object;
        let headerRule: JsonRecord | undefined;
        let affinity: WrittenAffinity | undefined;
        const step = (target: SplitTarget) => {
          const edit = editSplit(
            current,
            { id: 'c1', selector, original, headerRule, affinity },
            target,
          );
          current = write(current, edit.patch);
          headerRule = edit.headerRule;
          affinity = edit.affinity;
          return edit;
        };
        for (const target of run) {
          const edit = step(target);
          const reading = readSplit(current, selector, headerRule, affinity);
          hold(
            reading.affinity === (affinity ? 'as-written' : 'absent'),
            'finds what it wrote',
          );
          hold(sameWeights(reading.weights, edit.weights), 'foretells weights');
          hold(
            sameJson(
              untouched(current, selector, hadCanary, headerRule, affinity),
              rest,
            ),
            'leaves the rest alone',
          );
          const share = reading.weights.destinations.find(
            ({ role }) => role === 'canary',
          )?.percent;
          hold(
            target.kind !== 'running' ||
              target.percent === 0 ||
              Math.abs((share ?? 0) - Math.min(target.percent, highest)) <= 1,
            'gives the share that was asked for',
          );
        }
        step({ kind: 'original' });
        expect(JSON.stringify({ ...current, metadata: undefined })).toBe(
          JSON.stringify({ ...object, metadata: undefined }),
        );
        expect(
          JSON.stringify({ ...current.metadata, resourceVersion: undefined }),
        ).toBe(
          JSON.stringify({ ...object.metadata, resourceVersion: undefined }),
        );
      }),
      { numRuns },
    );
  });

  it('is refused where the object has changed since it was read', () => {
    fc.assert(
      fc.property(generatedRoutes, ({ object, selector }) => {
        const original = originalOf(object, selector);
        const edit = editSplit(
          object,
          { id: 'c1', selector, original },
          { kind: 'running', percent: 50 },
        );
        const changed = structuredClone(object);
        changed.metadata.resourceVersion = '2';
        expect(() => write(changed, edit.patch)).toThrow(/test/i);
      }),
      { numRuns: Math.min(numRuns, 500) },
    );
  });
});
