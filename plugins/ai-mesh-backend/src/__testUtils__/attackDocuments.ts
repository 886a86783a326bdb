/** One SLO document. */
export function sloDocument(
  name: string,
  { bad = 'bad_total', total = 'a_total' } = {},
): string {
  const metric = (query: string) =>
    `{ metricSource: { type: Prometheus, spec: { query: ${JSON.stringify(query)} } } }`;
  return `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name} }
spec:
  indicator: { spec: { ratioMetric: { bad: ${metric(bad)}, total: ${metric(total)} } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  objectives: [{ target: 0.99 }]
`;
}

export function sloDocuments(count: number): string {
  return Array.from({ length: count }, (_, n) =>
    sloDocument(`slo-${n}`, { bad: `bad_total{n!="${n}"}` }),
  ).join('---\n');
}

const keys = (count: number, separator: string) =>
  Array.from({ length: count }, (_, n) => `k${n}: ${n % 7}`).join(separator);

/** Files that brought the portal to a stand, or nearly; each with a part of what has to be said of it. */
export const attackDocuments: Record<string, { text: string; says: string }> = {
  '12,000 keys, one a line': {
    text: keys(12_000, '\n'),
    says: 'bytes',
  },
  '9,000 keys in one line': {
    text: `{ ${keys(9000, ', ')} }`,
    says: 'apiVersion must be',
  },
  '11,000 items': { text: `[${'1,'.repeat(11_000)}]`, says: 'keys and items' },
  '40,000 nested brackets': { text: '['.repeat(40_000), says: 'nested' },
  '100,000 nested brackets': { text: '['.repeat(100_000), says: 'nested' },
  '49,000 nested brackets that close': {
    text: '['.repeat(49_000) + ']'.repeat(49_000),
    says: 'nested',
  },
  '33,000 nested maps': { text: '{a: '.repeat(24_000), says: 'nested' },
  '49,000 nested items': { text: '- '.repeat(49_000), says: 'nested' },
  '49,000 nested keys': { text: '? '.repeat(49_000), says: 'nested' },
  '4,000 steps of indentation': {
    text: Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}a:`).join(
      '\n',
    ),
    says: 'nested',
  },
  '90,000 lines': { text: '\n'.repeat(90_000), says: 'lines' },
  '20,000 documents': { text: '---\n'.repeat(4900), says: '' },
  'one long word': { text: 'a'.repeat(99_000), says: 'apiVersion' },
  'one long string that does not end': {
    text: `a: "${'b\\'.repeat(49_000)}`,
    says: 'not YAML',
  },
  'anchors of anchors': {
    text: Array.from({ length: 4000 }, (_, n) => `&a${n} `).join(''),
    says: 'not YAML',
  },
  '20,000 aliases': {
    text: `a: &a 1\nb: [${'*a,'.repeat(9900)}]`,
    says: 'apiVersion',
  },
  'a bomb of aliases': {
    text: `apiVersion: openslo/v1\nkind: SLO\nl0: &l0 [x]\n${Array.from(
      { length: 30 },
      (_, n) =>
        `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`,
    ).join('\n')}\nmetadata: { name: x }\nspec: *l30\n`,
    says: 'spec',
  },
  'a comment after a comma': {
    text: sloDocument('comment', { total: 'a_total{a="b", # why\n c="d"}' }),
    says: 'it has a comment',
  },
  'a carriage return in a comment': {
    text: sloDocument('carriage', {
      total: 'a_total{a="b"} #\r or count({__name__=~".+"})',
    }),
    says: 'a control character',
  },
  'a broken regular expression': {
    text: sloDocument('regex', { total: 'a_total{a=~"("}' }),
    says: 'regular expression',
  },
  'a regular expression of many states': {
    text: sloDocument('states', {
      total: `a_total{a=~"${'(a{100}){10}'.repeat(100)}"}`,
    }),
    says: '',
  },
  'a query of brackets': {
    text: sloDocument('brackets', { total: '('.repeat(1900) }),
    says: 'not PromQL',
  },
  'a query of 90 kB': {
    text: sloDocument('long', { total: 'a or '.repeat(18_000) }),
    says: 'characters',
  },
  'a name of 90 kB': {
    text: sloDocument('n'.repeat(90_000)),
    says: 'characters',
  },
  '3,000 broken documents': {
    text: 'kind: x\n---\n'.repeat(2400),
    says: 'problems more',
  },
};
