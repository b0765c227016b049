'use client';

import { ErrorPanel } from '../components/shell/error-panel';

export default function ErrorScreen({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <main className="p-5">
      <ErrorPanel
        error={{
          message: 'This page could not be drawn.',
          nextStep: 'Load it again. Runs are not affected.',
          details: error.stack ?? error.message,
        }}
        onRetry={reset}
      />
    </main>
  );
}
