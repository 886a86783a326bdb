import { JSONParser } from '@streamparser/json';
import { inTurns } from './inTurns';

/**
 * What is shorter is parsed at once, characters: that takes 25 ms at the worst, and a tenth of what the streaming parser needs.
 * Of four million characters `JSON.parse` makes up to half a second, where every object has keys of its own.
 */
const AT_ONCE = 256 * 1024;
/** So much of what is longer is parsed in a turn, characters: a few milliseconds. */
const SLICE = 128 * 1024;

/**
 * As `JSON.parse`, but gives way to whatever else waits while it parses a long text: an answer of eight megabytes would be
 * parsed in one go for a fifth of a second, in which the portal answers nobody. A key `__proto__` of a long text is not
 * kept; nothing that is read here has one.
 *
 * @throws Error where the text is no JSON
 */
export async function parseInSlices(json: string): Promise<unknown> {
  if (json.length <= AT_ONCE) {
    return JSON.parse(json);
  }
  const parser = new JSONParser({ paths: ['$'], keepStack: false });
  let whole: { value: unknown } | undefined;
  parser.onValue = ({ value }) => {
    whole = { value };
  };
  for (let from = 0, to; from < json.length; from = to) {
    await inTurns();
    to = endOfSlice(json, from + SLICE);
    parser.write(Buffer.from(json.slice(from, to)));
  }
  if (!whole) {
    throw new SyntaxError('The text ends before its value does.');
  }
  return whole.value;
}

/** Not between the halves of one letter. */
function endOfSlice(json: string, at: number): number {
  return /[\ud800-\udbff]/.test(json.charAt(at - 1)) ? at + 1 : at;
}
