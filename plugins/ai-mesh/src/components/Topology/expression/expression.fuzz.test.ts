import fc from 'fast-check';
import { edge, node } from '../../../__testUtils__';
import { holdsOfEdge, holdsOfNode, parseExpression } from '.';

/** Set by `npm run fuzz`: until when it goes on, and from which seed. */
const { AI_MESH_FUZZ_UNTIL = '0', AI_MESH_FUZZ_SEED = '1' } = process.env;
const ATTEMPTS = 2000;
const LONGEST_MS = 200;

jest.setTimeout(Math.max(0, Number(AI_MESH_FUZZ_UNTIL) - Date.now()) + 120_000);

const word = fc.constantFrom(
  ...[
    'name',
    'namespace',
    'version',
    'cluster',
    'errors',
    'p95',
    'rate',
    'eror',
  ],
  ...['=', '!=', '>', '>=', '<', '<=', '!', '(', ')', '"', 'and', 'or', 'not'],
  ...['plaintext', 'idle', 'failing', 'faling', 'llm*', '*', 'a*a*a*a*a*a*b'],
  ...['1', '1 %', '2 s', '1,5 min', '9'.repeat(40), '1e9', '-1', '٣', 'req/s'],
  ...[
    '__proto__',
    'constructor',
    '\u0000',
    '\u2028',
    '\ud800',
    'a'.repeat(120),
  ],
);
const expression = fc.oneof(
  fc
    .array(fc.tuple(word, fc.constantFrom('', ' ', '  ')), { maxLength: 30 })
    .map(words => words.flat().join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    `name=${'a*'.repeat(200)}b`,
    `${'('.repeat(250)}${')'.repeat(250)}`,
    `${'not '.repeat(120)}a`,
    `${'!'.repeat(499)}a`,
    'a or '.repeat(99),
  ),
);

/** The longest names that a mesh can have, made to be looked through again and again. */
const nodes = [
  node('a', { name: 'a'.repeat(253), namespace: 'a'.repeat(63) }),
  node('b', { name: 'llm-gateway', namespace: undefined }),
];

it('reads or refuses whatever is written, and tells at once what it holds of', () => {
  let seed = Number(AI_MESH_FUZZ_SEED);
  const found = { attempts: 0, longestStallMs: 0 };
  let read = 0;
  const attack = fc.property(expression, written => {
    const began = process.cpuUsage();
    const parsed = parseExpression(written);
    if (parsed.status === 'read') {
      read += 1;
      nodes.forEach(one => holdsOfNode(parsed.expression, one));
      holdsOfEdge(parsed.expression, edge('a', 'b'));
    }
    if (parsed.status === 'wrong' && parsed.mistake.at > written.length) {
      throw new Error(`a mistake behind the end, at ${parsed.mistake.at}`);
    }
    const { user, system } = process.cpuUsage(began);
    const ms = (user + system) / 1000;
    found.attempts += 1;
    found.longestStallMs = Math.max(found.longestStallMs, ms);
    if (ms > LONGEST_MS) {
      throw new Error(`took ${Math.round(ms)} ms`);
    }
  });
  do {
    fc.assert(attack, { numRuns: ATTEMPTS, seed: seed++, endOnFailure: true });
  } while (Date.now() < Number(AI_MESH_FUZZ_UNTIL));
  expect(read).toBeGreaterThan(found.attempts / 20);
  if (AI_MESH_FUZZ_UNTIL !== '0') {
    process.stdout.write(`expressions: ${JSON.stringify(found)}\n`);
  }
});
