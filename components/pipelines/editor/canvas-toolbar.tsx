'use client';

import { Tooltip } from '../../ui/tooltip';
import { requireAction } from './actions/index';
import { useActionContext } from './actions-context';
import { useEditor } from './editor-context';

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
            <BarButton key={id} id={id} />
          ))}
        </div>
      ))}
    </div>
  );
}

function BarButton({ id }: { readonly id: string }) {
  const context = useActionContext();
  const { label, icon: Icon, shortcuts, disabledReason, perform } = requireAction(id);
  const reason = useEditor(() => disabledReason?.(context));
  return (
    <Tooltip label={reason === undefined ? label : `${label}. ${reason}`} shortcut={shortcuts?.[0]}>
      <button
        type="button"
        aria-label={label}
        aria-disabled={reason !== undefined}
        onClick={() => {
          if (reason === undefined) perform(context);
        }}
        className="grid size-7 place-content-center rounded-control text-text-2 hover:bg-hover aria-disabled:opacity-45 max-tablet:size-11"
      >
        {Icon !== undefined && <Icon size={15} strokeWidth={1.75} aria-hidden="true" />}
      </button>
    </Tooltip>
  );
}
