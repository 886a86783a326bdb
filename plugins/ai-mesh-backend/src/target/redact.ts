/**
 * Takes credentials out of a text that a person or a log will see: those that are known, and whatever looks like a
 * bearer token or a URL's password. Servers and libraries repeat what they were sent in their messages. In time that
 * grows with the text's length and no faster; it comes before a text is cut, because half a secret is not recognised.
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  const known = [...secrets]
    .map(secret => secret.trim())
    // Shorter ones would take ordinary words out of the text, and are no secret.
    .filter(secret => secret.length >= 4)
    .flatMap(secret => [...new Set([secret, withinJson(secret)])])
    .sort((a, b) => b.length - a.length);
  return (
    known
      .reduce((safe, secret) => safe.replaceAll(secret, '[redacted]'), text)
      .replace(/\b(bearer|basic)(\s+)[^\s"',]{4,}/gi, '$1 [redacted]')
      // A password may hold an @ of its own: the last one before the host's end counts.
      .replace(/(?<=\w:\/\/)[^\s/"']+@/g, '[redacted]@')
  );
}

/** As a server repeats it in an answer in JSON. */
function withinJson(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}
