import type { ReactNode } from 'react';

/** Props of {@link EmptyState}. */
export type EmptyStateProps = {
  /** What goes here, in a sentence. */
  readonly title: string;
  readonly children?: ReactNode;
};

/** Says what goes here, and offers the one action. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-2 px-5 py-8">
      <p className="text-15 font-semibold">{title}</p>
      <div className="flex max-w-[60ch] flex-col items-start gap-3 text-text-2">{children}</div>
    </div>
  );
}
