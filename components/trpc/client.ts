import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink, type TRPCClient } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';

import type { AppRouter } from '../../server/api/root';

const ADDRESS = '/api/trpc';

/** The hooks' door: `useTRPC().runs.list.queryOptions(…)`. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** A typed client of the server's procedures. */
export type ApiClient = TRPCClient<AppRouter>;

/** Questions travel in batches, each answered as soon as it is known; subscriptions as server-sent events. */
export function createApiClient(): ApiClient {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: ADDRESS }),
        false: httpBatchStreamLink({ url: ADDRESS }),
      }),
    ],
  });
}
