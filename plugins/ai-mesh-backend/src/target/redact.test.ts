import { redact } from './redact';

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
      'of two tokens the longer one first',
      'abcd-long',
      ['abcd', 'abcd-long'],
      '[redacted]',
    ],
    ['nothing of an ordinary text', 'an app', ['', 'a'], 'an app'],
  ])('takes out %s', (_, text, secrets, expected) => {
    expect(redact(text, secrets)).toBe(expected);
  });
});
