import {
  Maximize,
  PanelBottom,
  PanelLeft,
  PanelRight,
  Scan,
  SunMoon,
  ZoomIn,
  ZoomOut,
  type LucideIcon,
} from 'lucide-react';

import { stepTheme } from '../../../shell/theme-cookie';
import type { DrawerTab } from '../editor-store';
import { togglePane } from '../pane-store';
import { defineAction, needsNodes, selectedIds, type ActionContext, type EditorAction } from './action';

const needsCanvas = ({ store }: ActionContext) =>
  store.getState().canvasView === undefined ? 'The canvas is not drawn yet.' : undefined;

/** Looking closer and from further away. */
export const ZOOM_ACTIONS: readonly EditorAction[] = [
  defineAction({
    id: 'zoom-in',
    label: 'Zoom in',
    group: 'View',
    icon: ZoomIn,
    shortcuts: ['+', '='],
    disabledReason: needsCanvas,
    perform: ({ store }) => {
      store.getState().canvasView?.zoomIn();
    },
  }),
  defineAction({
    id: 'zoom-out',
    label: 'Zoom out',
    group: 'View',
    icon: ZoomOut,
    shortcuts: ['-'],
    disabledReason: needsCanvas,
    perform: ({ store }) => {
      store.getState().canvasView?.zoomOut();
    },
  }),
  defineAction({
    id: 'zoom-fit',
    label: 'Show everything',
    group: 'View',
    icon: Maximize,
    shortcuts: ['Shift+1'],
    disabledReason: needsCanvas,
    perform: ({ store }) => {
      store.getState().canvasView?.fit();
    },
  }),
  defineAction({
    id: 'zoom-selection',
    label: 'Show what is chosen',
    group: 'View',
    icon: Scan,
    shortcuts: ['Shift+2'],
    disabledReason: (context) => needsCanvas(context) ?? needsNodes(1)(context),
    perform: (context) => {
      context.store.getState().canvasView?.fit(selectedIds(context));
    },
  }),
];

const DRAWER: readonly (readonly [DrawerTab, string, string])[] = [
  ['problems', 'Problems', 'Alt+1'],
  ['plan', 'Plan', 'Alt+2'],
  ['history', 'History', 'Alt+3'],
  ['outline', 'Outline', 'Alt+4'],
];

/** The panes of the drawer; the open one is closed. */
export const DRAWER_ACTIONS: readonly EditorAction[] = DRAWER.map(([tab, label, shortcut]) =>
  defineAction({
    id: `drawer-${tab}`,
    label: `Show or hide: ${label}`,
    group: 'View',
    icon: PanelBottom,
    shortcuts: [shortcut],
    perform: ({ store }) => {
      const { drawer, openDrawer } = store.getState();
      openDrawer(drawer === tab ? undefined : tab);
    },
  }),
);

const PANES: readonly (readonly ['palette' | 'inspector', string, LucideIcon, string])[] = [
  ['palette', 'Show or hide: palette', PanelLeft, '['],
  ['inspector', 'Show or hide: inspector', PanelRight, ']'],
];

/** The panes at the sides. */
export const PANE_ACTIONS: readonly EditorAction[] = PANES.map(([pane, label, icon, shortcut]) =>
  defineAction({
    id: `toggle-${pane}`,
    label,
    group: 'View',
    icon,
    shortcuts: [shortcut],
    perform: () => {
      togglePane(pane);
    },
  }),
);

/** System, light, dark. */
export const changeTheme = defineAction({
  id: 'theme',
  label: 'Change theme',
  group: 'View',
  icon: SunMoon,
  perform: () => {
    stepTheme();
  },
});
