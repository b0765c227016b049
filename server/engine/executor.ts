/**
 * The contract between the engine and a component's executor. An executor reads its inputs, computes with `lib`,
 * writes files below its output folders and returns facts. It never touches the database or another artifact.
 */

import type { ComponentSpec, ParamsOf, PortSpecs } from '../../lib/catalog/component-spec';
import type { ArtifactProperties } from '../../lib/artifact/artifact';
import type { ProgressPoint } from '../../lib/run/progress-points';

/** An input artifact as an executor sees it: immutable files in a folder, checked against their digest. */
export type InputArtifact<T extends string = string> = {
  readonly id: string;
  readonly type: T;
  readonly digest: string;
  /** Absolute folder; read only. */
  readonly folder: string;
  readonly properties: ArtifactProperties;
};

/** A place for an output: an existing, empty, absolute folder that nobody sees before the engine publishes it. */
export type OutputFolder = { readonly folder: string };

type InputValue<P> = P extends { readonly type: infer T extends string; readonly multiple: true }
  ? readonly InputArtifact<T>[]
  : P extends { readonly type: infer T extends string; readonly optional: true }
    ? InputArtifact<T> | undefined
    : P extends { readonly type: infer T extends string }
      ? InputArtifact<T>
      : never;

/**
 * Inputs of a spec by port: one artifact, a list where the port takes several, undefined where it is optional and unwired
 * or its source came out empty.
 */
export type InputsOf<In extends PortSpecs> = { readonly [P in keyof In]: InputValue<In[P]> };
/** Output folders of a spec by port. */
export type OutputsOf<Out extends PortSpecs> = { readonly [P in keyof Out]: OutputFolder };

/** How far a node run is: a share from 0 to 1 where it is known, and a short text ("1.2 M rows"). */
export type Progress = {
  readonly share?: number;
  readonly message?: string;
  /** New points of a curve: what was measured after so many steps. They add to those told before. */
  readonly points?: readonly ProgressPoint[];
};

/** Level of a line of a node's log. */
export type LogLevel = 'info' | 'warning' | 'error';

/**
 * A folder outside the artifact store on its way to being seen: what is written into `folder` appears at `destination`,
 * whole, in the moment in which the node run is recorded, or not at all.
 */
export type Delivery = {
  /** Existing, empty, absolute; its name tells everybody that it is not finished. */
  readonly folder: string;
  /** Absolute. */
  readonly destination: string;
  /** Last step of the destination: the time in whole seconds since 1970, or the next number that is free. */
  readonly version: number;
};

/** What an executor is given. */
export type ExecutionContext<S extends ComponentSpec> = {
  readonly params: ParamsOf<S>;
  readonly inputs: InputsOf<S['inputs']>;
  readonly outputs: OutputsOf<S['outputs']>;
  /** What the engine found for a spec that `resolves`; undefined where there is nothing. */
  readonly resolved?: InputArtifact | undefined;
  /** Folder against which relative paths in parameters are resolved (that of the pipeline file). Absolute. */
  readonly baseFolder: string;
  /** Takes a version folder below `base` (default: the folder of this pipeline in the data folder). */
  readonly deliver: (base?: string) => Promise<Delivery>;
  /** A scratch folder of this attempt, on the same disk as the outputs; removed afterwards whatever happens. */
  readonly tempFolder: string;
  /** Limits of this node process: DuckDB and others must stay inside. */
  readonly limits: { readonly memoryMb: number; readonly threads: number };
  readonly log: (message: string, level?: LogLevel) => void;
  readonly progress: (progress: Progress) => void;
  /**
   * What a node run keeps of unfinished work, so that another attempt of the same run with the same key goes on with it. Absolute;
   * not there before somebody makes it; removed when the outputs are published.
   */
  readonly checkpointFolder: string;
  /** Aborts when a person wants what is there so far: end as soon as there is something whole. */
  readonly finish: AbortSignal;
  /** Aborts on cancel and timeout. Executors that loop check it; whoever does not is killed after the grace. */
  readonly signal: AbortSignal;
};

type OutputFacts = { readonly properties: ArtifactProperties };
type OutputFactsOf<P> = P extends { readonly optional: true } ? OutputFacts | undefined : OutputFacts;

/**
 * What an executor returns: facts about each output, which become the artifact's properties. Undefined for an optional
 * output that stays empty: then nothing is published there, whatever lies in its folder.
 */
export type ExecutionFacts<S extends ComponentSpec> = {
  readonly outputs: { readonly [P in keyof S['outputs']]: OutputFactsOf<S['outputs'][P]> };
};

/** An executor joined with its spec. */
export type Executor<S extends ComponentSpec = ComponentSpec> = {
  readonly spec: S;
  readonly execute: (context: ExecutionContext<S>) => Promise<ExecutionFacts<S>>;
};

/** Joins a spec with what computes it; the types of ports and parameters are checked here. */
export function implement<S extends ComponentSpec>(
  spec: S,
  execute: (context: ExecutionContext<S>) => Promise<ExecutionFacts<S>>,
): Executor<S> {
  return { spec, execute };
}
