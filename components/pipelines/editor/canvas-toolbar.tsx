'use client';

import { ActionButton } from './action-button';

const ABOVE = [['undo', 'redo'], ['add-component', 'tidy'], ['search-nodes']] as const;
const BELOW = [['zoom-out', 'zoom-in'], ['zoom-fit']] as const;

/** The bars over the canvas: what is done most, at its upper and lower left. */
export function CanvasToolbars() {
  return (
    <>
      <Bar label="Edit" groups={ABOVE} place="top-3" />
      <Bar label="View" groups={BELOW} place="bottom-3" />
    </>
  );
}

type BarProps = {
  readonly label: string;
  readonly groups: readonly (readonly string[])[];
  readonly place: 'top-3' | 'bottom-3';
};

function Bar({ label, groups, place }: BarProps) {
  return (
    <div
      role="toolbar"
      aria-label={label}
      className={`absolute left-3 ${place} flex rounded-card border border-border bg-surface p-0.5 shadow-node`}
    >
      {groups.map((ids, group) => (
        <div key={ids.join()} className={`flex ${group > 0 ? 'ml-0.5 border-l pl-0.5' : ''}`}>
          {ids.map((id) => (
            <ActionButton key={id} id={id} />
          ))}
        </div>
      ))}
    </div>
  );
}
