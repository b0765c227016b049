/**
 * `npm test`: installs what it needs, runs every stage of the gate, fastest first, and ends with one plain line,
 * `N passed, N failed`. Plain JavaScript with `node:` imports: it runs on a fresh clone.
 *
 * `--only STAGE[,STAGE…]` runs some stages; what follows `--` goes to the test runner.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './find-browser.mjs';
import { ensureDependencies } from './install.mjs';
import { CHECKOUT, duration, exists, GATE, runCommands, STAGE_TIMES, tool } from './stages.mjs';
import { countPlaywright, countVitest, noTests } from './test-counts.mjs';

const GATE_TIMEOUT_MS = 10 * 60_000;
const TEST_TIMEOUT_MS = 30 * 60_000;
const reports = mkdtempSync(path.join(tmpdir(), 'sluice-test-'));
const { only, runnerArgs } = readArguments();

function readArguments() {
  const own = process.argv.slice(2);
  const split = own.includes('--') ? own.indexOf('--') : own.length;
  const { values } = parseArgs({ args: own.slice(0, split), options: { only: { type: 'string' } } });
  return { only: values.only?.split(','), runnerArgs: own.slice(split + 1) };
}

/** A stage tells how many tests passed, failed and were skipped; a stage of the gate counts as one. */
const stages = [
  ...GATE.map(({ name, commands }) => ({
    name,
    run: async () =>
      (await runCommands(commands(), GATE_TIMEOUT_MS)) ? { passed: 1, failed: 0, skipped: 0 } : noTests(''),
  })),
  { name: 'unit', run: () => vitest('unit') },
  { name: 'server', run: () => vitest('server') },
  { name: 'build', run: build },
  { name: 'e2e', run: e2e },
];

async function vitest(project) {
  const report = path.join(reports, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ended = await runCommands([{ args: tool('vitest', [...args, ...runnerArgs]) }], TEST_TIMEOUT_MS);
  return countVitest(readReport(report), ended);
}

async function build() {
  // The processes first, then the pages.
  const scripts = ['server/scripts/build.mjs', 'server/scripts/build-page.mjs'];
  const ended = await runCommands(
    scripts.map((script) => ({ args: [script], holdsInput: true })),
    GATE_TIMEOUT_MS,
  );
  return ended ? { passed: 1, failed: 0, skipped: 0 } : noTests('');
}

async function e2e() {
  const { executablePath, env } = await findBrowser();
  console.log(`Browser: ${executablePath}`);
  const report = path.join(reports, 'e2e.json');
  const command = {
    args: tool('@playwright/test', ['test', '--reporter=list,json', ...runnerArgs], 'playwright'),
    env: { ...env, SLUICE_BROWSER: executablePath, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  };
  const ended = await runCommands([command], TEST_TIMEOUT_MS);
  return countPlaywright(readReport(report), ended);
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function isChosen({ name }) {
  if (only !== undefined) return only.includes(name);
  // As long as there are no pages there is nothing to build or to browse; from then on both must be there.
  return !(name === 'build' || name === 'e2e') || exists('app');
}

async function main() {
  ensureDependencies();
  const unknown = only?.filter((name) => !stages.some((stage) => stage.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`No such stage: ${unknown.join(', ')}. There are ${stages.map(({ name }) => name).join(', ')}.`);
  }
  const results = [];
  for (const stage of stages.filter(isChosen)) results.push(await runStage(stage));
  keepTimes(results);
  if (only === undefined) await runCommands([{ args: tool('tsx', ['server/scripts/scorecard.ts']) }], GATE_TIMEOUT_MS);
  return summarise(results);
}

function keepTimes(results) {
  if (only !== undefined) return;
  const all = results.reduce((sum, { ms }) => sum + ms, 0);
  const times = Object.fromEntries([
    ...results.map(({ name, ms }) => [name, Math.round(ms)]),
    ['all', Math.round(all)],
  ]);
  const file = path.join(CHECKOUT, STAGE_TIMES);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(times));
}

async function runStage({ name, run }) {
  console.log(`\n=== ${name} ===`);
  const start = performance.now();
  const result = await run().catch((error) => noTests(error.message));
  if (result.reason) console.error(result.reason);
  const ms = performance.now() - start;
  console.log(`=== ${name}: ${result.failed === 0 ? 'ok' : 'FAILED'} in ${duration(ms)} ===`);
  return { name, ms, ...result };
}

function summarise(results) {
  console.log('\nStage         Result   Passed  Failed  Skipped  Time');
  for (const { name, passed, failed, skipped, ms } of results) {
    const counts = `${String(passed).padStart(6)}  ${String(failed).padStart(6)}  ${String(skipped).padStart(7)}`;
    console.log(`${name.padEnd(12)}  ${failed === 0 ? 'ok    ' : 'FAILED'}   ${counts}  ${duration(ms)}`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

let total = { passed: 0, failed: 1, skipped: 0 };
try {
  total = await main();
} catch (error) {
  console.error(error.message);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
