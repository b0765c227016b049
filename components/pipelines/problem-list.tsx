import { CircleAlert, TriangleAlert } from 'lucide-react';

import type { Problem } from '../../lib/pipeline/problem';

/** How many are shown; the rest are counted. */
const SHOWN = 50;

/** Problems of a file with their places, to be read. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul className="flex flex-col gap-1 text-12">
      {problems.slice(0, SHOWN).map(({ code, message, path = '', severity }) => (
        <li key={`${code} ${path} ${message}`} className="flex gap-2">
          {severity === 'error' ? (
            <CircleAlert size={14} aria-hidden="true" className="mt-px text-st-failed" />
          ) : (
            <TriangleAlert size={14} aria-hidden="true" className="mt-px text-st-warning" />
          )}
          <span className="min-w-0 break-words">
            {message} {path !== '' && <span className="text-text-3">{path}</span>}
          </span>
        </li>
      ))}
      {problems.length > SHOWN && <li className="text-text-3">and {problems.length - SHOWN} more</li>}
    </ul>
  );
}
