import type { CanaryAffinity } from '@ai-mesh/plugin-ai-mesh-common';
import { RE2JS } from 're2js';
import type { JsonRecord } from './json';

/** What keeps people with the canary, as it was written. */
export interface WrittenAffinity {
  /** The rule that leads whoever sends the cookie to the canary. */
  rule: JsonRecord;
  /** The `Set-Cookie` of the canary's answers. */
  setCookie: string;
}

/** `name=value`: the value is the canary's own, so that an older one's cookie leads nobody to it. */
export function cookiePair({ cookie }: CanaryAffinity, id: string): string {
  return `${cookie}=${id}`;
}

/** The header that gives a browser the cookie (RFC 6265, section 4.1). */
export function setCookieOf(affinity: CanaryAffinity, id: string): string {
  return [
    cookiePair(affinity, id),
    'Path=/',
    `Max-Age=${affinity.maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(affinity.secure ? ['Secure'] : []),
  ].join('; ');
}

/**
 * The expression of RE2 that matches, as a whole, a `Cookie` header that holds this cookie, whatever stands beside it.
 * Cookies are parted by semicolons, which neither a name nor a value can hold (RFC 6265, section 4.2).
 */
export function cookieRegex(pair: string): string {
  return `(?:.*;[ \\t]*)?${RE2JS.quote(pair)}(?:[ \\t]*;.*)?`;
}

/** The cookie of a `Set-Cookie`, without its attributes. */
export function pairOf(setCookie: string): string {
  return setCookie.split(';', 1)[0];
}

/** Whether a `Set-Cookie` is this canary's, however its attributes have been edited. */
export function isSameCookie(setCookie: string, ours: string): boolean {
  return pairOf(setCookie).trim() === pairOf(ours);
}
