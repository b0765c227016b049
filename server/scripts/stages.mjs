/** The stages of the gate and how one is run. `node:` imports only: npm test reads this before anything is installed. */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute folder of this checkout. */
export const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where `npm test` leaves the durations of its stages in ms, for the scorecard. Relative to the checkout. */
export const STAGE_TIMES = 'node_modules/.cache/sluice/stage-times.json';

/**
 * One command of a stage: arguments for Node itself.
 * @typedef {{ readonly args: readonly string[], readonly env?: Readonly<Record<string, string>>, readonly holdsInput?: boolean }} Command
 * `holdsInput` keeps its standard input open, for a command that ends with its parent.
 */

/** True when a file or folder of the checkout exists. */
export function exists(relative) {
  return existsSync(path.join(CHECKOUT, relative));
}

/** Arguments that run the command line of an installed package with Node, without a shell and on every platform. */
export function tool(packageName, args, binName = packageName) {
  const folder = path.join(CHECKOUT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return [path.join(folder, typeof bin === 'string' ? bin : bin[binName]), ...args];
}

/**
 * The static stages, fastest first. They are made when asked for, since tools are looked up in node_modules.
 * @returns {readonly { readonly name: string, readonly commands: () => readonly Command[] }[]}
 */
export const GATE = [
  {
    name: 'format',
    commands: () => [
      {
        args: tool('prettier', [
          '--check',
          '--log-level',
          'warn',
          '--cache',
          '--cache-location',
          'node_modules/.cache/prettier.json',
          '.',
        ]),
      },
    ],
  },
  { name: 'lint', commands: () => [{ args: tool('oxlint', ['--type-aware', '--deny-warnings']) }] },
  {
    name: 'types',
    commands: () => typeProjects().map((project) => ({ args: tool('typescript', ['-p', project], 'tsc') })),
  },
  { name: 'boundaries', commands: () => [{ args: ['server/scripts/boundaries.mjs'] }] },
  { name: 'unused', commands: () => [{ args: tool('knip', ['--no-progress']) }] },
];

function typeProjects() {
  // The web project exists as soon as there are pages; its absence then is a mistake that tsc reports.
  const web = exists('app') ? ['tsconfig.json'] : [];
  const e2e = exists('e2e/tsconfig.json') ? ['e2e'] : [];
  return ['lib', 'server', ...web, ...e2e];
}

/**
 * Runs one command in the checkout with its output on ours. Whatever it started ends with it.
 * @param {Command} command
 * @param {{ readonly timeoutMs: number }} options
 * @returns {Promise<boolean>} true when it ended with exit code 0 in time
 */
export function run({ args, env, holdsInput = false }, { timeoutMs }) {
  return new Promise((resolve) => {
    const ownGroup = process.platform !== 'win32';
    const child = spawn(process.execPath, args, {
      cwd: CHECKOUT,
      env: { ...process.env, ...env },
      stdio: [holdsInput ? 'pipe' : 'ignore', 'inherit', 'inherit'],
      detached: ownGroup,
    });
    const kill = (signal) => {
      try {
        if (ownGroup && child.pid !== undefined) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // The group has ended by itself.
      }
    };
    const onSignal = (signal) => {
      kill(signal);
      setTimeout(() => process.exit(130), 5_000).unref();
    };
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    const timer = setTimeout(() => {
      console.error(`Stopped after ${timeoutMs / 60_000} minutes.`);
      kill('SIGKILL');
    }, timeoutMs);
    const finish = (passed) => {
      clearTimeout(timer);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      kill('SIGKILL');
      resolve(passed);
    };
    child.once('error', (error) => {
      console.error(error.message);
      finish(false);
    });
    child.once('exit', (code) => finish(code === 0));
  });
}

/** Runs a stage's commands one after the other, all of them, and tells whether every one passed. */
export async function runCommands(commands, timeoutMs) {
  let passed = true;
  for (const command of commands) passed = (await run(command, { timeoutMs })) && passed;
  return passed;
}

/** A duration for people: `4.2 s`, `3 min 10 s`. */
export function duration(ms) {
  const seconds = ms / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
