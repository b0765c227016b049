'use client';

import { usePathname, useSearchParams } from 'next/navigation';

/** New values of search parameters; undefined takes one away. */
export type AddressChange = Readonly<Record<string, string | undefined>>;

/** The search parameters of the address and the way to change them. */
export type Address = {
  readonly params: URLSearchParams;
  /** Changes the address in place: for what is chosen within a page. */
  readonly replace: (change: AddressChange) => void;
  /** Changes the address so that the back button undoes it: for filters and pages. */
  readonly push: (change: AddressChange) => void;
};

/**
 * What of a view stands in the address. Changes go through the browser's history, which asks the server for nothing: they
 * are instant, and they work while the server does not answer.
 */
export function useAddress(): Address {
  const params = new URLSearchParams(useSearchParams());
  const path = usePathname();
  const changed = (change: AddressChange) => {
    // What the address says now, not at the last drawing: two changes may follow each other.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    return query === '' ? path : `${path}?${query}`;
  };
  return {
    params,
    replace: (change) => {
      window.history.replaceState(null, '', changed(change));
    },
    push: (change) => {
      window.history.pushState(null, '', changed(change));
    },
  };
}
