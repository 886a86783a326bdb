import { rulesDigest } from './rulesDigest';

const rule = {
  record: 'slo:errors',
  expr: 'sum(rate(x[5m]))',
  labels: { a: '1', b: '2' },
};
const groups = [{ name: 'ai-mesh one', interval: '30s', rules: [rule] }];
const withRule = (change: object) => [
  { ...groups[0], rules: [{ ...rule, ...change }] },
];

it('is the same for the same rules, in whatever order a server keeps their settings', () => {
  const digest = rulesDigest(groups);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(
    rulesDigest([
      {
        rules: [{ annotations: {}, ...rule, labels: { b: '2', a: '1' } }],
        interval: '30s',
        name: 'ai-mesh one',
      },
    ]),
  ).toBe(digest);
});

it.each([
  ['a name', [{ ...groups[0], name: 'other' }]],
  ['an interval', [{ ...groups[0], interval: '1m' }]],
  ['one group more', [...groups, { ...groups[0], name: 'two' }]],
  ['no group', []],
  ['an expression', withRule({ expr: '1' })],
  ['a label', withRule({ labels: { a: '1' } })],
  ['an annotation', withRule({ annotations: { a: '1' } })],
  ['how long it waits', withRule({ for: '5m' })],
  ['an alert', withRule({ record: undefined, alert: 'slo:errors' })],
])('is another for %s that is another', (_, others) => {
  expect(rulesDigest(others)).not.toBe(rulesDigest(groups));
});

const deep = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);

it.each([
  ['nothing', undefined],
  ['a text', 'groups'],
  ['no list', { length: 1 }],
  ['a setting that AI Mesh does not write', withRule({ limit: 1 })],
  ['a number for an expression', withRule({ expr: 1 })],
  ['what is nested without end', deep],
  ['a label of the prototype', withRule({ labels: { a: {} } })],
])('is none for %s', (_, others) => {
  expect(rulesDigest(others)).toBeUndefined();
});
