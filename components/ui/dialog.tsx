'use client';

import { cva } from 'class-variance-authority';
import { X } from 'lucide-react';
import { useId, type ReactNode } from 'react';

import { useModal } from './use-modal';

/** Props of {@link Dialog}. */
export type DialogProps = {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the bottom right. */
  readonly actions: ReactNode;
  readonly onClose: () => void;
  /** `wide` for tables and texts side by side. Default `normal`, 560 px. */
  readonly size?: 'normal' | 'wide';
  /** True for a text without a control in it, so that the keyboard can scroll it. Default false. */
  readonly isText?: boolean;
};

const look = cva(
  'm-auto max-h-[85vh] max-w-[calc(100vw-32px)] flex-col overflow-hidden rounded-card border border-border bg-raised p-0 text-left text-text shadow-floating backdrop:bg-scrim open:flex',
  { variants: { size: { normal: 'w-[560px]', wide: 'w-[880px]' } } },
);

/** A modal dialog, open while it is mounted: the platform's own, with its focus trap and Escape. */
export function Dialog({ title, children, actions, onClose, size = 'normal', isText = false }: DialogProps) {
  const modal = useModal(onClose);
  const titleId = useId();
  return (
    <dialog {...modal} aria-labelledby={titleId} className={look({ size })}>
      <header className="flex flex-none items-center gap-2 border-b px-5 py-3">
        <h2 id={titleId} dir="auto" className="truncate text-15 font-semibold">
          {title}
        </h2>
        <button
          type="button"
          aria-label="Close"
          onClick={onClose}
          className="ml-auto grid size-7 place-content-center rounded-control text-text-3 hover:bg-hover max-tablet:size-11"
        >
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <div tabIndex={isText ? 0 : undefined} className="min-h-0 overflow-auto px-5 py-3">
        {children}
      </div>
      <footer className="flex flex-none flex-wrap justify-end gap-2 border-t px-5 py-3">{actions}</footer>
    </dialog>
  );
}
