'use client';

import type { ReactNode } from 'react';

import { ApiProvider } from '../components/trpc/provider';

/** Every client provider, in one place. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return <ApiProvider>{children}</ApiProvider>;
}
