import type { ReactNode } from 'react';

import { AppSidebar } from '../../components/shell/app-sidebar';

export default function StudioLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="grid h-full grid-rows-[minmax(0,1fr)_auto] tablet:grid-cols-[48px_minmax(0,1fr)] tablet:grid-rows-1 desktop:grid-cols-[200px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:rounded-control focus:bg-raised focus:p-2"
      >
        Skip to content
      </a>
      <AppSidebar />
      <main id="content" className="flex min-h-0 min-w-0 flex-col overflow-hidden bg-surface">
        {children}
      </main>
    </div>
  );
}
