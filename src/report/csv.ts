import { dsvFormat } from 'd3-dsv';

/** The rows of a CSV as RFC 4180 has it, empty lines left out. Tabs part cells where the first line has some, semicolons where it has no comma. */
export function csvRows(text: string): readonly (readonly string[])[] {
  const plain = text.replace(/^\uFEFF/, '');
  const [head = ''] = plain.split(/[\r\n]/, 1);
  const format = dsvFormat(head.includes('\t') ? '\t' : !head.includes(',') && head.includes(';') ? ';' : ',');
  return format.parseRows(plain).filter((row) => row.length > 1 || row[0] !== '');
}

/**
 * A table as RFC 4180 has it, its head first; null is an empty cell. Names come from files and links: what a
 * spreadsheet would take for a formula is led by an apostrophe.
 */
export function csvTable(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  const format = dsvFormat(',');
  const cell = (value: string | number | boolean | null) => (typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? ''));
  return rows.map((row) => `${format.formatRow(row.map(cell))}\r\n`).join('');
}
