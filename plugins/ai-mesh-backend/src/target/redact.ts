/**
 * Takes credentials out of a text that a person or a log will see: those that are known, and whatever looks like a
 * bearer token or a URL's password. Servers and libraries repeat what they were sent in their messages.
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  const known = [...secrets]
    .map(secret => secret.trim())
    // Shorter ones would take ordinary words out of the text, and are no secret.
    .filter(secret => secret.length >= 4)
    .sort((a, b) => b.length - a.length);
  return known
    .reduce((safe, secret) => safe.replaceAll(secret, '[redacted]'), text)
    .replace(/\b(bearer|basic)\s+[^\s"',]{4,}/gi, '$1 [redacted]')
    .replace(/(\w+:\/\/)[^\s/@"']+@/g, '$1[redacted]@');
}
