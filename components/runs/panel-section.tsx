import type { ReactNode } from 'react';

/** Props of {@link PanelSection}. */
export type PanelSectionProps = {
  readonly title: string;
  readonly count?: number;
  readonly children: ReactNode;
};

/** A part of the panel of a node, under a hairline. */
export function PanelSection({ title, count, children }: PanelSectionProps) {
  return (
    <section aria-label={title} className="mt-3 border-t pt-2.5">
      <h3 className="mb-1 flex items-baseline gap-2 font-semibold">
        {title}
        {count !== undefined && <span className="text-12 font-normal text-text-3">{count}</span>}
      </h3>
      {children}
    </section>
  );
}
