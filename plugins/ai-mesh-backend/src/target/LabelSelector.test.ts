import fc from 'fast-check';
import { LabelRequirement, meets, parseLabelSelector } from './LabelSelector';

describe('parseLabelSelector', () => {
  it.each<[string, LabelRequirement[]]>([
    ['app=chat', [{ key: 'app', operator: 'in', values: ['chat'] }]],
    [
      'app == chat , tier!=web',
      [
        { key: 'app', operator: 'in', values: ['chat'] },
        { key: 'tier', operator: 'notin', values: ['web'] },
      ],
    ],
    [
      'app in (a, b),x notin ( c ),y,!z',
      [
        { key: 'app', operator: 'in', values: ['a', 'b'] },
        { key: 'x', operator: 'notin', values: ['c'] },
        { key: 'y', operator: 'exists' },
        { key: 'z', operator: 'absent' },
      ],
    ],
    [
      'app.kubernetes.io/name=chat',
      [{ key: 'app.kubernetes.io/name', operator: 'in', values: ['chat'] }],
    ],
    ['app=', [{ key: 'app', operator: 'in', values: [''] }]],
  ])('reads %s', (text, expected) => {
    expect(parseLabelSelector(text)).toEqual(expected);
  });

  it.each([
    [''],
    ['a=b,'],
    [',a'],
    ['a in'],
    ['a in (b'],
    ['a in b'],
    ['a in (b) c'],
    ['=b'],
    ['!'],
    ['a=b=c'],
    ['a="b"'],
    ['a=b\nc'],
    ['{}'],
    ['a>5'],
    ['a!b'],
    [`a=${'x'.repeat(64)}`],
    ['UPPER.domain/x=y'],
  ])('refuses %j', text => {
    expect(() => parseLabelSelector(text)).toThrow(
      expect.objectContaining({ name: 'WordedError' }),
    );
  });

  it('refuses or reads any text, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        let error: unknown;
        try {
          parseLabelSelector(text);
        } catch (thrown) {
          error = thrown;
        }
        expect((error as Error | undefined)?.name ?? 'WordedError').toBe(
          'WordedError',
        );
      }),
    );
  });
});

describe('meets', () => {
  it.each([
    ['a=1', { a: '1' }, true],
    ['a=1', { a: '2' }, false],
    ['a=1', {}, false],
    ['a!=1', {}, true],
    ['a!=1', { a: '1' }, false],
    ['a in (1,2)', { a: '2' }, true],
    ['a notin (1,2)', { a: '3' }, true],
    ['a', { a: '' }, true],
    ['a', {}, false],
    ['!a', {}, true],
    ['!a', { a: '1' }, false],
    ['a=1,b=2', { a: '1' }, false],
    ['constructor', {}, false],
    ['a=1', undefined, false],
  ])('%s of %j is %s', (selector, labels, expected) => {
    expect(meets(labels, parseLabelSelector(selector))).toBe(expected);
  });
});
