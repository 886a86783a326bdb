/**
 * Several values as one text of a query or an address, which {@link splitValues} reads: separated by commas. A comma or a
 * backslash of a value stands behind a backslash, and so does white space at its ends.
 *
 * @public
 */
export function joinValues(values: readonly string[]): string {
  return values.map(value => value.replace(/[,\\]|^\s|\s$/g, '\\$&')).join(',');
}

/**
 * The values of a text that a person or {@link joinValues} wrote. White space around them is not theirs, and an empty one
 * is none.
 *
 * @public
 */
export function splitValues(text: string): string[] {
  const values: string[] = [];
  let value = '';
  /** Of the value, without white space that may be behind it. */
  let length = 0;
  for (let at = 0; at <= text.length; at++) {
    const isEscaped = text[at] === '\\' && at + 1 < text.length;
    const sign = isEscaped ? text[++at] : text.charAt(at);
    if (!isEscaped && (sign === ',' || sign === '')) {
      values.push(value.slice(0, length));
      value = '';
      length = 0;
    } else if (isEscaped || sign.trim() !== '') {
      value += sign;
      length = value.length;
    } else if (value !== '') {
      value += sign;
    }
  }
  return values.filter(Boolean);
}
