/**
 * A table for a spreadsheet (RFC 4180). No text of it is run as a formula, also where a spreadsheet parts cells at
 * semicolons or tabs.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const harmless = value
    .replace(/^(?=\s*[=+\-@]|[\t\r\n])/, "'")
    .replace(/[;\t\r\n]\s*(?=[=+\-@])/g, "$&'");
  return /[",;\t\r\n]/.test(harmless)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
