'use client';

import { Tooltip } from '../../ui/tooltip';
import { useActionContext } from './actions-context';
import { requireAction } from './actions/index';
import { useEditor } from './editor-context';

/** An action as its icon, with its name, its keys and why it cannot be done now. */
export function ActionButton({ id }: { readonly id: string }) {
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
