import * as z from 'zod';

import { REMEDIES } from '../../../lib/artifact/anomaly-remedy';
import { zAnomalyDetail, zAnomalyList } from '../../../lib/artifact/anomaly-report';
import { zAnomalyDecision, zSchemaHistory, zSchemaNode, zSchemaOrigin } from '../../../lib/artifact/schema-version';
import { zArtifactId, zRunId } from '../../../lib/ids';
import { askQueryProcess } from '../../query/client';
import { acceptAnomalies, proposeSchema } from '../../schemas/accept-anomalies';
import { anomalyFiles, loadAnomalyPlace } from '../../schemas/anomaly-place';
import { loadAnomalies } from '../../schemas/load-anomalies';
import { procedure, router } from '../trpc';

const AUTHOR = 'you';

const path = z.string().max(2_000);
/** The run that an artifact is seen from, where another pipeline made it. */
const runId = zRunId.optional();
const acceptance = {
  artifactId: zArtifactId,
  runId,
  paths: z.array(path.min(1)).min(1).max(5_000),
  remedy: z.enum(REMEDIES).optional(),
};

/** Anomalies: what was found, why, and accepting it into the schema. */
export const anomaliesRouter = router({
  list: procedure
    .input(z.strictObject({ artifactId: zArtifactId, runId }))
    .output(
      zAnomalyList.extend({
        decisions: z.array(zAnomalyDecision),
        schemaNode: zSchemaNode.optional(),
        history: zSchemaHistory.optional(),
        checkedVersion: z.number().int().optional(),
        environment: z.string().optional(),
        acceptedHere: z.array(z.object({ path: z.string(), schemaVersion: z.number().int() })),
        affected: z.array(z.object({ node: z.string(), component: z.string() })),
      }),
    )
    .query(({ ctx, input, signal }) => loadAnomalies(ctx, input, signal)),

  detail: procedure
    .input(z.strictObject({ artifactId: zArtifactId, runId, path }))
    .output(zAnomalyDetail)
    .query(async ({ ctx, input, signal }) => {
      const place = await loadAnomalyPlace(ctx.db, input.artifactId, input.runId);
      return askQueryProcess(
        { type: 'anomaly-detail', ...anomalyFiles(place), path: input.path },
        { socket: ctx.querySocket, signal },
      );
    }),

  /** The schema before and after accepting; nothing is changed. */
  propose: procedure
    .input(z.strictObject(acceptance))
    .output(
      z.object({
        node: zSchemaNode,
        origin: zSchemaOrigin,
        before: z.string(),
        after: z.string(),
        revision: z.number().int(),
      }),
    )
    .query(({ ctx, input, signal }) => proposeSchema(ctx, input, signal)),

  accept: procedure
    .input(z.strictObject({ ...acceptance, revision: z.number().int(), note: z.string().max(2_000) }))
    .output(z.object({ number: z.number().int(), isNew: z.boolean(), revision: z.number().int() }))
    .mutation(({ ctx, input: { revision, note, ...acceptance } }) =>
      acceptAnomalies(ctx, acceptance, { revision, note, author: AUTHOR }),
    ),
});
