'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

import { formatMoment } from '../../lib/format/time';
import { ConnectionLine } from './connection-line';

/** Longer than any question takes that is answered at all. */
const AFTER_SECONDS = 3;

/** What the line must know of a question that is asked again and again. */
export type StaleLineProps = {
  readonly query: Pick<UseQueryResult<unknown, unknown>, 'data' | 'dataUpdatedAt' | 'error' | 'isFetching'>;
};

/** Says that what is shown is old, while a question that was answered before is answered no more. */
export function StaleLine({ query: { data, dataUpdatedAt, error, isFetching } }: StaleLineProps) {
  if (data === undefined || (!isFetching && error === null)) return null;
  return <Unanswered asOf={dataUpdatedAt} />;
}

/** Mounted when the question is asked, unmounted by its answer. */
function Unanswered({ asOf }: { readonly asOf: number }) {
  const [askedAt] = useState(() => Date.now());
  const moment = formatMoment(new Date(asOf), new Date());
  return (
    <ConnectionLine
      lostAt={askedAt}
      afterSeconds={AFTER_SECONDS}
      consequence={`Runs go on. This is as of ${moment}.`}
    />
  );
}
