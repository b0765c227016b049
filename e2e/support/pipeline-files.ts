/** Writes pipeline files and their data below a folder. */

import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Writes a pipeline of CsvExampleGen and StatisticsGen over `csv` and returns its file. */
export function writePipeline(folder: string, name: string, csv: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.json`);
  const document = {
    format: 'sluice.pipeline/1',
    name,
    nodes: {
      examples: { component: 'CsvExampleGen', params: { inputBase: csv } },
      statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
    },
  };
  writeFileSync(file, JSON.stringify(document));
  return file;
}

/** Writes a CSV of three columns. Half a million rows keep a studio busy for seconds. */
export function writeRows(file: string, rows: number): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const handle = openSync(file, 'w');
  writeSync(handle, 'id,amount,city\n');
  let text = '';
  for (let row = 0; row < rows; row++) {
    text += `${row},${((row * 7919) % 10_007) / 100},city ${row % 401}\n`;
    if (text.length > 1_000_000) {
      writeSync(handle, text);
      text = '';
    }
  }
  writeSync(handle, text);
  closeSync(handle);
}
