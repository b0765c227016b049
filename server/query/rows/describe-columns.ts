import { MAX_ANSWER_BYTES } from '../query-message';
import type { RowSource } from './row-source';
import type { RowsAnswerOf } from './rows-message';

/** The splits and features of a source, as many as an answer holds. */
export function describeColumns(source: RowSource): RowsAnswerOf<'rows-columns'> {
  const columns: RowsAnswerOf<'rows-columns'>['columns'] = [];
  let bytes = 0;
  for (const { name, kind, isList, nullMeans } of source.columns.values()) {
    const column = { name, kind, isList, nullMeans };
    bytes += Buffer.byteLength(JSON.stringify(column));
    if (bytes > MAX_ANSWER_BYTES) break;
    columns.push(column);
  }
  return {
    splits: source.splits.map(({ name, rows }) => ({ name, rows })),
    columns,
    features: source.columns.size,
  };
}
