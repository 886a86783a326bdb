import fc from 'fast-check';

/** What an answer of a source becomes on its way. */
export interface Spoiling {
  status: number;
  how:
    | 'not'
    | 'broken off'
    | 'a byte'
    | 'deep'
    | 'long'
    | 'a page'
    | 'a value'
    | 'a key gone'
    | 'a refusal';
  /** Where, as a part of the whole, 0..1. */
  at: number;
  value: unknown;
}

const DEEP = '['.repeat(50_000);
const LONG = 'x'.repeat(300_000);

/** Numbers, texts and things that no source means to send, or only once in a while. */
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, '', 'NaN', '+Inf', '-1e400', 1e308, -1, 0.1, [], {}],
    ...['1970-01-01', '9999999999999999', '\u0000\u2028😀\ud800', '{a}"\\'],
    ...['../../etc/passwd', '<img src=x onerror=alert(1)>', '__proto__'],
    LONG,
    // What has no text of its own: whoever makes one of it unasked throws.
    { toString: 1, valueOf: null },
  ),
  // Where a time, a count or a weight is meant.
  fc.constantFrom<unknown>(
    ...[0.5, -0, -1, 1e20, 1e308, 5e-324, 2 ** 53 + 2, 8.7e18, '0.5', '1e20'],
    ...['9'.repeat(20), '9'.repeat(400), '-9223372036854775808', '٣'],
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

export const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  status: fc.oneof(
    { weight: 5, arbitrary: fc.constant(200) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(204, 302, 400, 401, 403, 404, 422, 500, 503),
    },
  ),
  how: fc.constantFrom<Spoiling['how']>(
    ...(['not', 'broken off', 'a byte', 'deep', 'long', 'a page'] as const),
    ...(['a value', 'a value', 'a value', 'a key gone'] as const),
    ...(['a key gone', 'a refusal'] as const),
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  value: oddValue,
});

/** @param secrets - what a server may repeat in a refusal, as proxies do with the request's headers */
export function spoiled(
  text: string,
  { how, at, value }: Spoiling,
  secrets: readonly string[],
): string {
  const place = Math.floor(at * text.length);
  switch (how) {
    case 'broken off':
      return text.slice(0, place);
    case 'a byte': {
      // Not as a string of its own: one of the values is an object whose `toString` is none.
      const bytes = typeof value === 'string' ? value : JSON.stringify(value);
      return `${text.slice(0, place)}${bytes.slice(0, 3)}${text.slice(place + 1)}`;
    }
    case 'deep':
      return text.replace(/\[/, DEEP);
    case 'long':
      return text.replace(/"[a-z]+":"/, match => `${match}${LONG}`);
    case 'a page':
      return `<html><body>Sign in, Authorization: Bearer ${secrets.join(' ')}</body></html>`;
    case 'a refusal':
      return JSON.stringify({
        status: 'error',
        errorType: 'bad_data',
        error: `no: ${secrets.join(', ')}`,
        errors: [{ msg: secrets.join() }],
      });
    case 'a value':
    case 'a key gone':
      return changed(text, how, at, value);
    default:
      return text;
  }
}

/** Something within a JSON text is another value, or is missing. */
function changed(
  text: string,
  how: 'a value' | 'a key gone',
  at: number,
  value: unknown,
): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return text;
  }
  const places: [Record<string, unknown>, string][] = [];
  const look = (one: unknown) => {
    if (typeof one === 'object' && one !== null && places.length < 20_000) {
      for (const key of Object.keys(one)) {
        const holder = one as Record<string, unknown>;
        places.push([holder, key]);
        look(holder[key]);
      }
    }
  };
  look(json);
  if (places.length > 0) {
    const [holder, key] =
      places[Math.min(places.length - 1, Math.floor(at * places.length))];
    if (how === 'a value') {
      holder[key] = value;
    } else {
      delete holder[key];
    }
  }
  return JSON.stringify(json) ?? '';
}
