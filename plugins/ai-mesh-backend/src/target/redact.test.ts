import fc from 'fast-check';
import { redact, redactBeginning } from './redact';

describe('redact', () => {
  it.each([
    ['a token that is known', 'x abc-123 y', ['abc-123'], 'x [redacted] y'],
    [
      'a token with a line break behind it, as files have',
      'Headers.append: "Bearer abc-123\n" is wrong',
      ['abc-123\n'],
      'Headers.append: "Bearer [redacted]\n" is wrong',
    ],
    [
      'a bearer token that is not known',
      'got Bearer eyJhbGciOi.x.y here',
      [],
      'got Bearer [redacted] here',
    ],
    [
      'the password in a URL',
      'GET https://user:pass@host/x',
      [],
      'GET https://[redacted]@host/x',
    ],
    [
      'a password with an @ in it',
      'GET https://user:p@ss@host/x?a@b',
      [],
      'GET https://[redacted]@host/x?a@b',
    ],
    [
      'a token as JSON writes it',
      String.raw`{"error":"bad to\"ken"}`,
      ['to"ken'],
      '{"error":"bad [redacted]"}',
    ],
    [
      'of two tokens the longer one first',
      'abcd-long',
      ['abcd', 'abcd-long'],
      '[redacted]',
    ],
    ['nothing of an ordinary text', 'an app', ['', 'a'], 'an app'],
  ])('takes out %s', (_, text, secrets, expected) => {
    expect(redact(text, secrets)).toBe(expected);
  });

  it.each([
    ['letters', 'a'.repeat(400_000)],
    ['beginnings of URLs', 'a://'.repeat(100_000)],
    ['words of a header', 'bearer '.repeat(60_000)],
    ['a header and blanks', `bearer${' '.repeat(400_000)}"`],
    ['at signs', `a://${'@'.repeat(400_000)} `],
  ])(
    'takes no longer for many %s than for a text',
    (_, text) => {
      // A quadratic one takes minutes; no clock has to be looked at to see that.
      expect(redact(text, ['s3cret']).length).toBeGreaterThan(0);
    },
    20_000,
  );
});

describe('redactBeginning', () => {
  it('keeps a text that is short enough', () => {
    expect(redactBeginning('a s3cret word', 20, ['s3cret'])).toBe(
      'a [redacted] word',
    );
  });

  it('ends with a whole word', () => {
    expect(redactBeginning('one two three', 10)).toBe('one two ');
    expect(redactBeginning('onetwothree', 10)).toBe('');
  });

  it.each([
    ['a known one', 'sesame-1234567890', ['sesame-1234567890']],
    ['a known one with blanks', 'open sesame now', ['open sesame now']],
    ['a bearer token', 'Bearer sesame-1234567890', []],
    ['a password of a URL', 'http://user:sesame-12345@host/', []],
  ])('tells no part of %s wherever it is cut', (_, secret, secrets) => {
    const shown = /ses|12|ame|user/;
    fc.assert(
      fc.property(fc.nat({ max: 30 }), fc.nat({ max: 60 }), (words, most) => {
        const text = `${'x '.repeat(words)}${secret} y `.repeat(4);
        expect(redactBeginning(text, most, secrets)).not.toMatch(shown);
      }),
      { numRuns: 300 },
    );
  });

  it('tells no part of a credential that nearly all of a refusal consists of', () => {
    const token = 'sesame-'.repeat(150);
    const refusal = redactBeginning(`${token} `.repeat(100), 65_536, [token]);
    expect(refusal).toMatch(/^(\[redacted\] )+$/);
  });
});
