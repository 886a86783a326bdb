import fc from 'fast-check';
import { hasLabels } from '../read/labelSelector';
import { AddressPool } from './AddressPool';
import { LabelIndex } from './LabelIndex';

const labels = fc.dictionary(
  fc.constantFrom('app', 'version'),
  fc.constantFrom('a', 'b'),
);

describe('LabelIndex', () => {
  it('finds what a walk over everything finds', () => {
    const step = fc.record({
      name: fc.constantFrom('x', 'y', 'z'),
      labels: fc.option(labels, { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step), labels, (steps, selector) => {
        fc.pre(Object.keys(selector).length > 0);
        const index = new LabelIndex();
        const all = new Map<string, Record<string, string>>();
        for (const each of steps) {
          if (each.labels) {
            index.set('n', each.name, each.labels);
            all.set(each.name, each.labels);
          } else {
            index.delete('n', each.name);
            all.delete(each.name);
          }
        }
        const expected = [...all]
          .filter(([, own]) => hasLabels(own, selector))
          .map(([name]) => name);
        expect(index.selectedBy('n', selector).sort()).toEqual(expected.sort());
        expect(index.selectedBy('other', selector)).toEqual([]);
      }),
    );
  });

  it('selects nothing by an empty selector', () => {
    const index = new LabelIndex();
    index.set('n', 'x', { app: 'a' });
    expect(index.selectedBy('n', {})).toEqual([]);
  });
});

describe('AddressPool', () => {
  it('gives each owner an address of its own, the same at every start', () => {
    const owners = Array.from({ length: 5000 }, (_, i) => `n/pod-${i}`);
    const pool = new AddressPool('10.244');
    const addresses = owners.map(owner => pool.take(owner));
    expect(new Set(addresses).size).toBe(owners.length);
    expect(
      addresses.every(each => /^10\.244\.\d+\.([1-9]\d*)$/.test(each)),
    ).toBe(true);
    expect(pool.take(owners[7])).toBe(addresses[7]);
    expect(new AddressPool('10.244').take(owners[0])).toBe(addresses[0]);
  });

  it('gives an address again once it is released', () => {
    const pool = new AddressPool('10.244');
    const address = pool.take('a');
    pool.release('a');
    expect(pool.propose('a')).toBe(address);
  });
});
