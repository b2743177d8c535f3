/** A cell of a table; null and undefined are empty. */
export type Cell = null | undefined | boolean | number | string;

/**
 * What makes spreadsheets take a text for a formula, or hides that it does; the apostrophe, so that taking one away always
 * gives the text back.
 */
const FORMULA = /^[=+\-@\t\r\n'＝＋－＠]/u;
const TO_QUOTE = /[",\r\n]/;

/**
 * A line of a table by RFC 4180, with its line break. A text that begins with `=`, `+`, `-`, `@` (their wide forms too), a
 * tab, a line break or an apostrophe gets an apostrophe in front, as OWASP advises against formulas that were smuggled in;
 * whoever reads the table takes one apostrophe at the beginning of a cell away.
 */
export function csvLine(cells: readonly Cell[]): string {
  let line = '';
  for (let index = 0; index < cells.length; index++)
    line += index === 0 ? csvCell(cells[0]) : `,${csvCell(cells[index])}`;
  return `${line}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
