/** The predictions of several evaluations side by side, if they are of the same rows with the same labels. */

import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import type { ModelTask } from '../../../lib/artifact/model-info';
import type { ComparedRows } from '../../../lib/comparison/compare-versions';
import { sliceFeature, type SliceCell, type SliceFeature } from '../../../lib/evaluation/slice-feature';
import { sqlName, sqlText } from '../../duckdb/connection';
import { queryNumbers, queryRow, queryRows, type DuckdbSession } from '../../duckdb/query';
import { findArtifactFolder } from '../artifact-files';

/** Predictions that may be compared. */
export type OpenComparison = {
  readonly rows: ComparedRows;
  /** Features of slices by name, as the first evaluation kept them. */
  readonly features: ReadonlyMap<string, SliceFeature>;
  /** SQL of all evaluations side by side: `row_id`, `label`, `p0`, `p1`… and the first one's features. */
  readonly relation: string;
  readonly versions: number;
};

/** Why predictions cannot be compared, as a sentence. */
export type Refusal = { readonly reason: string };

const FEATURE = 'feature:';
const PREDICTIONS_FILE = 'predictions.parquet';

/** See the module. Throws `artifact-missing` where an evaluation is gone. */
export async function openCompared(
  session: DuckdbSession,
  store: string,
  { folders, task }: { readonly folders: readonly string[]; readonly task: ModelTask },
): Promise<OpenComparison | Refusal> {
  const files: string[] = [];
  for (const folder of folders)
    files.push(`read_parquet(${sqlText(path.join(await findArtifactFolder(store, folder), PREDICTIONS_FILE))})`);
  const refusal = await findDifference(session, files);
  if (refusal !== undefined) return refusal;
  const [first = ''] = files;
  const columns = await queryRows(session, `DESCRIBE SELECT * FROM ${first}`, z.object({ column_name: z.string() }));
  const features = columns.flatMap(({ column_name: name }) =>
    name.startsWith(FEATURE) ? [name.slice(FEATURE.length)] : [],
  );
  const classes = await classesOf(session, files, task);
  if (typeof classes !== 'number') return classes;
  const [labels = new Float64Array(), weights = new Float64Array()] = await queryNumbers(
    session,
    `SELECT label::DOUBLE, weight::DOUBLE FROM ${first}`,
  );
  const scores: Float64Array[] = [];
  for (const file of files) scores.push(await readScores(session, file, classes));
  const isWeighted = weights.some((weight) => weight !== 1);
  return {
    rows: { task, labels, classes, weights: isWeighted ? weights : undefined, scores },
    features: await readFeatures(session, first, features),
    relation: besides(files, features),
    versions: files.length,
  };
}

const zCount = z.object({ count: z.number() });

async function findDifference(session: DuckdbSession, files: readonly string[]): Promise<Refusal | undefined> {
  const [first = '', ...others] = files;
  const count = async (sql: string) => (await queryRow(session, sql, zCount)).count;
  const rows = await count(`SELECT count(*)::DOUBLE AS count FROM ${first}`);
  for (const [index, other] of others.entries()) {
    const version = `version ${index + 2} of this comparison`;
    const found = await count(`SELECT count(*)::DOUBLE AS count FROM ${other}`);
    if (found !== rows)
      return {
        reason: `These versions were not evaluated on the same rows: the first on ${rows.toLocaleString('en')}, ${version} on ${found.toLocaleString('en')}.`,
      };
    const sideBySide = `${first} a POSITIONAL JOIN ${other} b`;
    const strangers = await count(
      `SELECT count(*)::DOUBLE AS count FROM ${sideBySide} WHERE a.row_id IS DISTINCT FROM b.row_id`,
    );
    if (strangers > 0)
      return {
        reason: `These versions were not evaluated on the same rows: ${strangers.toLocaleString('en')} of ${rows.toLocaleString('en')} rows of ${version} are others.`,
      };
    const labels = await count(
      `SELECT count(*)::DOUBLE AS count FROM ${sideBySide} WHERE a.label::DOUBLE IS DISTINCT FROM b.label::DOUBLE`,
    );
    if (labels > 0)
      return {
        reason: `These versions were not evaluated on the same labels: ${labels.toLocaleString('en')} of ${rows.toLocaleString('en')} rows of ${version} have another one.`,
      };
  }
  return undefined;
}

async function classesOf(session: DuckdbSession, files: readonly string[], task: ModelTask): Promise<number | Refusal> {
  if (task !== 'multi-class') return 1;
  const counts = new Set<number>();
  for (const file of files) {
    const { count } = await queryRow(
      session,
      `SELECT coalesce(max(len(prediction)), 0)::DOUBLE AS count FROM ${file}`,
      zCount,
    );
    counts.add(count);
  }
  const [classes = 0, ...others] = counts;
  if (others.length > 0) return { reason: 'These versions do not know the same classes.' };
  return classes;
}

async function readScores(session: DuckdbSession, file: string, classes: number): Promise<Float64Array> {
  if (classes === 1) {
    const [only = new Float64Array()] = await queryNumbers(session, `SELECT prediction::DOUBLE FROM ${file}`);
    return only;
  }
  const parts = Array.from({ length: classes }, (_, index) => `prediction[${index + 1}]::DOUBLE`);
  const read = await queryNumbers(session, `SELECT ${parts.join(', ')} FROM ${file}`);
  const rows = read[0]?.length ?? 0;
  const scores = new Float64Array(rows * classes);
  for (const [index, values] of read.entries())
    for (let row = 0; row < rows; row++) scores[row * classes + index] = values[row] ?? Number.NaN;
  return scores;
}

async function readFeatures(
  session: DuckdbSession,
  file: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, SliceFeature>> {
  const found = new Map<string, SliceFeature>();
  for (const name of names) {
    const column = sqlName(`${FEATURE}${name}`);
    const rows = await queryRows(
      session,
      `SELECT to_json(${column})::VARCHAR AS value FROM ${file}`,
      z.object({ value: z.string().nullable() }),
    );
    found.set(
      name,
      sliceFeature(rows.map(({ value }) => (value === null ? null : zSliceCell.parse(JSON.parse(value))))),
    );
  }
  return found;
}

const zSliceValue = z.union([z.string(), z.number()]);
const zSliceCell: z.ZodType<SliceCell> = z.union([z.null(), zSliceValue, z.array(zSliceValue)]);

/** All evaluations, row by row: what they kept is in the same order. */
function besides(files: readonly string[], features: readonly string[]): string {
  const [first = ''] = files;
  if (first === '') throw new AppError('invalid-input', 'Nothing is compared.');
  const joined = files.map((file, index) => `${file} v${index}`).join(' POSITIONAL JOIN ');
  const predictions = files.map((_, index) => `v${index}.prediction AS p${index}`);
  const kept = features.map((name) => `v0.${sqlName(`${FEATURE}${name}`)} AS ${sqlName(`${FEATURE}${name}`)}`);
  return `(SELECT ${['v0.row_id AS row_id', 'v0.label::DOUBLE AS label', ...predictions, ...kept].join(', ')} FROM ${joined})`;
}
