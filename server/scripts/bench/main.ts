/**
 * `npm run bench`: measures the product's claims on this machine, each beside its bar and its peer.
 * `--only NAME[,NAME…]` runs some of them, `--json` prints the rows as one document. Exit code 1 when a bar is missed.
 */

import { parseArgs } from 'node:util';
import type { BenchRow } from './bench-row';
import { BENCHMARKS } from './index';

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean', default: false } } });
const names = values.only?.split(',') ?? Object.keys(BENCHMARKS);
const rows: BenchRow[] = [];
let broken = false;

for (const name of names) {
  const load = BENCHMARKS[name];
  if (load === undefined) {
    console.error(`No such benchmark: ${name}. There are ${Object.keys(BENCHMARKS).join(', ')}.`);
    process.exit(2);
  }
  if (!values.json) console.log(`\n${name}`);
  try {
    const { run } = await load();
    for (const row of await run()) {
      rows.push(row);
      if (!values.json) console.log(lineOf(row));
    }
  } catch (error) {
    broken = true;
    console.error(
      `! ${name} did not finish: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

if (values.json) console.log(JSON.stringify({ rows }, null, 2));
process.exitCode = broken || rows.some((row) => !row.ok) ? 1 : 0;

function lineOf({ claim, measured, unit, bar, peer, ok }: BenchRow): string {
  const beside = peer === undefined ? '' : `   ${peer.name}: ${figure(peer.value)} ${peer.unit}`;
  return `${ok ? ' ' : '!'} ${claim}: ${figure(measured)} ${unit}   bar: ${bar}${beside}`;
}

/** Three significant digits, thousands apart. */
function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}
