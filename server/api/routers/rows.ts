import * as z from 'zod';

import type { ArtifactRef } from '../../../lib/artifact/artifact';
import { zRowQuery } from '../../../lib/artifact/row-query';
import { sqlTables } from '../../../lib/artifact/sql-tables';
import { AppError } from '../../../lib/errors';
import { zArtifactId } from '../../../lib/ids';
import { splitNames } from '../../../lib/run/run-words';
import { requireArtifact } from '../../artifacts/artifact-repository';
import { askQueryProcess } from '../../query/client';
import { MAX_ROWS, zRowsAnswer } from '../../query/query-message';
import { MAX_PAGE_COLUMNS, MAX_PAGE_ROWS, ROWS_ANSWERS } from '../../query/rows/rows-message';
import type { ApiContext } from '../context';
import { procedure, router } from '../trpc';

const artifactId = zArtifactId;
const feature = z.string().min(1).max(1_000);
/** How long a statement that a person typed may take, in ms. */
const SQL_TIMEOUT_MS = 20_000;

/** The rows of Examples, read by the query process. */
export const rowsRouter = router({
  columns: procedure
    .input(z.strictObject({ artifactId }))
    .output(ROWS_ANSWERS['rows-columns'])
    .query(async ({ ctx, input, signal }) => {
      const place = await placeOf(ctx, input.artifactId);
      return askQueryProcess({ type: 'rows-columns', ...place }, { socket: ctx.querySocket, signal });
    }),

  page: procedure
    .input(
      z.strictObject({
        artifactId,
        query: zRowQuery,
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(MAX_PAGE_ROWS),
        columns: z.array(feature).max(MAX_PAGE_COLUMNS),
      }),
    )
    .output(ROWS_ANSWERS['rows-page'])
    .query(async ({ ctx, input, signal }) => {
      const { splits, ...query } = input.query;
      const place = await placeOf(ctx, input.artifactId, splits);
      const { offset, limit, columns } = input;
      return askQueryProcess(
        { type: 'rows-page', ...place, query, offset, limit, columns },
        { socket: ctx.querySocket, signal },
      );
    }),

  count: procedure
    .input(z.strictObject({ artifactId, query: zRowQuery }))
    .output(ROWS_ANSWERS['rows-count'])
    .query(async ({ ctx, input, signal }) => {
      const { splits, ...query } = input.query;
      const place = await placeOf(ctx, input.artifactId, splits);
      return askQueryProcess({ type: 'rows-count', ...place, query }, { socket: ctx.querySocket, signal });
    }),

  /** One row whole, by its place in its split. */
  row: procedure
    .input(z.strictObject({ artifactId, split: z.string().min(1), position: z.number().int().min(0) }))
    .output(ROWS_ANSWERS['rows-row'])
    .query(async ({ ctx, input, signal }) => {
      const place = await placeOf(ctx, input.artifactId, [input.split]);
      return askQueryProcess(
        { type: 'rows-row', ...place, position: input.position },
        { socket: ctx.querySocket, signal },
      );
    }),

  /** What a filter on a feature can choose from. */
  values: procedure
    .input(
      z.strictObject({
        artifactId,
        query: zRowQuery,
        column: feature,
        limit: z.number().int().min(1).max(200),
        holding: z.string().min(1).max(1_000).optional(),
      }),
    )
    .output(ROWS_ANSWERS['rows-values'])
    .query(async ({ ctx, input, signal }) => {
      const { splits, ...query } = input.query;
      const place = await placeOf(ctx, input.artifactId, splits);
      const { column, limit, holding } = input;
      return askQueryProcess(
        { type: 'rows-values', ...place, query, column, limit, ...(holding !== undefined && { holding }) },
        { socket: ctx.querySocket, signal },
      );
    }),

  /** One SELECT over the splits, each a table by the name that {@link sqlTables} gives it. */
  sql: procedure
    .input(z.strictObject({ artifactId, sql: z.string().min(1).max(100_000) }))
    .output(zRowsAnswer)
    .query(async ({ ctx, input, signal }) => {
      const { folder, splits } = await placeOf(ctx, input.artifactId);
      const tables = Object.fromEntries(sqlTables(splits).map(({ split, table }) => [table, { folder, split }]));
      return askQueryProcess(
        { type: 'sql', sql: input.sql, tables, limit: MAX_ROWS, timeoutMs: SQL_TIMEOUT_MS },
        { socket: ctx.querySocket, signal },
      );
    }),
});

/** Where the rows lie; without `chosen` all splits. Throws `unsupported`, or `invalid-input` for a split that is not there. */
async function placeOf(ctx: ApiContext, id: ArtifactRef['id'], chosen?: readonly string[]) {
  const artifact = await requireArtifact(ctx.db, id);
  if (artifact.type !== 'Examples') throw new AppError('unsupported', `${artifact.type} holds no rows.`);
  const names = splitNames(artifact);
  const unknown = chosen?.find((split) => !names.includes(split));
  if (unknown !== undefined) {
    throw new AppError('invalid-input', `These examples have no split "${unknown}".`, {
      nextStep: `Choose among ${names.join(', ')}.`,
    });
  }
  return { folder: artifact.uri, splits: [...(chosen ?? names)] };
}
