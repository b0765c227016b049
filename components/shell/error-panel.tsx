'use client';

import { OctagonX } from 'lucide-react';
import { useState } from 'react';

import { Button } from '../ui/button';

/** What a person is told: the sentence, what to do next, and the details that only help whoever mends it. */
export type ShownError = {
  readonly message: string;
  readonly nextStep?: string | undefined;
  readonly details?: string | undefined;
};

/** Props of {@link ErrorPanel}. */
export type ErrorPanelProps = { readonly error: ShownError; readonly onRetry?: (() => void) | undefined };

/** An error in place of the thing that failed. */
export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    const text = [error.message, error.nextStep, error.details].filter((part) => part !== undefined).join('\n');
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
    });
  };
  return (
    <div role="alert" className="flex items-start gap-2 rounded-card bg-st-failed-soft p-3">
      <OctagonX size={14} className="mt-0.5 text-st-failed" aria-hidden="true" />
      <div className="min-w-0">
        <p className="font-medium break-words text-st-failed">{error.message}</p>
        {error.nextStep !== undefined && <p className="mt-0.5 break-words text-text-2">{error.nextStep}</p>}
        <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
          {onRetry !== undefined && (
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          )}
          <Button size="small" onClick={copy}>
            {copied ? 'Copied' : 'Copy details'}
          </Button>
        </div>
      </div>
    </div>
  );
}
