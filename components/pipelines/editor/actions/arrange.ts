import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  LayoutGrid,
  type LucideIcon,
} from 'lucide-react';

import { COMPONENTS } from '../../../../lib/catalog/index';
import { alignBoxes, boxesOf, distributeBoxes, type Alignment } from '../../../../lib/pipeline/arrange-nodes';
import { moveNodes } from '../../../../lib/pipeline/commands';
import { showToast } from '../../../ui/toast';
import { tidyNodes } from '../tidy-nodes';
import { defineAction, labelFor, needsNodes, selectedIds, type EditorAction } from './action';

const ALIGNMENTS: readonly (readonly [Alignment, string, LucideIcon, string])[] = [
  ['left', 'Align left edges', AlignStartVertical, 'Alt+L'],
  ['centre', 'Align on a vertical line', AlignCenterVertical, 'Alt+C'],
  ['right', 'Align right edges', AlignEndVertical, 'Alt+R'],
  ['top', 'Align top edges', AlignStartHorizontal, 'Alt+T'],
  ['middle', 'Align on a horizontal line', AlignCenterHorizontal, 'Alt+M'],
  ['bottom', 'Align bottom edges', AlignEndHorizontal, 'Alt+B'],
];

/** The six ways to put cards in line. */
export const ALIGN_ACTIONS: readonly EditorAction[] = ALIGNMENTS.map(([alignment, label, icon, shortcut]) =>
  defineAction({
    id: `align-${alignment}`,
    label,
    group: 'Arrange',
    icon,
    shortcuts: [shortcut],
    disabledReason: needsNodes(2),
    perform: (context) => {
      const ids = selectedIds(context);
      context.store
        .getState()
        .change({ label: labelFor('Align', ids) }, (before) =>
          moveNodes(before, alignBoxes(boxesOf(before, COMPONENTS, ids), alignment)),
        );
    },
  }),
);

const DIRECTIONS = [
  ['across', 'Distribute across', AlignHorizontalDistributeCenter, 'Alt+H'],
  ['down', 'Distribute down', AlignVerticalDistributeCenter, 'Alt+V'],
] as const;

/** Equal gaps between cards, across or down. */
export const DISTRIBUTE_ACTIONS: readonly EditorAction[] = DIRECTIONS.map(([direction, label, icon, shortcut]) =>
  defineAction({
    id: `distribute-${direction}`,
    label,
    group: 'Arrange',
    icon,
    shortcuts: [shortcut],
    disabledReason: needsNodes(3),
    perform: (context) => {
      const ids = selectedIds(context);
      context.store
        .getState()
        .change({ label: labelFor('Distribute', ids) }, (before) =>
          moveNodes(before, distributeBoxes(boxesOf(before, COMPONENTS, ids), direction)),
        );
    },
  }),
);

/** Lays out the chosen nodes, or all when fewer than two are chosen. */
export const tidy = defineAction({
  id: 'tidy',
  label: 'Tidy',
  group: 'Arrange',
  icon: LayoutGrid,
  shortcuts: ['Shift+T'],
  disabledReason: ({ store }) =>
    Object.keys(store.getState().document.nodes).length > 1 ? undefined : 'There are fewer than two nodes.',
  perform: (context) => {
    tidyNodes(context.store, selectedIds(context)).catch(() => {
      showToast('The layout could not be worked out. Nothing was moved.', { tone: 'failed' });
    });
  },
});
