import { artifactsRouter } from './routers/artifacts';
import { dataRouter } from './routers/data';
import { editingRouter } from './routers/editing';
import { draftsRouter } from './routers/drafts';
import { pipelinesRouter } from './routers/pipelines';
import { runsRouter } from './routers/runs';
import { router } from './trpc';

/** Everything that a screen can ask: a table of contents. */
export const appRouter = router({
  pipelines: pipelinesRouter,
  drafts: draftsRouter,
  runs: runsRouter,
  artifacts: artifactsRouter,
  data: dataRouter,
  editing: editingRouter,
});

/** The one type that screens take from the server. */
export type AppRouter = typeof appRouter;
