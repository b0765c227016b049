'use client';

import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Kbd } from '../../ui/kbd';
import { ACTION_GROUPS } from './actions/action';
import { EDITOR_ACTIONS } from './actions/index';

/** Keys of the canvas itself, which are gestures and no commands. */
const ON_CANVAS: readonly (readonly [string, string])[] = [
  ['ArrowRight', 'Go along a wire; back, up and down with the other arrows'],
  ['Home', 'Go to the first node; End to the last'],
  ['Mod+ArrowRight', 'Go there, and leave what is chosen as it is'],
  ['x', 'Choose the node that has the focus too, or no longer'],
  ['Shift+ArrowRight', 'Move what is chosen by a step of the grid'],
  ['c', 'Draw a wire from the node that has the focus; arrows choose the port'],
  ['Enter', 'Go to the parameters of the node, beside which its wires are changed'],
  ['Shift+F10', 'Open the menu of what is chosen'],
  ['Escape', 'Let go, choose nothing'],
];

/** Every key on one sheet. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const groups = ACTION_GROUPS.map((group) => ({
    group,
    lines: EDITOR_ACTIONS.filter((action) => action.group === group).flatMap(({ label, shortcuts }) =>
      shortcuts === undefined ? [] : [{ label, keys: shortcuts }],
    ),
  })).filter(({ lines }) => lines.length > 0);
  return (
    <Dialog isText title="Keyboard shortcuts" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <div className="columns-1 gap-8 tablet:columns-2">
        {[
          ...groups,
          { group: 'On the canvas', lines: ON_CANVAS.map(([keys, label]) => ({ label, keys: [keys] })) },
        ].map(({ group, lines }) => (
          <section key={group} className="mb-3 break-inside-avoid">
            <h3 className="pb-1 text-12 font-semibold">{group}</h3>
            <dl>
              {lines.map(({ label, keys }) => (
                <div key={label} className="flex gap-3 py-0.5 text-12">
                  <dt className="min-w-0 flex-1 text-text-2">{label}</dt>
                  <dd className="flex gap-2">
                    {keys.map((one) => (
                      <Kbd key={one} keys={one} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
