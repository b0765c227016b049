import { anomaliesRouter } from './routers/anomalies';
import { artifactsRouter } from './routers/artifacts';
import { dataRouter } from './routers/data';
import { editingRouter } from './routers/editing';
import { draftsRouter } from './routers/drafts';
import { modelsRouter } from './routers/models';
import { pipelinesRouter } from './routers/pipelines';
import { rowsRouter } from './routers/rows';
import { runsRouter } from './routers/runs';
import { evaluationsRouter } from './routers/evaluations';
import { transformsRouter } from './routers/transforms';
import { schemasRouter } from './routers/schemas';
import { uploadsRouter } from './routers/uploads';
import { statisticsRouter } from './routers/statistics';
import { router } from './trpc';

/** Everything that a screen can ask: a table of contents. */
export const appRouter = router({
  pipelines: pipelinesRouter,
  drafts: draftsRouter,
  runs: runsRouter,
  schemas: schemasRouter,
  anomalies: anomaliesRouter,
  artifacts: artifactsRouter,
  data: dataRouter,
  transforms: transformsRouter,
  evaluations: evaluationsRouter,
  uploads: uploadsRouter,
  statistics: statisticsRouter,
  rows: rowsRouter,
  editing: editingRouter,
  models: modelsRouter,
});

/** The one type that screens take from the server. */
export type AppRouter = typeof appRouter;
