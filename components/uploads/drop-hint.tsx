import type { ReactNode } from 'react';

/** Lies over a place while files are held over it, and says what dropping them does. */
export function DropHint({ children }: { readonly children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-2 grid place-content-center rounded-card border-2 border-dashed border-accent bg-accent-soft/70">
      <p className="rounded-control bg-raised px-3 py-1.5 text-13 font-medium shadow-floating">{children}</p>
    </div>
  );
}
