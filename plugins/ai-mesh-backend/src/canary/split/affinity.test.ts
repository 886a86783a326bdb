import fc from 'fast-check';
import { RE2JS } from 're2js';
import { cookieRegex, setCookieOf } from './affinity';

const finds = (pair: string, header: string) =>
  RE2JS.compile(cookieRegex(pair)).matches(header);

describe('the expression that finds a cookie', () => {
  it.each([
    ['alone', 'canary=a1'],
    ['first', 'canary=a1; theme=dark'],
    ['last', 'session=x; canary=a1'],
    ['in between', 'session=x; canary=a1; theme=dark'],
    ['without blanks', 'session=x;canary=a1;theme=dark'],
    ['beside an empty one', '; canary=a1;'],
    ['beside one of the same name', 'canary=old; canary=a1'],
    ['behind signs that expressions know', 'a.*=(b)[c]{2}|; canary=a1'],
  ])('finds it %s', (_, header) => {
    expect(finds('canary=a1', header)).toBe(true);
  });

  it.each([
    ['no cookie', ''],
    ['another value', 'canary=a2'],
    ['a longer value', 'canary=a11'],
    ['a longer value with a sign', 'canary=a1-b'],
    ['a longer name', 'xcanary=a1'],
    ['a longer name with a sign', 'my-canary=a1'],
    ['a value that holds it', 'other=canary=a1'],
    ['a value that ends with it', 'other="x canary=a1"; theme=dark'],
    ['a quoted value', 'canary="a1"'],
    ['another case', 'Canary=a1'],
    ['a blank within', 'canary= a1'],
  ])('does not take %s for it', (_, header) => {
    expect(finds('canary=a1', header)).toBe(false);
  });

  const word = (alphabet: string) =>
    fc.string({
      unit: fc.constantFrom(...alphabet),
      minLength: 1,
      maxLength: 8,
    });
  // Few letters, so that names and values are often parts of each other, and every sign of RFC 6265's tokens.
  const name = word("ab.!#$&'*+^_`|~-");
  const value = word('ab-=.*+?()[]{}^$|');

  it('finds exactly the cookies of that name and value, of all headers that browsers may send', () => {
    fc.assert(
      fc.property(
        name,
        word('ab-12'),
        fc.array(fc.tuple(name, value), { maxLength: 4 }),
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        (cookie, own, others, place, sent) => {
          const pairs = others.map(([n, v]) => `${n}=${v}`);
          if (sent) {
            pairs.splice(place, 0, `${cookie}=${own}`);
          }
          expect(finds(`${cookie}=${own}`, pairs.join('; '))).toBe(
            pairs.includes(`${cookie}=${own}`),
          );
        },
      ),
    );
  });
});

it.each([
  [
    { cookie: 'canary', maxAgeSeconds: 600, secure: true },
    'canary=c1; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure',
  ],
  [
    { cookie: 'canary', maxAgeSeconds: 600, secure: false },
    'canary=c1; Path=/; Max-Age=600; HttpOnly; SameSite=Lax',
  ],
])('%j is set as %s', (affinity, text) => {
  expect(setCookieOf(affinity, 'c1')).toBe(text);
});
