/**
 * A value as a part of an address. Undefined for dots, which browsers take for steps of a path in whatever way they are
 * written, and for halves of characters, which no address can hold.
 */
export function inUrl(value: string | undefined): string | undefined {
  return value === undefined || /^\.{1,2}$/.test(value) || /\p{Cs}/u.test(value)
    ? undefined
    : encodeURIComponent(value);
}
