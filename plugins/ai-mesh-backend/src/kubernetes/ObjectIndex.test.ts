import fc from 'fast-check';
import type { KubernetesObject } from './kinds';
import { ObjectStore } from './ObjectIndex';

const object = (
  namespace: string,
  name: string,
  resourceVersion = '1',
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name, resourceVersion },
});

describe('ObjectStore', () => {
  it('gives views that later changes do not touch', () => {
    const store = new ObjectStore();
    store.put(object('a', 'x'));
    store.put(object('b', 'x'));
    const before = store.view();
    store.put(object('a', 'y'));
    store.remove('b', 'x');
    expect(before.all().map(({ metadata }) => metadata.name)).toEqual([
      'x',
      'x',
    ]);
    expect(before.get('b', 'x')).toBeDefined();
    expect(store.view().get('a', 'y')).toBeDefined();
    expect(store.view().inNamespace('b')).toEqual([]);
  });

  it('gives the same view, and the same array of an untouched namespace', () => {
    const store = new ObjectStore();
    store.put(object('a', 'x'));
    store.put(object('b', 'x'));
    const before = store.view();
    expect(store.view()).toBe(before);
    store.put(object('a', 'x', '2'));
    expect(store.view().inNamespace('b')).toBe(before.inNamespace('b'));
    expect(store.view().inNamespace('a')).not.toBe(before.inNamespace('a'));
  });

  it('changes nothing for a list of what is known already', () => {
    const store = new ObjectStore();
    store.replace([object('a', 'x'), object('b', 'y')]);
    const before = store.view();
    store.replace([object('b', 'y'), object('a', 'x')]);
    expect(store.view()).toBe(before);
  });

  it('agrees with a plain map, whatever happens, and so does every view', () => {
    const names = fc.constantFrom('x', 'y', 'z');
    const namespaces = fc.constantFrom('', 'a', 'b');
    const target = fc.record({
      namespace: namespaces,
      name: names,
      version: fc.constantFrom('1', '2', '3'),
    });
    const change = fc.oneof(
      target.map(value => ({ type: 'put' as const, value })),
      target.map(value => ({ type: 'remove' as const, value })),
      fc.constant({ type: 'view' as const }),
      fc
        .uniqueArray(target, {
          selector: ({ namespace, name }) => `${namespace}/${name}`,
        })
        .map(values => ({ type: 'replace' as const, values })),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), changes => {
        const store = new ObjectStore();
        let model = new Map<string, string>();
        const views: { view: () => string[]; expected: string[] }[] = [];
        const rows = () =>
          [...model].map(([key, version]) => `${key}@${version}`).sort();
        for (const step of changes) {
          if (step.type === 'put') {
            const { namespace, name, version } = step.value;
            store.put(object(namespace, name, version));
            model.set(`${namespace}/${name}`, version);
          } else if (step.type === 'remove') {
            store.remove(step.value.namespace, step.value.name);
            model.delete(`${step.value.namespace}/${step.value.name}`);
          } else if (step.type === 'replace') {
            store.replace(
              step.values.map(({ namespace, name, version }) =>
                object(namespace, name, version),
              ),
            );
            model = new Map(
              step.values.map(({ namespace, name, version }) => [
                `${namespace}/${name}`,
                version,
              ]),
            );
          } else {
            const view = store.view();
            views.push({
              view: () =>
                view
                  .all()
                  .map(
                    ({ metadata }) =>
                      `${metadata.namespace}/${metadata.name}@${metadata.resourceVersion}`,
                  )
                  .sort(),
              expected: rows(),
            });
          }
          expect(store.size).toBe(model.size);
        }
        for (const { view, expected } of views) {
          expect(view()).toEqual(expected);
        }
      }),
    );
  });
});
