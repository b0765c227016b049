/**
 * What Transform must know of the training rows to freeze its features, and the frozen steps made of it. The figures come
 * from outside (SQL over the training split): this module says which, and what becomes of them.
 */

import { AppError } from '../errors';
import { assertNever } from '../assert';
import type { TransformFeature, OrderedFeature } from './transform-feature';
import type { TransformGraph, TransformKind, TransformOp, TransformStep } from './transform-graph';

/** A column of the examples as Transform may read it. */
export type RawColumn = {
  readonly kind: TransformKind;
  /** The whole numbers that its schema allows, where it says so. */
  readonly domain?: { readonly min: number; readonly max: number } | undefined;
  /** True where a row may hold several values. */
  readonly isList: boolean;
};

/** What a step reads, with blanks filled before anything is measured. */
export type StepInput = {
  readonly column: string;
  readonly from: 'raw' | 'feature';
  readonly fillMissing: number | string | undefined;
};

/** What is asked of the values of an input over the training rows. */
export type Analyzer = {
  /** Mean and population variance of what is finite; 0 and 0 of nothing. */
  readonly moments: (input: StepInput) => Promise<{ readonly mean: number; readonly variance: number }>;
  /** Smallest and largest; NaN both where any value is NaN; +∞ and −∞ of nothing. */
  readonly range: (input: StepInput) => Promise<{ readonly min: number; readonly max: number }>;
  /** The inner boundaries of so many parts by TFT's rule, NaN left out; zeros of nothing. */
  readonly quantiles: (input: StepInput, parts: number) => Promise<readonly number[]>;
  /** Tokens by falling frequency, ties by falling bytes; empty ones and ones with a line break left out. */
  readonly tokens: (
    input: StepInput,
    limits: { readonly topK: number | undefined; readonly frequencyThreshold: number },
  ) => Promise<readonly string[]>;
};

/** A fitted graph and the tokens of its vocabularies by file. */
export type FittedTransform = {
  readonly graph: TransformGraph;
  readonly vocabularies: ReadonlyMap<string, readonly string[]>;
};

/** TFT writes this token where a vocabulary of texts has none, so that it has a size. */
const NO_TOKEN = '49d0cd50-04bb-48c0-bc6f-5b575dce351a';
const NO_NUMBER = '-1';

/** What fitting goes out from. */
export type FitRequest = {
  readonly features: readonly OrderedFeature[];
  /** The columns of the examples by name. */
  readonly columns: ReadonlyMap<string, RawColumn>;
  readonly analyzer: Analyzer;
  /** Told after each step that is fitted: the analyses of later ones may read it. */
  readonly onStep: (step: TransformStep, vocabularies: FittedTransform['vocabularies']) => Promise<void>;
};

/** Fits every feature in turn. Throws `invalid-input` with the feature's name where its column is not there or of the wrong kind. */
export async function fitTransform({ features, columns, analyzer, onStep }: FitRequest): Promise<FittedTransform> {
  const steps = new Map<string, TransformStep>();
  const vocabularies = new Map<string, readonly string[]>();
  for (const { name, feature, from } of features) {
    const input = from === 'raw' ? rawInput(columns, name, feature) : stepInput(steps, feature);
    checkKind(name, feature, input.kind);
    const fit: Fit = { name, feature, from, input, analyzer, vocabularies };
    const { op, kind, domain } = await fitOp(fit);
    const step: TransformStep = {
      name,
      column: feature.column,
      from,
      inputKind: input.kind,
      kind,
      ...(input.isList && op.type !== 'one-hot' && { isList: true as const }),
      ...(feature.fillMissing !== undefined && { fillMissing: feature.fillMissing }),
      op,
      ...(domain !== undefined && { domain }),
    };
    steps.set(name, step);
    await onStep(step, vocabularies);
  }
  return { graph: { format: 'sluice.transform/1', steps: [...steps.values()] }, vocabularies };
}

type Fit = OrderedFeature & {
  readonly input: RawColumn;
  readonly analyzer: Analyzer;
  readonly vocabularies: Map<string, readonly string[]>;
};
type Fitted = { readonly op: TransformOp; readonly kind: TransformKind; readonly domain?: RawColumn['domain'] };

async function fitOp(fit: Fit): Promise<Fitted> {
  const { feature, input } = fit;
  const source = { column: feature.column, from: fit.from, fillMissing: feature.fillMissing };
  switch (feature.op) {
    case 'identity':
    case 'label':
      return { op: { type: feature.op }, kind: input.kind, domain: input.domain };
    case 'scaleToZScore':
      return { op: { type: 'z-score', ...(await fit.analyzer.moments(source)) }, kind: 'FLOAT' };
    case 'scaleTo01':
    case 'scaleByMinMax': {
      const { outputMin = 0, outputMax = 1 } = feature.op === 'scaleByMinMax' ? feature : {};
      return { op: { type: 'min-max', ...(await fit.analyzer.range(source)), outputMin, outputMax }, kind: 'FLOAT' };
    }
    case 'bucketize':
      return bucketsOf(await fit.analyzer.quantiles(source, feature.numBuckets));
    case 'applyBuckets':
      return bucketsOf(feature.boundaries);
    case 'computeAndApplyVocabulary':
      return fitVocabulary(fit, feature, source);
    case 'hashStrings': {
      const { hashBuckets } = feature;
      return { op: { type: 'hash', hashBuckets }, kind: 'INT', domain: { min: 0, max: hashBuckets - 1 } };
    }
    case 'oneHot':
      return { op: { type: 'one-hot', depth: feature.depth ?? domainDepth(fit) }, kind: 'FLOAT' };
    case 'cast': {
      const to = { float: 'FLOAT', int: 'INT', string: 'STRING' } as const;
      return { op: { type: 'cast', to: to[feature.to] }, kind: to[feature.to] };
    }
    case 'log1p':
      return { op: { type: 'log1p' }, kind: 'FLOAT' };
  }
  return assertNever(feature);
}

function bucketsOf(boundaries: readonly number[]): Fitted {
  return {
    op: { type: 'buckets', boundaries: [...boundaries] },
    kind: 'INT',
    domain: { min: 0, max: boundaries.length },
  };
}

type VocabularyFeature = Extract<TransformFeature, { readonly op: 'computeAndApplyVocabulary' }>;

async function fitVocabulary(
  { name, input, vocabularies, analyzer }: Fit,
  { topK, frequencyThreshold = 0, numOovBuckets, defaultValue }: VocabularyFeature,
  source: StepInput,
): Promise<Fitted> {
  const found = await analyzer.tokens(source, { topK, frequencyThreshold });
  const tokens = found.length > 0 ? found : [input.kind === 'INT' ? NO_NUMBER : NO_TOKEN];
  const file = freshFile(name, vocabularies);
  vocabularies.set(file, tokens);
  const size = tokens.length;
  const last = size - 1;
  const domain =
    numOovBuckets > 0
      ? { min: 0, max: last + numOovBuckets }
      : { min: Math.min(0, defaultValue), max: Math.max(last, defaultValue) };
  return { op: { type: 'vocabulary', file, size, numOovBuckets, defaultValue }, kind: 'INT', domain };
}

/** TFT's names of vocabulary files: blanks become dashes, other signs underscores; made different where two meet. */
function freshFile(feature: string, taken: ReadonlyMap<string, unknown>): string {
  const stem = `vocab_${feature.replaceAll(/\s/g, '-').replaceAll(/[^A-Za-z0-9_-]/g, '_')}`.slice(0, 120);
  const lower = new Set([...taken.keys()].map((file) => file.toLowerCase()));
  let file = stem;
  for (let number = 2; lower.has(file.toLowerCase()); number++) file = `${stem}_${number}`;
  return file;
}

function domainDepth({ name, feature, input }: Fit): number {
  if (input.domain?.min === 0) return input.domain.max + 1;
  throw invalid(
    name,
    `one-hot needs a depth: ${feature.column} has no domain from zero.`,
    'Give "depth", or put a vocabulary, buckets or a hash before it.',
  );
}

function rawInput(columns: ReadonlyMap<string, RawColumn>, name: string, feature: TransformFeature): RawColumn {
  const column = columns.get(feature.column);
  if (column !== undefined) return column;
  throw invalid(
    name,
    `the examples have no column "${feature.column}".`,
    'Name a column of the examples or another feature.',
  );
}

function stepInput(steps: ReadonlyMap<string, TransformStep>, feature: TransformFeature): RawColumn {
  const step = steps.get(feature.column);
  if (step === undefined) throw new Error(`the feature "${feature.column}" was not fitted before what reads it`);
  return { kind: step.kind, domain: step.domain, isList: step.isList === true || step.op.type === 'one-hot' };
}

const NUMERIC: ReadonlySet<TransformFeature['op']> = new Set([
  'scaleToZScore',
  'scaleTo01',
  'scaleByMinMax',
  'bucketize',
  'applyBuckets',
  'log1p',
]);

function checkKind(name: string, feature: TransformFeature, kind: TransformKind): void {
  const { op, column, fillMissing } = feature;
  if (NUMERIC.has(op) && kind === 'STRING')
    throw invalid(name, `${op} needs numbers, and ${column} is text.`, 'Cast it first, or use a vocabulary.');
  if (op === 'computeAndApplyVocabulary' && kind === 'FLOAT')
    throw invalid(name, `a vocabulary needs text or whole numbers, and ${column} is FLOAT.`, 'Use buckets instead.');
  if (op === 'hashStrings' && kind !== 'STRING')
    throw invalid(name, `hashStrings needs text, and ${column} is ${kind}.`, 'Cast it to string first.');
  if (op === 'oneHot' && kind !== 'INT')
    throw invalid(
      name,
      `oneHot needs whole numbers, and ${column} is ${kind}.`,
      'Put a vocabulary or buckets before it.',
    );
  if (op === 'cast' && feature.to === 'string' && kind === 'FLOAT')
    throw invalid(name, `a FLOAT has no one text, and ${column} is one.`, 'Cast it to int, or use buckets.');
  if (fillMissing === undefined) return;
  const fits = typeof fillMissing === 'string' ? kind === 'STRING' : kind !== 'STRING';
  if (!fits || (kind === 'INT' && !Number.isSafeInteger(fillMissing)))
    throw invalid(name, `fillMissing does not fit ${column}, which is ${kind}.`, `Give a value of that kind.`);
}

function invalid(name: string, what: string, nextStep: string): AppError {
  return new AppError('invalid-input', `The feature "${name}": ${what}`, {
    nextStep,
    path: `params.features.${name}`,
  });
}
