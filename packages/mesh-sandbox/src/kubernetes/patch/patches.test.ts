import fc from 'fast-check';
import { applyPatch, compare } from 'fast-json-patch';
import { cloneJson } from '../../store/cloneJson';
import { resourceKinds } from '../../store/resourceKinds';
import { JsonObject } from './Json';
import { jsonPatch } from './jsonPatch';
import { mergePatch } from './mergePatch';
import { strategicMergePatch } from './strategicMergePatch';

const deployments = resourceKinds.find(({ kind }) => kind === 'Deployment')!;

describe('mergePatch', () => {
  it.each([
    [{ a: 1 }, { a: 2, b: { c: null, d: 1 } }, { a: 2, b: { d: 1 } }],
    [{ a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [{ a: 1 }, { a: null, b: null }, {}],
    [{ a: 'text' }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('%j with %j gives %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });
});

describe('jsonPatch', () => {
  const anObject = fc.dictionary(
    fc.constantFrom('a', 'b', 'c~d', 'e/f'),
    // As it is read from a request: JSON text has no -0.
    fc
      .jsonValue({ maxDepth: 2 })
      .map(value => JSON.parse(JSON.stringify(value))),
  );

  it('leads from any object to any other, and changes neither', () => {
    fc.assert(
      fc.property(anObject, anObject, (before, after) => {
        const [from, to] = [cloneJson(before), cloneJson(after)];
        const patch = compare(from, to);
        const kept = cloneJson(from);
        expect(jsonPatch(from, patch)).toEqual(to);
        expect(from).toEqual(kept);
        expect(applyPatch(cloneJson(from), patch).newDocument).toEqual(to);
      }),
    );
  });

  it.each([
    ['no list', { op: 'add' }, 400],
    ['an unknown operation', [{ op: 'sing', path: '/a' }], 400],
    ['a failed test', [{ op: 'test', path: '/a', value: 2 }], 422],
    ['a path that is not there', [{ op: 'remove', path: '/x/y' }], 422],
    ['a path that leads nowhere', [{ op: 'add', path: '/x/y', value: 1 }], 422],
    ['a bad index', [{ op: 'add', path: '/b/7', value: 1 }], 422],
    ['a missing value', [{ op: 'add', path: '/c' }], 422],
    [
      'an attack on prototypes',
      [{ op: 'add', path: '/__proto__/x', value: 1 }],
      422,
    ],
  ])('refuses %s', (_, patch, code) => {
    expect(() => jsonPatch({ a: 1, b: [] }, patch)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('strategicMergePatch', () => {
  const spec = {
    replicas: 2,
    containers: [
      { name: 'app', image: 'a:1', env: [{ name: 'X', value: '1' }] },
      { name: 'side', image: 's:1' },
    ],
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    finalizers: ['one', 'two'],
    args: ['a'],
  };

  it.each<[string, JsonObject, JsonObject]>([
    [
      'merges list items by name',
      {
        containers: [
          { name: 'app', image: 'a:2', env: [{ name: 'Y', value: '2' }] },
        ],
      },
      {
        containers: [
          {
            name: 'app',
            image: 'a:2',
            env: [
              { name: 'X', value: '1' },
              { name: 'Y', value: '2' },
            ],
          },
          spec.containers[1],
        ],
      },
    ],
    [
      'adds and removes list items',
      {
        containers: [
          { name: 'side', $patch: 'delete' },
          { name: 'new', image: 'n:1' },
        ],
      },
      { containers: [spec.containers[0], { name: 'new', image: 'n:1' }] },
    ],
    [
      'replaces a list where told to',
      { containers: [{ name: 'new' }, { $patch: 'replace' }] },
      { containers: [{ name: 'new' }] },
    ],
    [
      'puts items in order',
      { '$setElementOrder/containers': [{ name: 'side' }, { name: 'app' }] },
      { containers: [spec.containers[1], spec.containers[0]] },
    ],
    [
      'keeps no other keys than told',
      { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
      { strategy: { type: 'Recreate' } },
    ],
    [
      'merges sets, and removes from them',
      { finalizers: ['three'], '$deleteFromPrimitiveList/finalizers': ['one'] },
      { finalizers: ['two', 'three'] },
    ],
    ['replaces other lists', { args: ['b'] }, { args: ['b'] }],
    ['removes with null', { replicas: null }, { replicas: undefined }],
    [
      'replaces an object where told to',
      { strategy: { $patch: 'replace', type: 'Recreate' } },
      { strategy: { type: 'Recreate' } },
    ],
  ])('%s', (_, patch, expected) => {
    const before = cloneJson(spec);
    expect(strategicMergePatch(deployments, spec, patch)).toEqual({
      ...spec,
      ...expected,
    });
    expect(spec).toEqual(before);
  });
});
