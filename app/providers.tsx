'use client';

import type { ReactNode } from 'react';

import { ApiProvider } from '../components/trpc/provider';
import { Toaster } from '../components/ui/toaster';
import { TooltipProvider } from '../components/ui/tooltip';

/** Every client provider, in one place. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <ApiProvider>
      <TooltipProvider>{children}</TooltipProvider>
      <Toaster />
    </ApiProvider>
  );
}
