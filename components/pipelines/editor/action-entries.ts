import type { MenuEntry } from '../../ui/menu';
import type { ActionContext } from './actions/action';
import { requireAction } from './actions/index';

/** Actions as lines of a menu, groups apart. */
export function entriesOf(context: ActionContext, groups: readonly (readonly string[])[]): readonly MenuEntry[] {
  return groups.flatMap((ids, group): readonly MenuEntry[] => [
    ...(group > 0 ? [{ type: 'separator' as const, id: `separator ${group}` }] : []),
    ...ids.map((id): MenuEntry => {
      const { label, icon, shortcuts, disabledReason, perform } = requireAction(id);
      return {
        type: 'item',
        id,
        label,
        icon,
        shortcut: shortcuts?.[0],
        disabledReason: disabledReason?.(context),
        danger: id === 'delete',
        onSelect: () => {
          perform(context);
        },
      };
    }),
  ]);
}
