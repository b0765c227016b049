import type { ReactNode } from 'react';

import { SkeletonRows } from '../ui/skeleton';

/** Props of {@link Panel}. */
export type PanelProps = {
  readonly title: string;
  readonly aside?: ReactNode;
  /** What the panel says is still being asked for. */
  readonly isLoading?: boolean;
  readonly children: ReactNode;
};

/** A titled part of the card of the run. */
export function Panel({ title, aside, isLoading = false, children }: PanelProps) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1 px-5 py-3.5">
      <h3 className="flex min-h-6 items-center gap-2 text-13 font-semibold">
        {title}
        <span className="ml-auto font-normal">{aside}</span>
      </h3>
      {isLoading ? <SkeletonRows rows={4} label={`Loading: ${title}`} /> : children}
    </section>
  );
}
