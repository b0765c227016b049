/** Runs one executor on folders of its own, as the engine would, without engine, database or process. */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type * as z from 'zod';

import type { ComponentSpec, PortSpecs } from '../../lib/catalog/component-spec';
import { reserveDelivery } from '../engine/delivery';
import type { ExecutionFacts, Executor, InputArtifact, InputsOf, LogLevel, Progress } from '../engine/executor';

type OptionalPort<In> = { [P in keyof In]: In[P] extends { readonly optional: true } ? P : never }[keyof In];

/** Inputs by port; what is optional may be left out. */
type GivenInputs<In extends PortSpecs> = Omit<InputsOf<In>, OptionalPort<In>> &
  Partial<Pick<InputsOf<In>, OptionalPort<In>>>;

/** What {@link runExecutor} takes. */
export type ExecutorRun<S extends ComponentSpec> = {
  /** As written in a pipeline file: parsed with the spec's parser, so defaults apply. */
  readonly params: z.input<S['params']>;
  readonly inputs: GivenInputs<S['inputs']>;
  /** Where relative paths start. Default: the run's own folder. */
  readonly baseFolder?: string;
  readonly limits?: { readonly memoryMb: number; readonly threads: number };
  readonly signal?: AbortSignal;
  /** Aborted by a test that wants what is there so far. Default: never. */
  readonly finish?: AbortSignal;
  /** Where unfinished work is kept. Default: a folder of the run's own. */
  readonly checkpointFolder?: string;
  /** Sees each step as it is told, for tests that act at a certain point. */
  readonly onProgress?: (step: Progress) => void;
};

/** What {@link runExecutor} gives back. Dispose it to remove its folders. */
export type FinishedRun<S extends ComponentSpec> = AsyncDisposable & {
  readonly facts: ExecutionFacts<S>;
  /** Absolute folder of each output port. */
  readonly folders: { readonly [P in keyof S['outputs']]: string };
  readonly tempFolder: string;
  readonly log: readonly { readonly message: string; readonly level: LogLevel }[];
  readonly progress: readonly Progress[];
};

/** Makes output and scratch folders, executes, and returns the facts. The folders are removed when it throws. */
export async function runExecutor<S extends ComponentSpec>(
  executor: Executor<S>,
  run: ExecutorRun<S>,
): Promise<FinishedRun<S>> {
  const root = await mkdtemp(path.join(tmpdir(), 'sluice-executor-'));
  const dispose = () => rm(root, { recursive: true, force: true });
  const folderOf = (port: string) => path.join(root, 'outputs', port);
  const ports = Object.keys(executor.spec.outputs);
  for (const port of ports) await mkdir(folderOf(port), { recursive: true });
  const tempFolder = path.join(root, 'temp');
  await mkdir(tempFolder);
  const log: { message: string; level: LogLevel }[] = [];
  const progress: Progress[] = [];
  // The keys are those of the spec's ports, which the compiler cannot follow through `Object.fromEntries`.
  const byPort = <T>(value: (port: string) => T) =>
    Object.fromEntries(ports.map((port) => [port, value(port)])) as { [P in keyof S['outputs']]: T };
  try {
    const facts = await executor.execute({
      params: executor.spec.params.parse(run.params) as z.output<S['params']>,
      // An optional port that is left out reads as undefined, as an unwired one does.
      inputs: run.inputs as InputsOf<S['inputs']>,
      outputs: byPort((port) => ({ folder: folderOf(port) })),
      baseFolder: run.baseFolder ?? root,
      deliver: (base = path.join(root, 'pushed')) => reserveDelivery(root, base),
      tempFolder,
      checkpointFolder: run.checkpointFolder ?? path.join(root, 'checkpoint'),
      finish: run.finish ?? new AbortController().signal,
      limits: run.limits ?? { memoryMb: 512, threads: 2 },
      log: (message, level = 'info') => void log.push({ message, level }),
      progress: (step) => {
        progress.push(step);
        run.onProgress?.(step);
      },
      signal: run.signal ?? new AbortController().signal,
    });
    return { facts, folders: byPort(folderOf), tempFolder, log, progress, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** An input artifact made of a folder and the properties that a run before reported. */
export function artifactFrom<T extends string>(
  type: T,
  folder: string,
  properties: InputArtifact['properties'],
): InputArtifact<T> {
  return { id: 'art_test', type, digest: '0'.repeat(64), folder, properties };
}
