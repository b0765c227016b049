import * as z from 'zod';

import { zSchemaHistory, zSchemaNode, zSchemaOrigin } from '../../../lib/artifact/schema-version';
import { AppError } from '../../../lib/errors';
import { zArtifactId } from '../../../lib/ids';
import { zNodeId } from '../../../lib/pipeline/pipeline';
import { findDataArtifacts } from '../../artifacts/data-artifact-repository';
import { readSchemaText } from '../../schemas/accept-anomalies';
import {
  inferSchemaInstead,
  loadSchemaHistory,
  loadSchemaText,
  saveSchemaVersion,
  useSchemaVersion,
} from '../../schemas/schema-history';
import { procedure, router } from '../trpc';

const AUTHOR = 'you';
/** Longest schema, in characters: thousands of features with long lists of values. */
const MAX_TEXT = 8_000_000;

const revision = z.number().int();
const number = z.number().int().positive();
const zNode = zSchemaNode.shape;

/** Schemas: their text, the versions that people curate, and which one a pipeline uses. */
export const schemasRouter = router({
  /** The schema of an artifact, to the letter, and the node that made it. */
  ofArtifact: procedure
    .input(z.strictObject({ artifactId: zArtifactId }))
    .output(z.object({ text: z.string(), node: zSchemaNode }))
    .query(async ({ ctx, input }) => {
      const [artifact] = await findDataArtifacts(ctx.db, [input.artifactId]);
      if (artifact?.type !== 'Schema') throw new AppError('not-found', 'There is no schema at this address.');
      const nodeId = zNodeId.parse(artifact.node);
      const text = await readSchemaText(ctx.artifactsFolder, artifact.uri);
      return { text, node: { pipelineId: artifact.pipeline.id, nodeId } };
    }),

  history: procedure
    .input(zSchemaNode)
    .output(zSchemaHistory)
    .query(({ ctx, input }) => loadSchemaHistory(ctx, input)),

  text: procedure
    .input(z.strictObject({ ...zNode, number }))
    .output(z.object({ text: z.string() }))
    .query(async ({ ctx, input: { number: wanted, ...node } }) => ({ text: await loadSchemaText(ctx, node, wanted) })),

  /** Keeps a text as a new version; with `use` the pipeline reads it from its next run on. */
  save: procedure
    .input(
      z.strictObject({
        ...zNode,
        text: z.string().max(MAX_TEXT),
        origin: zSchemaOrigin,
        note: z.string().max(2_000),
        use: z.boolean(),
        revision,
      }),
    )
    .output(z.object({ number, isNew: z.boolean(), revision }))
    .mutation(({ ctx, input: { text, origin, note, ...node } }) =>
      saveSchemaVersion(ctx, node, { text, origin, note, author: AUTHOR }),
    ),

  use: procedure
    .input(z.strictObject({ ...zNode, number, revision }))
    .output(z.object({ revision }))
    .mutation(async ({ ctx, input }) => ({ revision: await useSchemaVersion(ctx, input) })),

  /** Puts SchemaGen back where it was. The versions stay. */
  inferAgain: procedure
    .input(z.strictObject({ ...zNode, revision }))
    .output(z.object({ revision }))
    .mutation(async ({ ctx, input }) => ({ revision: await inferSchemaInstead(ctx, input) })),
});
