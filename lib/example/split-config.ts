/** Input and output splits of an ExampleGen: the defaults and the checks of TFX, in one place for validation and execution. */

import type { OutputSplit } from './split-rule';

/** One input split: a name and the files it takes. */
export type InputSplit = { readonly name: string; readonly pattern: string };

/** The parameters that decide the splits, named as in TFX's `Input` and `Output` messages. */
export type SplitParams = {
  readonly inputConfig?: { readonly splits: readonly InputSplit[] } | undefined;
  readonly outputConfig?:
    | {
        readonly splitConfig?:
          { readonly splits: readonly OutputSplit[]; readonly partitionFeatureName?: string | undefined } | undefined;
      }
    | undefined;
};

/** What is wrong with split parameters, at which parameter. */
export type SplitProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** The splits of a run, with every default applied. */
export type SplitPlan = {
  readonly inputs: readonly InputSplit[];
  /** Empty where the output splits are the input splits, one to one. */
  readonly outputs: readonly OutputSplit[];
  /** Names of the splits that are written, in order. */
  readonly names: readonly string[];
  readonly partitionFeatureName?: string;
};

const DEFAULT_INPUT: readonly InputSplit[] = [{ name: 'single_split', pattern: '*' }];
const DEFAULT_OUTPUT: readonly OutputSplit[] = [
  { name: 'train', hashBuckets: 2 },
  { name: 'eval', hashBuckets: 1 },
];

/**
 * Output splits when none are configured: `train` 2 and `eval` 1 for one input split; none, which means the input splits
 * one to one, for several.
 */
function defaultOutputSplits(inputs: readonly InputSplit[]): readonly OutputSplit[] {
  return inputs.length === 1 ? DEFAULT_OUTPUT : [];
}

/** Input and output splits with TFX's defaults: one input split of every file, and, for it, `train` and `eval`. */
export function planSplits({ inputConfig, outputConfig }: SplitParams): SplitPlan {
  const inputs = inputConfig?.splits ?? DEFAULT_INPUT;
  const outputs = outputConfig === undefined ? defaultOutputSplits(inputs) : (outputConfig.splitConfig?.splits ?? []);
  const partitionFeatureName = outputConfig?.splitConfig?.partitionFeatureName;
  return {
    inputs,
    outputs,
    names: (outputs.length > 0 ? outputs : inputs).map(({ name }) => name),
    ...(partitionFeatureName !== undefined && { partitionFeatureName }),
  };
}

/** Everything that is wrong with split parameters; empty where nothing is. */
export function findSplitProblems(params: SplitParams): readonly SplitProblem[] {
  const problems: SplitProblem[] = [];
  const inputs = params.inputConfig?.splits;
  const config = params.outputConfig?.splitConfig;
  const outputs = config?.splits ?? [];
  const inputPath = ['inputConfig', 'splits'];
  const outputPath = ['outputConfig', 'splitConfig', 'splits'];
  if (inputs?.length === 0)
    problems.push({ path: inputPath, message: 'Name at least one input split, or leave it out.' });
  if (outputs.length > 0 && inputs !== undefined && inputs.length > 1) {
    problems.push({
      path: outputPath,
      message: `Output splits need exactly one input split, and there are ${inputs.length}. Leave one of the two out.`,
    });
  }
  if (outputs.length === 0 && config?.partitionFeatureName !== undefined) {
    problems.push({
      path: ['outputConfig', 'splitConfig', 'partitionFeatureName'],
      message: 'A partition feature decides between output splits: name these as well.',
    });
  }
  problems.push(...findNameProblems(inputs ?? [], inputPath), ...findNameProblems(outputs, outputPath));
  if (outputs.reduce((sum, { hashBuckets }) => sum + hashBuckets, 0) > MAX_BUCKETS) {
    problems.push({ path: outputPath, message: `All hash buckets together are more than ${MAX_BUCKETS}.` });
  }
  return problems;
}

/** As TFX's int32. */
const MAX_BUCKETS = 2_147_483_647;
/** A split's name is part of a folder's name on every system that may read the artifact. */
const SPLIT_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u;

function findNameProblems(splits: readonly { readonly name: string }[], path: readonly string[]): SplitProblem[] {
  const seen = new Set<string>();
  return splits.flatMap(({ name }, index) => {
    const at = [...path, index, 'name'];
    if (!SPLIT_NAME.test(name)) {
      return { path: at, message: 'A split\'s name has letters, digits, "_", "-" and "." only, at most 100.' };
    }
    const key = name.toLowerCase();
    if (seen.has(key)) {
      return { path: at, message: 'Two splits have the same name; capital letters make no difference.' };
    }
    seen.add(key);
    return [];
  });
}
