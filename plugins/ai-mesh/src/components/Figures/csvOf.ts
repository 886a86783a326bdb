/**
 * A table for a spreadsheet (RFC 4180). No text of it is run as a formula, also where a spreadsheet parts cells at
 * semicolons or tabs, or reads the wide signs of a Chinese keyboard as the others.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const harmless = value
    .replace(/^(?=[\s\0]*[=+\-@＝＋－＠]|[\t\r\n\0])/, "'")
    .replace(/[;\t\r\n][\s\0]*(?=[=+\-@＝＋－＠])/g, "$&'");
  return /[",;\t\r\n]/.test(harmless)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
