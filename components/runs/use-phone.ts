'use client';

import { useSyncExternalStore } from 'react';

/** As the breakpoint `tablet` of the design tokens. */
const PHONE = '(max-width: 699.98px)';

function subscribe(listener: () => void) {
  const media = window.matchMedia(PHONE);
  media.addEventListener('change', listener);
  return () => {
    media.removeEventListener('change', listener);
  };
}

/** True where rows are touched and therefore taller. For what CSS alone cannot decide: the height of rows not drawn. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(PHONE).matches,
    () => false,
  );
}
