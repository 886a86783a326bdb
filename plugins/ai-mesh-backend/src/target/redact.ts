/**
 * Takes credentials out of a text that a person or a log will see: those that are known, and whatever looks like a
 * bearer token or a URL's password. Servers and libraries repeat what they were sent in their messages. In time that
 * grows with the text's length and no faster; it comes before a text is cut, because half a secret is not recognised.
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  return (
    formsOf(secrets)
      .reduce((safe, secret) => safe.replaceAll(secret, '[redacted]'), text)
      .replace(/\b(bearer|basic)(\s+)[^\s"',]{4,}/gi, '$1 [redacted]')
      // A password may hold an @ of its own: the last one before the host's end counts.
      .replace(/(?<=\w:\/\/)[^\s/"']+@/g, '[redacted]@')
  );
}

/**
 * As {@link redact}, of a text that is too long to be looked through. It ends with the last whole word before so many
 * characters, and before a secret that goes on beyond them: a part of one would not be recognised.
 */
export function redactBeginning(
  text: string,
  most: number,
  secrets: Iterable<string> = [],
): string {
  if (text.length <= most) {
    return redact(text, secrets);
  }
  const known = [...secrets];
  const ends = formsOf(known).map(secret => {
    const from = Math.max(0, most - secret.length + 1);
    const at = text.slice(from, most + secret.length - 1).indexOf(secret);
    return at < 0 ? most : from + at;
  });
  const beginning = redact(text.slice(0, Math.min(most, ...ends)), known);
  return /^[^]*[\s"']/.exec(beginning)?.[0] ?? '';
}

/** The secrets as texts may hold them, the longest first. */
function formsOf(secrets: Iterable<string>): string[] {
  return (
    [...secrets]
      .map(secret => secret.trim())
      // Shorter ones would take ordinary words out of the text, and are no secret.
      .filter(secret => secret.length >= 4)
      .flatMap(secret => [...new Set([secret, withinJson(secret)])])
      .sort((a, b) => b.length - a.length)
  );
}

/** As a server repeats it in an answer in JSON. */
function withinJson(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}
