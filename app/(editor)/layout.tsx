import type { ReactNode } from 'react';

import { AppSidebar } from '../../components/shell/app-sidebar';

/** The editor has the whole window; a phone looks instead of editing, and keeps its bar at the bottom. */
export default function EditorLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="grid h-full grid-rows-[minmax(0,1fr)_auto] tablet:grid-rows-1">
      <main id="content" className="flex min-h-0 min-w-0 flex-col overflow-hidden bg-surface">
        {children}
      </main>
      <div className="contents tablet:hidden">
        <AppSidebar />
      </div>
    </div>
  );
}
