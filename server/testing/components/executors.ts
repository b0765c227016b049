/** What the test components do. */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { AppError } from '../../../lib/errors';
import { openDuckdb } from '../../duckdb/connection';
import { implement } from '../../engine/executor';
import type { ExecutorRegistry } from '../../engine/run-node';
import { writeTestModel } from '../write-test-model';
import { beginJournal, endJournal } from './journal';
import { LOOP_EXECUTORS } from './loop-executors';
import {
  busyLoopSpec,
  failUntilSpec,
  fillDiskSpec,
  forkerSpec,
  gateSpec,
  judgeSpec,
  makeModelSpec,
  noOpSpec,
  suicideSpec,
  talkerSpec,
} from './specs';

const done = { outputs: { token: { properties: {} } } };
const LOOK_MS = 5;

/** Counts one more attempt in a file and returns how many there were before. */
function countUp(counter: string): number {
  const before = existsSync(counter) ? Number(readFileSync(counter, 'utf8')) : 0;
  writeFileSync(counter, String(before + 1));
  return before;
}

const noOp = implement(noOpSpec, async ({ params, outputs }) => {
  beginJournal(params.journal);
  if (params.text !== undefined) await writeFile(path.join(outputs.token.folder, 'text.txt'), params.text);
  endJournal(params.journal);
  return done;
});

const gate = implement(gateSpec, async ({ params, outputs, signal, log }) => {
  beginJournal(params.journal);
  await writeFile(path.join(outputs.token.folder, 'text.txt'), params.text);
  log('waiting at the gate');
  while (!existsSync(params.gate)) {
    if (!params.ignoreSignal) signal.throwIfAborted();
    await delay(LOOK_MS);
  }
  endJournal(params.journal);
  return done;
});

const failUntil = implement(failUntilSpec, async ({ params }) => {
  beginJournal(params.journal);
  const before = countUp(params.counter);
  endJournal(params.journal);
  if (before < params.failures) throw new AppError(params.code, `Failure ${before + 1} of ${params.failures}.`);
  return Promise.resolve(done);
});

const busyLoop = implement(busyLoopSpec, async ({ params, limits, tempFolder, log }) => {
  beginJournal(params.journal);
  log('looping');
  switch (params.engine) {
    case 'javascript': {
      const from = performance.now();
      while (params.forMs === undefined || performance.now() - from < params.forMs);
      break;
    }
    case 'wasm':
      loopInWasm();
      break;
    case 'duckdb': {
      await using duckdb = await openDuckdb({ ...limits, tempFolder });
      await duckdb.connection.run(
        'select sum(sin(a.i * b.i * c.i)) from range(100000) a(i), range(100000) b(i), range(100000) c(i)',
      );
    }
  }
  endJournal(params.journal);
  return done;
});

/** What of WebAssembly is needed here; the types of Node leave it out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: { readonly [name: string]: unknown } };
};

/** A module of one exported function `f` whose body is `loop br 0 end`: assembled by hand, byte by byte. */
function loopInWasm(): void {
  const module = new WebAssembly.Module(
    new Uint8Array([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
      ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // type section: () → ()
      ...[0x03, 0x02, 0x01, 0x00], // function section: one function of type 0
      ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00], // export section: "f"
      ...[0x0a, 0x09, 0x01, 0x07, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b], // code: loop, br 0, end, end
    ]),
  );
  const exported = new WebAssembly.Instance(module).exports['f'];
  if (typeof exported === 'function') Reflect.apply(exported, undefined, []);
}

const forker = implement(forkerSpec, async ({ params, log }) => {
  beginJournal(params.journal);
  const script = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);
    require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'ignore', detached: ${String(params.detached)} });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore', detached: params.detached });
  log(`started ${child.pid ?? 0}`);
  if (params.hang) for (;;) await delay(1_000);
  child.unref();
  endJournal(params.journal);
  return done;
});

const fillDisk = implement(fillDiskSpec, async ({ params, outputs }) => {
  beginJournal(params.journal);
  const file = await open(path.join(outputs.token.folder, 'large.bin'), 'w');
  try {
    const megabyte = Buffer.alloc(1_048_576, 7);
    for (let i = 0; i < params.sizeMb; i++) await file.writeFile(megabyte);
  } finally {
    await file.close();
  }
  endJournal(params.journal);
  return done;
});

const talker = implement(talkerSpec, async ({ params, log, progress }) => {
  for (let i = 1; i <= params.lines; i++) {
    log(params.clockEveryMs === undefined ? `line ${i}` : String(Date.now()));
    if (params.clockEveryMs !== undefined) await delay(params.clockEveryMs);
  }
  for (let i = 1; i <= params.progress; i++) {
    progress({ share: i / params.progress, message: `${i}` });
    await delay(1);
  }
  return done;
});

const suicide = implement(suicideSpec, async ({ params }) => {
  beginJournal(params.journal);
  if (countUp(params.counter) < params.times) process.kill(process.pid, 'SIGKILL');
  endJournal(params.journal);
  return Promise.resolve(done);
});

const makeModel = implement(makeModelSpec, async ({ params, outputs }) => {
  beginJournal(params.journal);
  await writeTestModel(outputs.model.folder, params.weights);
  endJournal(params.journal);
  return { outputs: { model: { properties: {} } } };
});

const judge = implement(judgeSpec, async ({ params, outputs }) => {
  await writeFile(path.join(outputs.blessing.folder, params.blessed ? 'BLESSED' : 'NOT_BLESSED'), '');
  await writeFile(path.join(outputs.evaluation.folder, 'metrics.json'), JSON.stringify([{ auc: params.auc }]));
  return {
    outputs: {
      evaluation: { properties: { metrics: { auc: params.auc } } },
      blessing: { properties: { blessed: params.blessed ? 1 : 0 } },
    },
  };
});

/** Every test executor by component type. */
export const TEST_EXECUTORS: ExecutorRegistry = {
  ...LOOP_EXECUTORS,
  NoOp: () => Promise.resolve(noOp),
  Gate: () => Promise.resolve(gate),
  FailUntil: () => Promise.resolve(failUntil),
  BusyLoop: () => Promise.resolve(busyLoop),
  Forker: () => Promise.resolve(forker),
  FillDisk: () => Promise.resolve(fillDisk),
  Talker: () => Promise.resolve(talker),
  Suicide: () => Promise.resolve(suicide),
  MakeModel: () => Promise.resolve(makeModel),
  Judge: () => Promise.resolve(judge),
};
