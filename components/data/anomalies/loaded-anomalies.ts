import type { inferRouterOutputs } from '@trpc/server';

import type { AppRouter } from '../../../server/api/root';

/** The anomalies of an artifact with everything that belongs to them, as the server answers. */
export type LoadedAnomalies = inferRouterOutputs<AppRouter>['anomalies']['list'];
