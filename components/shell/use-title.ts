'use client';

import { useEffect } from 'react';

/** Names the tab after what it shows, as soon as that is known. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Sluice`;
  }, [title]);
}
