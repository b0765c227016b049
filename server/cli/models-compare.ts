/** `sluice models compare`: versions side by side on the rows that they were evaluated on. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { InvalidArgumentError, type Command } from 'commander';
import type * as z from 'zod';

import type { Comparison } from '../../lib/comparison/comparison-answer';
import { versionName } from '../../lib/model/model';
import { compareModels, type ModelComparison } from '../models/compare-models';
import { zComparisonRequest, type ComparisonAnswer } from '../query/comparison/comparison-message';
import { perform, verb, type CommonFlags } from './call';
import { referenceOf } from './model-reference';
import { EXIT, print, printDocument } from './output';
import { withStudio } from './studio';
import { textTable } from './text-table';

/** Memory for reading predictions, in MB. */
const MEMORY_MB = 512;
/** Slices that people are shown. */
const SHOWN_SLICES = 10;

type Flags = CommonFlags & { readonly metric?: string; readonly minRows?: number };

/** Defines the verb. */
export function compareCommand(): Command {
  return verb('compare', 'versions on the rows that they were evaluated on; differences are to the first')
    .argument('<version>', 'what the others are held against (NAME@N, NAME@alias or its id)')
    .argument('<others...>')
    .option('--metric <name>', 'by which slices are compared, as TFMA names it (default: the one that decides)')
    .option('--min-rows <count>', 'leave out slices with fewer rows', readCount)
    .action((first: string, others: readonly string[], flags: Flags) =>
      perform(flags, (call) =>
        withStudio(call, async ({ db, artifactsFolder }) => {
          const compared = await compareModels(
            { db, artifactsFolder, measure: (request) => measureHere(artifactsFolder, request) },
            { versions: [first, ...others].map(referenceOf), metric: flags.metric, minRows: flags.minRows },
          );
          if (call.json) printDocument(toDocument(compared));
          else print(toText(compared));
          return compared.result.comparable ? EXIT.done : EXIT.refused;
        }),
      ),
    );
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1.');
}

/** Predictions are read in this process: the command line works without a studio. */
async function measureHere(store: string, request: z.input<typeof zComparisonRequest>): Promise<ComparisonAnswer> {
  // DuckDB takes its time to load: only where it is needed.
  const [{ openDuckdb }, { answerComparison }] = await Promise.all([
    import('../duckdb/connection'),
    import('../query/comparison/answer-comparison'),
  ]);
  const tempFolder = await mkdtemp(path.join(tmpdir(), 'sluice-compare.tmp-'));
  try {
    await using database = await openDuckdb({ memoryMb: MEMORY_MB, threads: 1, tempFolder });
    const session = { connection: database.connection, signal: new AbortController().signal };
    return await answerComparison(session, store, zComparisonRequest.parse(request));
  } finally {
    await rm(tempFolder, { recursive: true, force: true });
  }
}

function toDocument({ versions, facts, result }: ModelComparison) {
  return {
    versions: versions.map(({ id, model, number }) => ({ id, name: versionName(model, number) })),
    comparable: result.comparable,
    reason: result.comparable ? null : result.reason,
    comparison: result.comparable ? result.comparison : null,
    differences: facts.filter(({ differs }) => differs).map(({ kind, name, values }) => ({ kind, name, values })),
  };
}

type Value = Comparison['metrics'][number]['values'][number];

function toText({ versions, facts, result }: ModelComparison): string {
  const names = versions.map(({ model, number }) => versionName(model, number));
  const parts: string[] = [];
  if (result.comparable) {
    const { metrics, slices, disagreement, rows, task } = result.comparison;
    parts.push(
      `On the same ${rows.toLocaleString('en')} rows, differences to ${names[0] ?? ''} with what 95 of 100 resamplings give`,
      textTable(
        ['metric', ...names],
        metrics.map(({ name, values }) => [name, ...values.map(valueText)]),
      ),
      `Slices by ${slices.metric}, the one that lost most first`,
      textTable(
        ['slice', 'rows', ...names],
        slices.list
          .slice(0, SHOWN_SLICES)
          .map(({ slice, rows: count, values }) => [
            slice.map(([feature, value]) => `${feature}=${value}`).join(' '),
            count,
            ...values.map(valueText),
          ]),
      ),
    );
    if (task !== 'regression') parts.push(`${disagreement.rows.toLocaleString('en')} rows are decided differently.`);
  } else parts.push(result.reason);
  const differing = facts.filter(({ differs }) => differs);
  parts.push(
    differing.length === 0
      ? 'Data, schema, features, parameters and code are the same.'
      : textTable(
          ['differs', '', ...names],
          differing.map(({ kind, name, values }) => [kind, name, ...values.map((value) => value ?? '-')]),
        ),
  );
  return parts.filter((part) => part !== '').join('\n\n');
}

function valueText({ value, difference, interval, verdict }: Value): string {
  const text = (number: number) => String(Number(number.toPrecision(4)));
  if (value === null) return 'not defined';
  if (difference === undefined) return text(value);
  const range = interval === undefined ? '' : ` [${text(interval.lower)}, ${text(interval.upper)}]`;
  const word = verdict === 'better' || verdict === 'worse' ? ` ${verdict}` : '';
  return `${text(value)} (${difference > 0 ? '+' : ''}${text(difference)}${range}${word})`;
}
