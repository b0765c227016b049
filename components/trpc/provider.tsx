'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { createApiClient, TRPCProvider } from './client';

const RETRIES = 3;

/** The query cache and the client, one of each per tab. */
export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // The studio answers on this machine, whether or not there is a network.
          queries: {
            networkMode: 'always',
            staleTime: 1_000,
            retry: (failures, error) => failures < RETRIES && mayPass(error),
          },
          mutations: { networkMode: 'always' },
        },
      }),
  );
  const [client] = useState(createApiClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** An answer from the server, even an unwelcome one, is an answer; only silence is worth asking again. */
function mayPass(error: unknown): boolean {
  return !(error instanceof Error && 'data' in error && typeof error.data === 'object' && error.data !== null);
}
