'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, type CSSProperties } from 'react';
import { useStore } from 'zustand';

import { Tabs, type TabItem } from '../../ui/tabs';
import { useEditor, useEditorStore, useOverlay } from './editor-context';
import type { DrawerTab } from './editor-store';
import { HistoryPane } from './history-pane';
import { OutlinePane } from './outline-pane';
import { PaneDivider } from './pane-divider';
import { paneStore } from './pane-store';
import { PlanPane } from './plan-pane';
import { ProblemsPanel } from './problems-panel';
import { useProblemCount } from './problem-count';

const TABS = ['problems', 'plan', 'history', 'outline'] as const satisfies readonly DrawerTab[];

/** Under the canvas: problems, the plan and what came of it, history, and the graph as a list. Remembered. */
export function EditorDrawer() {
  const store = useEditorStore();
  const open = useEditor((state) => state.drawer);
  const height = useStore(paneStore, (state) => state.sizes.drawer);
  const items = useItems();

  useEffect(() => {
    const remembered = TABS.find((tab) => tab === paneStore.getState().drawerTab);
    store.getState().openDrawer(remembered);
    return store.subscribe(({ drawer }) => {
      if (paneStore.getState().drawerTab !== (drawer ?? null)) paneStore.setState({ drawerTab: drawer ?? null });
    });
  }, [store]);

  return (
    <section
      aria-label="Drawer"
      style={{ '--drawer': open === undefined ? '36px' : `${height}px` } as CSSProperties}
      className="relative h-(--drawer) flex-none border-t bg-surface"
    >
      {open !== undefined && <PaneDivider pane="drawer" />}
      <Tabs
        label="Panes of the drawer"
        items={items}
        value={open ?? 'none'}
        onChange={(tab) => {
          store.getState().openDrawer(TABS.find((one) => one === tab));
        }}
        aside={
          <button
            type="button"
            aria-label={open === undefined ? 'Open the drawer' : 'Close the drawer'}
            aria-expanded={open !== undefined}
            onClick={() => {
              store.getState().openDrawer(open === undefined ? 'problems' : undefined);
            }}
            className="grid size-6 place-content-center rounded-control text-text-3 hover:bg-hover"
          >
            {open === undefined ? (
              <ChevronUp size={14} aria-hidden="true" />
            ) : (
              <ChevronDown size={14} aria-hidden="true" />
            )}
          </button>
        }
      />
    </section>
  );
}

function useItems(): readonly TabItem<DrawerTab | 'none'>[] {
  const run = useOverlay((state) => state.run?.runNumber);
  const problems = useProblemCount();
  return [
    { id: 'problems', label: 'Problems', count: problems, content: () => <ProblemsPanel /> },
    {
      id: 'plan',
      label: run === undefined ? 'Plan' : 'Plan and what came of it',
      content: () => <PlanPane />,
    },
    { id: 'history', label: 'History', content: () => <HistoryPane /> },
    { id: 'outline', label: 'Outline', content: () => <OutlinePane /> },
  ];
}
