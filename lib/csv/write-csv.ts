/**
 * CSV text of rows, as RFC 4180 has it but with line feeds: a cell that holds a comma, a quote or a line end is quoted,
 * and so is a blank one that is alone in its row, since a blank line is no row.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.length === 1 && row[0] === '' ? '""' : row.map(writeCell).join(',')}\n`).join('');
}

function writeCell(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
