/**
 * One attempt inside a node process: check the inputs, execute, verify and hash the outputs. Knows nothing of the
 * database; what it returns becomes true only when the worker publishes it.
 */

import { rm } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { zArtifactProperties } from '../../lib/artifact/artifact';
import type { ComponentSpec } from '../../lib/catalog/component-spec';
import { AppError } from '../../lib/errors';
import { toStorageError } from '../duckdb/storage-error';
import { makeFolder } from '../storage/make-folder';
import { damageError, findDamageOf } from './check-inputs';
import { reserveDelivery, sealDeliveries } from './delivery';
import type { ExecutionContext, ExecutionFacts, InputArtifact, LogLevel, OutputFolder, Progress } from './executor';
import type { NodeTask, TaskInput, TaskOutput } from './node-task';
import { sealOutput } from './seal-output';

/** An executor whose own types of ports and parameters are gone: a method, so that every executor is one. */
export type LoadedExecutor = {
  readonly spec: ComponentSpec;
  execute(context: ExecutionContext<ComponentSpec>): Promise<ExecutionFacts<ComponentSpec>>;
};

/** Executors by component type, loaded when first needed. Tests add their own beside the shipped ones. */
export type ExecutorRegistry = { readonly [component: string]: (() => Promise<LoadedExecutor>) | undefined };

/** What an attempt may say while it runs, and how it learns that it has to stop. */
export type AttemptVoice = {
  readonly log: (message: string, level?: LogLevel) => void;
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** Aborts when a person wants what is there so far. */
  readonly finish: AbortSignal;
  /** Told when everything is in place and the executor begins. */
  readonly onExecute?: () => void;
};

/** Named places where tests let a process die; does nothing in the shipped programs. */
export type CrashPoint = (name: string) => void;

/** An input that is not what was published: the worker marks the artifact. */
export class DamagedInputError extends Error {
  readonly artifactId: string;
  readonly error: AppError;

  constructor(artifactId: string, error: AppError) {
    super(error.message);
    this.artifactId = artifactId;
    this.error = error;
  }
}

/** Runs a task and returns its outputs by port. Throws what the executor throws, disk trouble as its own codes. */
export async function runNode(
  executors: ExecutorRegistry,
  task: NodeTask,
  voice: AttemptVoice,
): Promise<Record<string, TaskOutput>> {
  const load = executors[task.component];
  if (load === undefined) throw new AppError('unsupported', `There is no component ${task.component} here.`);
  await checkInputs(task);
  const executor = await load();
  const scratch = path.join(task.folder, 'scratch');
  try {
    await makeFolder(scratch);
    await makeFolder(path.join(task.folder, 'out'));
    const outputs: Record<string, OutputFolder> = {};
    for (const port of Object.keys(executor.spec.outputs)) {
      const folder = path.join(task.folder, 'out', port);
      await makeFolder(folder);
      outputs[port] = { folder };
    }
    voice.onExecute?.();
    const facts = await executor.execute(contextOf(executor.spec, task, { outputs, scratch, voice }));
    voice.signal.throwIfAborted();
    await sealDeliveries(task.folder);
    return await sealOutputs(executor.spec, outputs, facts.outputs);
  } catch (error) {
    throw toStorageError(error, 'writing the outputs');
  } finally {
    await rm(scratch, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function checkInputs(task: NodeTask): Promise<void> {
  for (const artifact of Object.values(task.inputs).flat()) {
    const damage = await findDamageOf(artifact);
    if (damage !== undefined) throw new DamagedInputError(artifact.id, damageError(artifact, damage));
  }
}

type Places = {
  readonly outputs: Record<string, OutputFolder>;
  readonly scratch: string;
  readonly voice: AttemptVoice;
};

function contextOf(spec: ComponentSpec, task: NodeTask, places: Places): ExecutionContext<ComponentSpec> {
  const inputs: Record<string, InputArtifact | readonly InputArtifact[] | undefined> = {};
  for (const [port, { multiple }] of Object.entries(spec.inputs)) {
    const artifacts = (task.inputs[port] ?? []).map(toInput);
    inputs[port] = multiple === true ? artifacts : artifacts[0];
  }
  return {
    params: spec.params.parse(task.params),
    // The spec's own types are gone at run time: ports were checked against it before the run was queued.
    inputs: inputs as ExecutionContext<ComponentSpec>['inputs'],
    outputs: places.outputs,
    resolved: spec.resolves === undefined ? undefined : task.inputs[spec.resolves]?.map(toInput)[0],
    baseFolder: task.baseFolder,
    deliver: (base = task.deliveryFolder) => reserveDelivery(task.folder, base),
    tempFolder: places.scratch,
    checkpointFolder: task.checkpointFolder,
    finish: places.voice.finish,
    limits: task.limits,
    log: places.voice.log,
    progress: places.voice.progress,
    signal: places.voice.signal,
  };
}

function toInput({ id, type, digest, folder, properties }: TaskInput): InputArtifact {
  return { id, type, digest, folder, properties };
}

const zFacts = z.object({ properties: zArtifactProperties });

async function sealOutputs(
  spec: ComponentSpec,
  folders: { readonly [port: string]: OutputFolder },
  facts: { readonly [port: string]: unknown },
): Promise<Record<string, TaskOutput>> {
  const outputs: Record<string, TaskOutput> = {};
  for (const [port, { type, optional }] of Object.entries(spec.outputs)) {
    if (optional === true && facts[port] === undefined) continue;
    const folder = folders[port]?.folder;
    const said = zFacts.safeParse(facts[port]);
    if (folder === undefined || !said.success) {
      throw new AppError('component-failed', `${spec.type} said nothing valid about its output "${port}".`);
    }
    outputs[port] = { type, properties: said.data.properties, ...(await sealOutput(folder, port)) };
  }
  return outputs;
}
