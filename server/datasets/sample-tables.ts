/**
 * The tables of the samples as a pipeline reads them, made from the files of `vega-datasets`. What a model could not know
 * beforehand is left out; a value that is missing there is an empty cell here.
 */

import * as z from 'zod';

import { CsvScanner } from '../../lib/csv/csv-scanner';
import { writeCsv } from '../../lib/csv/write-csv';

const LONGEST_RECORD_BYTES = 65_536;
/** Says how much damage there was; `damage` says whether there was any. */
const DAMAGE_SOURCE = 'Effect Amount of damage';
const NO_DAMAGE = 'None';
/** What a strike cost is known only when its damage is: such columns give the label away. */
const LEAKING = new Set([DAMAGE_SOURCE, 'Cost Other', 'Cost Repair', 'Cost Total $']);

/**
 * Bird strikes: the columns that are known when a strike is reported, and `damage`, 1 where the aircraft was damaged at
 * all and 0 where it was not. `source` is `birdstrikes.csv`.
 */
export function birdStrikesCsv(source: Uint8Array): string {
  const [header = [], ...rows] = readRecords(source);
  const damage = header.indexOf(DAMAGE_SOURCE);
  const kept = [...header.keys()].filter((column) => !LEAKING.has(header[column] ?? ''));
  const pick = (row: readonly string[]) => kept.map((column) => row[column] ?? '');
  return writeCsv([
    [...pick(header), 'damage'],
    ...rows.map((row) => [...pick(row), row[damage] === NO_DAMAGE ? '0' : '1']),
  ]);
}

const zPenguins = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])));

/** Penguins: every column as it is; what was not measured is an empty cell. `source` is `penguins.json`. */
export function penguinsCsv(source: Uint8Array): string {
  const penguins = zPenguins.parse(JSON.parse(new TextDecoder().decode(source)));
  const columns = Object.keys(penguins[0] ?? {});
  return writeCsv([columns, ...penguins.map((penguin) => columns.map((column) => String(penguin[column] ?? '')))]);
}

function readRecords(source: Uint8Array): string[][] {
  const decoder = new TextDecoder();
  const records: string[][] = [];
  const scanner = new CsvScanner({
    file: 'birdstrikes.csv',
    maxRecordBytes: LONGEST_RECORD_BYTES,
    onRecord: ({ bytes, starts, ends, count }) => {
      records.push(
        Array.from({ length: count }, (_, cell) => decoder.decode(bytes.subarray(starts[cell], ends[cell]))),
      );
    },
  });
  scanner.push(source);
  scanner.end();
  return records;
}
