import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import {
  edge,
  encryption,
  node,
  traffic,
  unknownTraffic,
} from '../../../__testUtils__';
import { holdsOfEdge, holdsOfNode, parseExpression } from '.';

function read(written: string) {
  const parsed = parseExpression(written);
  if (parsed.status !== 'read') {
    throw new Error(JSON.stringify(parsed));
  }
  return parsed.expression;
}

describe('parseExpression', () => {
  it.each([
    ['llm', { kind: 'word', word: 'llm' }],
    ['"or"', { kind: 'word', word: 'or' }],
    ['"say ""or"", 100 %"', { kind: 'word', word: 'say "or", 100 %' }],
    [
      'name="模型""，"',
      { kind: 'text', field: 'name', operator: '=', pattern: '模型"，' },
    ],
    [
      'name＝“模型，一”',
      { kind: 'text', field: 'name', operator: '=', pattern: '模型，一' },
    ],
    ['（ｉｄｌｅ）', { kind: 'mark', mark: 'idle' }],
    [
      'p95＞１．５ ｓ',
      { kind: 'number', field: 'p95', operator: '>', value: 1500 },
    ],
    ['"！＝"', { kind: 'word', word: '！＝' }],
    ['plaintext', { kind: 'mark', mark: 'plaintext' }],
    [
      'errors > 1 %',
      { kind: 'number', field: 'errors', operator: '>', value: 0.01 },
    ],
    ['p95>2s', { kind: 'number', field: 'p95', operator: '>', value: 2000 }],
    [
      'p99 >= 1,5 min',
      { kind: 'number', field: 'p99', operator: '>=', value: 90_000 },
    ],
    [
      'rate < 0.5 req/s',
      { kind: 'number', field: 'rate', operator: '<', value: 0.5 },
    ],
    [
      'Name = LLM-*',
      { kind: 'text', field: 'name', operator: '=', pattern: 'LLM-*' },
    ],
    [
      'idle or not (version!=v1 and p95 > 2 s)',
      {
        kind: 'or',
        parts: [
          { kind: 'mark', mark: 'idle' },
          {
            kind: 'not',
            part: {
              kind: 'and',
              parts: [
                {
                  kind: 'text',
                  field: 'version',
                  operator: '!=',
                  pattern: 'v1',
                },
                { kind: 'number', field: 'p95', operator: '>', value: 2000 },
              ],
            },
          },
        ],
      },
    ],
  ])('reads %s', (written, expression) => {
    expect(read(written)).toEqual(expression);
  });

  it.each([
    ['nam=llm', 0, { kind: 'no-field', found: 'nam', meant: 'name' }],
    [
      'idle eror > 1 %',
      5,
      { kind: 'no-field', found: 'eror', meant: 'errors' },
    ],
    ['colour=red', 0, { kind: 'no-field', found: 'colour', meant: undefined }],
    [
      'idle or plaintxt',
      8,
      { kind: 'misspelt', found: 'plaintxt', meant: 'plaintext' },
    ],
    ['errors > 1 s', 9, { kind: 'no-number', found: '1 s', example: '1 %' }],
    ['errors > many', 9, { kind: 'no-number', found: 'many', example: '1 %' }],
    ['p95 > 2 %', 6, { kind: 'no-number', found: '2 %', example: '2 s' }],
    [
      'p95 > 2parsecs',
      6,
      { kind: 'no-number', found: '2parsecs', example: '2 s' },
    ],
    ['errors >', 8, { kind: 'no-value', field: 'errors' }],
    ['errors > > 1', 9, { kind: 'no-value', field: 'errors' }],
    ['name > b', 5, { kind: 'no-order', field: 'name' }],
    ['(idle', 0, { kind: 'unclosed' }],
    ['idle)', 4, { kind: 'unopened' }],
    ['idle or', 7, { kind: 'nothing-follows' }],
    ['idle and or slow', 9, { kind: 'unexpected', found: 'or' }],
    ['name="llm', 5, { kind: 'unclosed-quote' }],
    ['name＝“模型', 5, { kind: 'unclosed-quote' }],
    [
      'idle or eror＞1％',
      8,
      { kind: 'no-field', found: 'eror', meant: 'errors' },
    ],
    [`${'('.repeat(30)}idle`, 20, { kind: 'too-deep', most: 20 }],
    ['a'.repeat(501), 500, { kind: 'too-long', most: 500 }],
  ])('says of %s that position %i is wrong', (written, at, problem) => {
    expect(parseExpression(written)).toEqual({
      status: 'wrong',
      mistake: { at, problem },
    });
  });

  it('reads anything, or says where inside of it it cannot', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc
            .array(
              fc.constantFrom(
                '(',
                ')',
                'not',
                '!',
                'or',
                'and',
                'name',
                '=',
                '>',
                'errors',
                '1',
                '%',
                '"',
                'idle',
                '*',
              ),
              { maxLength: 20 },
            )
            .map(words => words.join(' ')),
        ),
        written => {
          const parsed = parseExpression(written);
          const isInside =
            parsed.status !== 'wrong' ||
            (parsed.mistake.at >= 0 && parsed.mistake.at <= written.length);
          const canBeAsked =
            parsed.status !== 'read' ||
            typeof holdsOfNode(parsed.expression, node('a')) === 'boolean';
          expect([isInside, canBeAsked]).toEqual([true, true]);
        },
      ),
    );
  });
});

describe('an expression', () => {
  const failing = node('llm-gateway', {
    traffic: traffic(5, { errorRatio: 0.02, p95Ms: 3000 }),
  });
  const blind = node('blind', { traffic: unknownTraffic('not-exported') });

  it.each([
    ['llm', true],
    ['name=llm', false],
    ['name=llm-*', true],
    ['name=*gate*', true],
    ['namespace=ai-services', true],
    ['namespace!=ai-services', false],
    ['version=v9', false],
    ['errors > 1 %', true],
    ['errors > 2 %', false],
    ['p95 > 2 s', true],
    ['p95 > 2 s and errors > 5 %', false],
    ['p95 > 2 s or errors > 5 %', true],
    ['not idle', true],
    ['external', false],
    // Plaintext are calls, never services.
    ['plaintext', false],
    ['not plaintext', false],
  ])('%s of a service: %s', (written, holds) => {
    expect(holdsOfNode(read(written), failing)).toBe(holds);
  });

  it.each([
    'errors > 1 %',
    'not errors > 1 %',
    'errors <= 1 %',
    'idle',
    '!idle',
  ])('%s does not hold where nothing is known', written => {
    expect(holdsOfNode(read(written), blind)).toBe(false);
  });

  it.each(['version=v1', 'version!=v1', 'not version=v1'])(
    '%s does not hold where no version is known',
    written => {
      const external = node('provider', { versions: [] });
      expect(holdsOfNode(read(written), external)).toBe(false);
    },
  );

  it('that is idle holds of what nobody called, and not of what only TCP reaches', () => {
    const quiet = { traffic: unknownTraffic('no-traffic') };
    const zero = known(0);
    expect(holdsOfNode(read('idle'), node('a', quiet))).toBe(true);
    expect(
      holdsOfNode(
        read('idle'),
        node('a', {
          ...quiet,
          tcp: {
            connectionsOpenedPerSecond: zero,
            sentBytesPerSecond: zero,
            receivedBytesPerSecond: zero,
          },
        }),
      ),
    ).toBe(false);
  });

  it.each([
    [encryption(1, 0), 'plaintext', false],
    [encryption(1, 1), 'plaintext', true],
    [encryption(0, 1), 'plaintext', true],
    [encryption(0, 1), 'not plaintext', false],
    [unknown('not-exported'), 'plaintext', false],
    [unknown('not-exported'), 'not plaintext', false],
    // A call has no name.
    [encryption(0, 1), 'a', false],
    [encryption(0, 1), 'not a', false],
  ])('%j, %s of a call: %s', (of, written, holds) => {
    expect(holdsOfEdge(read(written), edge('a', 'b', { encryption: of }))).toBe(
      holds,
    );
  });
});
