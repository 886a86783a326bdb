import { shortened } from '../shortened';

/** What fits a page. */
const LONGEST = 300;

/**
 * What a refusal says for itself: the first text of a key in it, else the whole; undefined where it is empty. It may be
 * cut off, and no JSON at all.
 */
export function saidIn(body: string, key: 'error' | 'msg'): string | undefined {
  const found = new RegExp(`"${key}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(
    body,
  )?.[1];
  const message = found === undefined ? body.trim() : unquoted(found);
  return message === '' ? undefined : shortened(message, LONGEST);
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    // A line break or an escape that JSON does not have: it is shown as it is written.
    return text.slice(1, -1);
  }
}
