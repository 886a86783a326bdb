import fc from 'fast-check';
import { applyPatch as reference } from 'fast-json-patch';
import {
  applyPatch,
  pointer,
  removeValue,
  setValue,
  stepsOf,
  valueAt,
} from './jsonPatch';

const key = fc.oneof(
  fc.constantFrom('spec', 'http', 'a/b', 'c~d', 'ai.model', ''),
  fc.string({ maxLength: 3 }),
);
/** The reference refuses keys that would reach a prototype. */
const steps = fc.array(
  key.filter(step => !/^(__proto__|constructor|prototype)$/.test(step)),
  { minLength: 1, maxLength: 4 },
);

describe('changing an object by JSON Patch', () => {
  it('takes paths as they are written in messages', () => {
    expect(stepsOf('spec.http[2].route[0].weight')).toEqual([
      'spec',
      'http',
      '2',
      'route',
      '0',
      'weight',
    ]);
    expect(pointer(['a/b', 'c~d'])).toBe('/a~1b/c~0d');
  });

  it('makes what has to be around a value', () => {
    const object = { spec: { host: 'chat' } };
    const operations = setValue(
      object,
      stepsOf('spec.trafficPolicy.tls.mode'),
      'SIMPLE',
    );
    expect(operations).toEqual([
      {
        op: 'add',
        path: '/spec/trafficPolicy',
        value: { tls: { mode: 'SIMPLE' } },
      },
    ]);
    expect(applyPatch(object, operations)).toEqual({
      spec: { host: 'chat', trafficPolicy: { tls: { mode: 'SIMPLE' } } },
    });
    expect(object).toEqual({ spec: { host: 'chat' } });
  });

  it('replaces what is of the wrong type on the way', () => {
    const object = { spec: { trafficPolicy: 'none' } };
    expect(
      applyPatch(
        object,
        setValue(object, stepsOf('spec.trafficPolicy.tls'), {}),
      ),
    ).toEqual({ spec: { trafficPolicy: { tls: {} } } });
  });

  it('puts the value there, whatever the object, as the reference does', () => {
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.jsonValue()),
        steps,
        fc.jsonValue(),
        (object, path, value) => {
          const plain = JSON.parse(JSON.stringify(object));
          const operations = setValue(plain, path, value);
          const changed = applyPatch(plain, operations);
          expect(valueAt(changed, path)).toEqual(value);
          expect(
            reference(structuredClone(plain), operations, true).newDocument,
          ).toEqual(changed);
        },
      ),
    );
  });

  it('takes a value away, and only where it is', () => {
    const object = { a: [1, { b: 2 }], c: 3 };
    expect(applyPatch(object, removeValue(object, ['a', '1', 'b']))).toEqual({
      a: [1, {}],
      c: 3,
    });
    expect(applyPatch(object, removeValue(object, ['a', '0']))).toEqual({
      a: [{ b: 2 }],
      c: 3,
    });
    expect(removeValue(object, ['x', 'y'])).toEqual([]);
  });

  it('adds to a list', () => {
    expect(
      applyPatch({ a: [1] }, [
        { op: 'add', path: '/a/-', value: 3 },
        { op: 'add', path: '/a/1', value: 2 },
      ]),
    ).toEqual({ a: [1, 2, 3] });
  });

  it.each([
    [{ op: 'test' as const, path: '/a', value: 2 }],
    [{ op: 'replace' as const, path: '/b', value: 2 }],
    [{ op: 'remove' as const, path: '/a/b' }],
    [{ op: 'add' as const, path: '/b/c', value: 2 }],
  ])('refuses what does not fit: %o', operation => {
    expect(() => applyPatch({ a: 1 }, [operation])).toThrow(operation.path);
  });
});
