/** The real command `sluice` in tests, as a person or a script calls it. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Ajv2020 } from 'ajv/dist/2020.js';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SCRIPT = path.join(CHECKOUT, 'server/scripts/sluice.mjs');

/** How a call ended, and what it printed. */
export type Called = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A call that goes on. */
export type Calling = {
  readonly ended: Promise<Called>;
  readonly stderr: () => string;
  readonly stdout: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly pid: number;
};

/** Where a call happens. */
export type CallPlace = { readonly cwd?: string; readonly environment?: NodeJS.ProcessEnv };

/** Starts `sluice` with these arguments. */
export function startSluice(args: readonly string[], place: CallPlace = {}): Calling {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: place.cwd,
    env: { ...process.env, CI: 'true', npm_lifecycle_event: undefined, ...place.environment },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (chunk: string) => (texts[name] += chunk));
  }
  const ended = new Promise<Called>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, ...texts });
    });
  });
  return {
    ended,
    stderr: () => texts.stderr,
    stdout: () => texts.stdout,
    kill: (signal) => child.kill(signal),
    pid: child.pid ?? 0,
  };
}

/** Runs `sluice` to its end. */
export function sluice(args: readonly string[], place: CallPlace = {}): Promise<Called> {
  return startSluice(args, place).ended;
}

const validators = new Map<string, ReturnType<Ajv2020['compile']>>();

/**
 * The one JSON document on standard output, checked against the published schema of that name (`answers/run`), or
 * the reasons why it is none.
 */
export function documentOf(called: Called, schema: string): unknown {
  const document: unknown = JSON.parse(called.stdout);
  const validate =
    validators.get(schema) ??
    new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false, allErrors: true }).compile(
      readSchema(schema),
    );
  validators.set(schema, validate);
  if (!validate(document)) throw new Error(`${schema}: ${JSON.stringify(validate.errors)} in ${called.stdout}`);
  return document;
}

function readSchema(name: string): object {
  // A published schema is an object; the test of the schemas compares it with its source.
  return JSON.parse(readFileSync(path.join(CHECKOUT, 'public/schemas', `${name}.json`), 'utf8')) as object;
}
