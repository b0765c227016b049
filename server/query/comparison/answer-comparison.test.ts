import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDuckdb, sqlText } from '../../duckdb/connection';
import { tempFolder } from '../../testing/temp-folder';
import { answerComparison } from './answer-comparison';
import type { ComparisonRequest } from './comparison-message';

const ROWS = 400;
const home = tempFolder();
const database = await openDuckdb({ memoryMb: 200, threads: 1, tempFolder: home.path });
const session = { connection: database.connection, signal: new AbortController().signal };

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

/** A label on every third row; predictions right but on the rows that `wrong` names. */
async function evaluation(
  name: string,
  { prediction, rows = ROWS, from = 0, label = 'i % 3 = 0' }: Made,
): Promise<void> {
  const folder = path.join(home.path, name);
  mkdirSync(folder);
  await session.connection.run(
    `copy (select 'eval:' || i as row_id, (${label})::int as label, 1.0::double as weight, ${prediction} as prediction,
       if(i < 100, 'Oslo', 'Rome') as "feature:city", (i % 2) as "feature:even"
     from range(${from}, ${from + rows}) t(i)) to ${sqlText(path.join(folder, 'predictions.parquet'))} (format parquet)`,
  );
}
type Made = { readonly prediction: string; readonly rows?: number; readonly from?: number; readonly label?: string };

const compare = (folders: readonly string[], more: Partial<ComparisonRequest> = {}) =>
  answerComparison(session, home.path, {
    type: 'comparison',
    folders: [...folders],
    task: 'binary',
    minRows: 1,
    ...more,
  });

beforeAll(async () => {
  const right = 'if(i % 3 = 0, 0.9, 0.2)';
  await evaluation('right', { prediction: right });
  await evaluation('half', { prediction: `if(i < 100, 1 - ${right}, ${right})` });
  await evaluation('fewer', { prediction: right, rows: ROWS - 1 });
  await evaluation('others', { prediction: right, from: 10 });
  await evaluation('relabelled', { prediction: right, label: 'i % 3 = 1' });
  await evaluation('classes', { prediction: 'if(i % 3 = 0, [0.1, 0.9, 0.0], [0.8, 0.1, 0.1])' });
  await evaluation('other-classes', {
    prediction: 'if(i < 5, [0.7, 0.2, 0.1], if(i % 3 = 0, [0.1, 0.9, 0.0], [0.8, 0.1, 0.1]))',
  });
  await evaluation('two-classes', { prediction: '[0.5, 0.5]' });
});

describe('a comparison', () => {
  it('tells figures, slices, curves and the rows that are decided differently', async () => {
    const answer = await compare(['right', 'half']);
    if (!answer.comparable) throw new Error(answer.reason);
    const { metrics, slices, curves, disagreement, rows } = answer.comparison;
    expect(rows).toBe(ROWS);
    expect(metrics.find(({ name }) => name === 'binary_accuracy')?.values).toMatchObject([
      { value: 1 },
      { value: 0.75, difference: -0.25, verdict: 'worse' },
    ]);
    expect(slices.list[0]).toMatchObject({ slice: [['city', 'Oslo']], rows: 100, values: [{}, { verdict: 'worse' }] });
    expect(slices.list.at(-1)).toMatchObject({ slice: [['city', 'Rome']], values: [{}, { difference: 0 }] });
    expect(curves).toHaveLength(2);
    expect(curves[0]?.[0]).toMatchObject({ threshold: 1, recall: 0, fallOut: 0 });
    expect(disagreement.rows).toBe(100);
    expect(disagreement.list[0]).toMatchObject({
      rowId: 'eval:0',
      predictions: [0.9, 0.1],
      features: { city: 'Oslo' },
    });
  });

  it('orders slices by the metric that is asked for, and leaves small ones out', async () => {
    const answer = await compare(['right', 'half'], { metric: 'recall', minRows: 150 });
    if (!answer.comparable) throw new Error(answer.reason);
    expect(answer.comparison.slices.metric).toBe('recall');
    expect(answer.comparison.slices.list.map(({ slice }) => slice[0]?.[1])).not.toContain('Oslo');
  });

  it('compares classes', async () => {
    const answer = await compare(['classes', 'other-classes'], { task: 'multi-class' });
    if (!answer.comparable) throw new Error(answer.reason);
    expect(answer.comparison.metrics[0]?.values[0]?.value).toBe(1);
    expect(answer.comparison.disagreement).toMatchObject({ rows: 2, list: [{ predictions: [1, 0] }, {}] });
  });

  it('lists the numbers that lie farthest apart', async () => {
    const answer = await compare(['right', 'half'], { task: 'regression' });
    if (!answer.comparable) throw new Error(answer.reason);
    expect(answer.comparison.disagreement.rows).toBe(ROWS);
    expect(answer.comparison.disagreement.list[0]?.rowId).toBe('eval:0');
  });

  it('is refused where rows, labels or classes differ, with the reason', async () => {
    expect(await compare(['right', 'fewer'])).toEqual({
      comparable: false,
      reason:
        'These versions were not evaluated on the same rows: the first on 400, version 2 of this comparison on 399.',
    });
    expect(await compare(['right', 'half', 'others'])).toMatchObject({
      comparable: false,
      reason:
        'These versions were not evaluated on the same rows: 400 of 400 rows of version 3 of this comparison are others.',
    });
    expect(await compare(['right', 'relabelled'])).toMatchObject({
      reason: expect.stringContaining('not evaluated on the same labels: 267 of 400 rows') as unknown,
    });
    expect(await compare(['classes', 'two-classes'], { task: 'multi-class' })).toMatchObject({
      reason: 'These versions do not know the same classes.',
    });
  });

  it('says so where an evaluation is gone', async () => {
    await expect(compare(['right', 'gone'])).rejects.toMatchObject({ code: 'artifact-missing' });
  });
});
