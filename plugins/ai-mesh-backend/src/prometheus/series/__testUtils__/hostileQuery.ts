import fc from 'fast-check';

const often = <T>(usual: readonly T[], ...rare: readonly T[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
const metric = often(
  ['a_total', 'up', 'x:y'],
  ...['sum', 'or', 'by', 'offset', 'bool', 'start', 'abs', 'time', 'vector'],
  ...['rate', 'on', 'inf', 'nan', 'without', 'group_left', 'end', 'atan2'],
);
const label = often(
  ['app', 'namespace', 'tenant', 'service'],
  ...['__name__', '"app"', 'le', 'or'],
);
const operator = often(['=', '!=', '=~', '!~'], '==', '~', '<');
const value = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...['""', '"chat"', "'chat'", '`chat`', '".*"', '".+"', '"ours|others"'],
      ...['"\\"} or up{a=\\""', '`"} or up #`', '"#"', '"[$x]"', '"\\\\d"'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        '"\\x7d"',
        '"\\u007d or up"',
        '"("',
        '"a{2000}"',
        '"(?i)chat"',
        '"\\',
      ],
      ...['"a\nb"', '"\u2028"', '"\u0085"', '"\ud800"', '"😀"', '"a\rb"'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 8 }).map(text => JSON.stringify(text)),
  },
);
const condition = fc
  .tuple(label, operator, value)
  .map(([name, how, what]) => `${name}${how}${what}`);
const braces = fc
  .tuple(fc.array(condition, { maxLength: 3 }), fc.constantFrom(',', '', ', '))
  .map(([all, end]) => `{${all.join(',')}${all.length > 0 ? end : ''}}`);
const plain = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(metric, braces).map(parts => parts.join('')),
  },
  { weight: 2, arbitrary: metric },
  { weight: 1, arbitrary: braces },
);
const window = often(
  ['[5m]', '[{{.window}}]', '[$__rate_interval]', '[${x}]', '[ 5m ]'],
  ...['[5m:1m]', '[1y]', '[5m]#', '[5m] offset 1h', '[5m] @ 0'],
);
const frame = often(
  ['I', 'sum(I)', 'sum by (app) (I)', 'SUM(I) without (app)', '(I)'],
  ...['count(I)', 'max_over_time(I)', 'I + 1', '-I', 'sum(I, I)', 'I[5m]'],
);
const ranged = fc
  .tuple(plain, window, often(['rate', 'increase'], 'delta'))
  .map(([series, span, how]) => `${how}(${series}${span})`);
const term = fc.oneof(plain, ranged);
const join = often(
  [' or ', '\nor\n', ' OR '],
  ...[' and ', ' unless ', ' / '],
  ...[
    ' or on () ',
    ' # ',
    ' #\r or ',
    '\r',
    ' or #x\n',
    '\u2028or ',
    '\u00a0or ',
  ],
);
const whole = fc
  .tuple(frame, term, fc.array(fc.tuple(join, term), { maxLength: 2 }))
  .map(([around, first, more]) =>
    around.replaceAll('I', () => [first, ...more.flat()].join('')),
  );

/** What grammars disagree on, or stumble over. */
const crumb = fc.constantFrom(
  ...['#', '\r', '\n', '#\r', '\t', '\u0000', '\u2028', '\u00a0', '\ufeff'],
  ...['"', "'", '`', '\\', '{', '}', '(', ')', '[', ']', ',', ' or up', '@'],
  ...[
    '{__name__=~".+"}',
    '} or up{',
    '/*',
    '0x1',
    'NaN',
    '5m',
    '=~',
    '__name__',
  ],
);

/** One change, or a few, somewhere in a query. */
const mutated = fc
  .tuple(
    whole,
    fc.array(fc.tuple(fc.nat(), crumb, fc.nat({ max: 3 })), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([query, changes]) =>
    changes.reduce((text, [where, what, removed]) => {
      const at = where % (text.length + 1);
      return text.slice(0, at) + what + text.slice(at + removed);
    }, query),
  );

/** Queries as an entity's owner may write them: right, nearly right, and made to be read in two ways. */
export const hostileQuery: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: whole },
  { weight: 4, arbitrary: mutated },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);
