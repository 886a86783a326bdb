import fc from 'fast-check';

const crumb = fc.constantFrom(
  ...['/', ',', '=', '!=', ' in (', ')', '(', ' notin ', '!', '..', '%2e', ':'],
  ...[
    'shop/cart',
    'app',
    'eu-1',
    '\u0000',
    '\r',
    '\n',
    '\u2028',
    '\ud800',
    '#',
  ],
  ...['{', '}', '[', ']', '"', "'", '\\', '- ', '? ', '&a ', '*a', '|', '>-'],
  ...[
    'apiVersion: openslo/v1',
    'kind: SLO',
    '---\n',
    '<<: *a',
    '!!js/function',
  ],
  ...['component:default/x', 'a'.repeat(300), '9'.repeat(40), '__proto__'],
  ...['bearer abcdef', 'https://u:p@host', 'T24:00:00Z', '{{selector}}'],
);

/** A text that nobody means. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(crumb, { maxLength: 12 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** A right text in which something is put, or from which something is taken. */
export const mutant = (...rights: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...rights), fc.nat(), crumb, fc.nat({ max: 20 }))
    .map(([one, where, what, removed]) => {
      const at = where % (one.length + 1);
      return one.slice(0, at) + what + one.slice(at + removed);
    });
