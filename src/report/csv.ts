import Papa from 'papaparse';

/** The rows of a CSV as RFC 4180 has it, empty lines left out. Semicolons part cells where the first line has no comma. */
export function csvRows(text: string): readonly (readonly string[])[] {
  const [head = ''] = text.split(/[\r\n]/, 1);
  const delimiter = !head.includes(',') && head.includes(';') ? ';' : ',';
  return Papa.parse<string[]>(text, { delimiter, skipEmptyLines: true }).data;
}

/**
 * A table as RFC 4180 has it, its head first; null is an empty cell. Names come from files and links: what a
 * spreadsheet would take for a formula is led by an apostrophe.
 */
export function csvTable(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  return `${Papa.unparse(rows.map((row) => [...row]), { escapeFormulae: /^[=+\-@\t\r]/, newline: '\r\n' })}\r\n`;
}
