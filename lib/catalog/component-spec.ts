/**
 * What a pipeline component is to everybody who may only read it: type, version, ports, parameters.
 * The executor that computes it is the engine's alone (`server/executors`).
 */

import type * as z from 'zod';

import type { ColumnOrigin } from './field-hints';

/** An output or input port: the artifact type it carries and what a person reads about it. */
export type PortSpec<T extends string = string> = {
  readonly type: T;
  /** One line: what travels here. */
  readonly summary: string;
  /**
   * Inputs: may stay unwired, or come out empty at its source. Outputs: the node may be complete without it; who needs it
   * is then skipped. Default false.
   */
  readonly optional?: boolean;
  /** Inputs only: takes a list of artifacts. Default false. */
  readonly multiple?: boolean;
  /**
   * Inputs only: lets the node run only when the artifact says so; else it is skipped, which is no failure. `blessed`: by
   * its property of that name. Default: no gate.
   */
  readonly gate?: 'blessed';
  /**
   * Outputs only: whose columns these are, where that is known without running: those of an input, or of the node's own
   * source files. Default: only a run tells.
   */
  readonly columns?: ColumnOrigin;
};

/** Ports by name, named as TFX names them. */
export type PortSpecs = { readonly [port: string]: PortSpec };

/** Where the palette shows a component. */
export const CATEGORIES = [
  'Ingest',
  'Validate',
  'Transform',
  'Train',
  'Evaluate',
  'Deploy',
  'Control',
  'Custom',
] as const;
/** One of {@link CATEGORIES}. */
export type Category = (typeof CATEGORIES)[number];

/**
 * Files outside the artifact store that a node reads. They are part of what makes two node runs the same: by name and digest.
 * `base` is the parameter's text (a file or a folder), `patterns` are globs below it where it is a folder.
 */
export type SourceFiles = {
  readonly param: string;
  readonly base: string;
  readonly patterns: readonly string[];
  /** How to see the columns of these files without running. Default: they hold none. */
  readonly columnsIn?: 'csv' | 'parquet' | 'schema';
};

/** The node whose output is wired to an input: its component, and its parameters after `$param`. */
export type SourceNode = {
  readonly node: string;
  readonly component: string;
  readonly params: { readonly [name: string]: unknown };
};

/** What is wrong with a parameter in the light of a source. `path` leads into the parameters; `message` follows their name. */
export type SourceIssue = { readonly path: readonly (string | number)[]; readonly message: string };

/** What is wrong with a parameter: a sentence, and where it is in the parameters. */
export type ParamFault = { readonly message: string; readonly path: readonly (string | number)[] };

/** A component's specification: data, no behaviour of the engine, the server or the screen. */
export type ComponentSpec<
  Type extends string = string,
  In extends PortSpecs = PortSpecs,
  Out extends PortSpecs = PortSpecs,
  Params extends z.ZodType = z.ZodType,
> = {
  /** TFX's name: `StatisticsGen`. */
  readonly type: Type;
  /** Raised when parameters change shape or the executor computes something else; part of the reuse key. */
  readonly version: number;
  readonly title: string;
  /** One line for the palette. */
  readonly summary: string;
  readonly category: Category;
  readonly inputs: In;
  readonly outputs: Out;
  /** Parser of the parameters, with every default. Each field carries `.describe()`: the help text. */
  readonly params: Params;
  /**
   * The output whose artifact the engine looks up before the node runs: a model of earlier runs, whose digest becomes part
   * of the key. The executor is given it as `resolved`. Default: none.
   */
  readonly resolves?: string;
  /** What parameters lack or have too much where only these inputs are wired. Default: nothing. */
  readonly judge?: (params: z.output<Params>, wired: ReadonlySet<string>) => readonly ParamFault[];
  /** The files outside the store that these parameters read. Default: none. */
  readonly sources?: (params: z.output<Params>) => readonly SourceFiles[];
  /**
   * True where an execution also acts outside the artifact store in the name of its pipeline: only executions of the same
   * pipeline are reused. Default false: what another pipeline made of the same inputs counts as made.
   */
  readonly actsForPipeline?: boolean;
  /** True where a running node can be asked to end with what it has so far. Default false. */
  readonly finishesEarly?: boolean;
  /**
   * What is wrong with parameters that are right by themselves, seen from the nodes that the inputs are wired to. Default:
   * nothing.
   */
  readonly checkSources?: (
    params: z.output<Params>,
    sourceOf: (port: string) => SourceNode | undefined,
  ) => Iterable<SourceIssue>;
};

/** Keeps the literal types of ports and parameters, so that executors and wiring are checked by the compiler. */
export function defineComponent<
  const Type extends string,
  const In extends PortSpecs,
  const Out extends PortSpecs,
  Params extends z.ZodType,
>(spec: ComponentSpec<Type, In, Out, Params>): ComponentSpec<Type, In, Out, Params> {
  return spec;
}

/** Parsed parameters of a spec. */
export type ParamsOf<S extends ComponentSpec> = z.output<S['params']>;
