'use client';

import type { ReactNode } from 'react';

/** Every client provider, in one place. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return children;
}
