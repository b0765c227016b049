import { fetchRequestHandler } from '@trpc/server/adapters/fetch';

import { apiContext } from '../../../../server/api/context';
import { appRouter } from '../../../../server/api/root';

export const dynamic = 'force-dynamic';

function answer(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: apiContext,
    onError: ({ error, path }) => {
      if (error.code !== 'INTERNAL_SERVER_ERROR') return;
      process.stderr.write(`${path ?? 'unknown procedure'}: ${error.cause?.stack ?? error.message}\n`);
    },
  });
}

export { answer as GET, answer as POST };
