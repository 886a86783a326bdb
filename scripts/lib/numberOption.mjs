/** A whole number above 0 that an option was given; throws with the option's name where it is none. */
export function wholeNumber(name, text) {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new Error(`--${name} wants a whole number above 0, not ${text}`);
  }
  return Number(text);
}
