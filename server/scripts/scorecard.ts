/** `npm run scorecard`: the table of goals for the code, as numbers. Printed to be read; no gate. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import {
  countConsole,
  countDocumented,
  countEscapes,
  countTodos,
  functionLengths,
  registryLines,
  spread,
  type Spread,
} from './scorecard/measure-code';
import { readSourceFiles } from './scorecard/source-files';
import { CHECKOUT, STAGE_TIMES, tool } from './stages.mjs';

type Row = { readonly measure: string; readonly value: string; readonly goal: string; readonly met: boolean };

const zUnused = z.object({ issues: z.array(z.record(z.string(), z.unknown())) });
const zLint = z.object({ diagnostics: z.array(z.object({ code: z.string().optional() })) });
const zTimes = z.record(z.string(), z.number());

function spreadRow(
  measure: string,
  lengths: readonly number[],
  goal: { median: number; p95: number; max?: number },
): Row {
  const { count, median, p95, max }: Spread = spread(lengths);
  const limit = goal.max ?? Infinity;
  return {
    measure: `${measure} (${count})`,
    value: `median ${median}, p95 ${p95}, max ${max}`,
    goal: `median ≤ ${goal.median}, p95 ≤ ${goal.p95}${goal.max === undefined ? '' : `, max ${goal.max}`}`,
    met: median <= goal.median && p95 <= goal.p95 && max <= limit,
  };
}

function zeroRow(measure: string, counts: readonly number[]): Row {
  return {
    measure,
    value: counts.join(' / '),
    goal: counts.map(() => '0').join(' / '),
    met: counts.every((count) => count === 0),
  };
}

/** Standard output of one of our tools, whatever its exit code. */
function output(args: readonly string[]): string {
  return spawnSync(process.execPath, args, { cwd: CHECKOUT, encoding: 'utf8', maxBuffer: 1e8 }).stdout;
}

function boundaryCounts(): { readonly cycles: number; readonly others: number } {
  const lines = output(['server/scripts/boundaries.mjs']).split('\n').filter(Boolean);
  const cycles = lines.filter((line) => line.startsWith('no-cycles')).length;
  return { cycles, others: lines.length - cycles };
}

function unusedExports(): number {
  const { issues } = zUnused.parse(JSON.parse(output(tool('knip', ['--no-progress', '--reporter', 'json']))));
  const sizes = issues.flatMap((issue) =>
    [issue['exports'], issue['types']].filter(Array.isArray).map((list) => list.length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function lintCounts(): (rule: string) => number {
  const { diagnostics } = zLint.parse(JSON.parse(output(tool('oxlint', ['--type-aware', '-f', 'json']))));
  return (rule) => diagnostics.filter(({ code }) => code === rule).length;
}

function timeRows(): readonly Row[] {
  const file = path.join(CHECKOUT, STAGE_TIMES);
  if (!existsSync(file)) return [];
  const times = zTimes.parse(JSON.parse(readFileSync(file, 'utf8')));
  const goals = [
    { name: 'unit', measure: 'Unit suite, last run', seconds: 30 },
    { name: 'all', measure: 'Whole `npm test`, last run', seconds: 20 * 60 },
  ];
  return goals.flatMap(({ name, measure, seconds }) => {
    const ms = times[name];
    return ms === undefined
      ? []
      : [{ measure, value: `${(ms / 1000).toFixed(0)} s`, goal: `≤ ${seconds} s`, met: ms <= seconds * 1000 }];
  });
}

function rows(): readonly Row[] {
  const files = readSourceFiles(CHECKOUT);
  const source = files.filter((file) => !file.isTest);
  const { functions, components } = functionLengths(source);
  const escapes = countEscapes(source);
  const documents = countDocumented(source.filter((file) => file.path.startsWith('lib/')));
  const share = (100 * documents.documented) / Math.max(1, documents.exports);
  const boundary = boundaryCounts();
  const lint = lintCounts();
  const lines = registryLines(source);
  return [
    spreadRow(
      'File length, lines',
      source.map((file) => file.lines),
      { median: 100, p95: 250, max: 400 },
    ),
    spreadRow('Function length', functions, { median: 10, p95: 50 }),
    spreadRow('React component length', components, { median: 40, p95: 120 }),
    zeroRow('`any` / double casts / suppressions', [escapes.any, escapes.doubleCasts, escapes.suppressions]),
    zeroRow('Import cycles / boundary violations / unused exports', [
      boundary.cycles,
      boundary.others,
      unusedExports(),
    ]),
    {
      measure: 'Documented exports of lib',
      value: `${share.toFixed(0)} % of ${documents.exports}`,
      goal: '≥ 85 %',
      met: share >= 85,
    },
    zeroRow('TODO without a condition / console outside logger and CLI', [countTodos(source), countConsole(source)]),
    zeroRow('Sleeps in tests / mocks of own modules', [lint('house(no-sleep)'), lint('house(no-mock-of-own-module)')]),
    { measure: 'Registry lines to add a pipeline component', value: String(lines), goal: '2', met: lines <= 2 },
    ...timeRows(),
  ];
}

const table = rows();
const width = (key: 'measure' | 'value'): number => Math.max(...table.map((row) => row[key].length));
console.log('\nScorecard');
for (const { measure, value, goal, met } of table) {
  console.log(`${met ? ' ' : '!'} ${measure.padEnd(width('measure'))}  ${value.padEnd(width('value'))}  goal ${goal}`);
}
