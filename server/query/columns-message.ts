/** The question for the columns of Parquet files, answered from their descriptions: no row is read. */

import * as z from 'zod';

/** Parser of the request. */
export const zColumnsRequest = z.strictObject({
  type: z.literal('columns'),
  of: z.union([
    /** Splits of an Examples artifact, by its folder relative to the store. */
    z.strictObject({ folder: z.string().min(1).max(1_000), splits: z.array(z.string().min(1).max(200)).max(200) }),
    /** Files that a pipeline names, absolute. */
    z.strictObject({ files: z.array(z.string().min(1).max(4_000)).min(1).max(50) }),
  ]),
});
/** See {@link zColumnsRequest}. */
export type ColumnsRequest = z.infer<typeof zColumnsRequest>;

/** The columns of all of them, each once, in the order in which they are first seen. */
export const zColumnsAnswer = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      /** A feature's kind, or the file's own type where no feature can hold it. */
      kind: z.string(),
    }),
  ),
});
/** See {@link zColumnsAnswer}. */
export type ColumnsAnswer = z.infer<typeof zColumnsAnswer>;
