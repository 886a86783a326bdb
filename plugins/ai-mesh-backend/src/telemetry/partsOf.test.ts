import { partsOf } from './partsOf';

it.each<[string, Record<string, number>, string[][]]>([
  ['nothing', {}, []],
  ['what fits, by name', { b: 2, a: 3 }, [['a', 'b']]],
  ['what does not fit together', { a: 3, b: 3, c: 2 }, [['a'], ['b', 'c']]],
  ['one that is larger by itself', { a: 1, b: 9, c: 1 }, [['a'], ['b'], ['c']]],
  ['the first though it is larger', { a: 9, b: 1 }, [['a'], ['b']]],
])('puts together %s', (_, sizes, parts) => {
  expect(partsOf(new Map(Object.entries(sizes)), 5)).toEqual(parts);
});
