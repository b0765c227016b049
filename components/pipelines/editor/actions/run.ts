import { Ban, ListRestart, Play, RotateCcw, SkipForward, StepForward, type LucideIcon } from 'lucide-react';

import { COMPONENTS } from '../../../../lib/catalog/index';
import { blockingProblems } from '../../../../lib/pipeline/blocking-problems';
import { graphOf } from '../../../../lib/pipeline/graph';
import type { Pipeline } from '../../../../lib/pipeline/pipeline';
import { hasErrors, type Problem } from '../../../../lib/pipeline/problem';
import { selectNodes, type Selection } from '../../../../lib/pipeline/selection';
import { isFinalRunState } from '../../../../lib/run/run';
import { problemsOf } from '../editor-context';
import type { Launch } from '../surface-store';
import { defineAction, selectedIds, type ActionContext, type EditorAction } from './action';

/** Said until the server has looked at the files that the document names. */
export const STILL_LOOKING = 'Problems are still being looked for.';

const EVERYTHING: Selection = { type: 'all' };

/** Why this part cannot run as it is: the first of its problems. What is wrong elsewhere does not keep it back. */
function launchReason({ store, overlay }: ActionContext, selection: Selection): string | undefined {
  const { document } = store.getState();
  const { fileProblems } = overlay.getState();
  if (fileProblems === undefined) return STILL_LOOKING;
  const [first, ...others] = errorsOfPart(document, [...problemsOf(document), ...fileProblems], selection);
  if (first === undefined) return undefined;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  const { node, message } = first;
  // A sentence about a parameter says only which one, and here nothing beside it names the node.
  const of = node === undefined || message.includes(node) ? '' : `${node}: `;
  return `${of}${message}${more}`;
}

function errorsOfPart(document: Pipeline, problems: readonly Problem[], selection: Selection): readonly Problem[] {
  if (!hasErrors(problems)) return [];
  const graph = graphOf(document, COMPONENTS);
  const selected = selectNodes(graph, selection);
  return selected.ok ? blockingProblems({ pipeline: document, graph, selected: selected.value, problems }) : [];
}

/** Shows the plan first; asked for once more while it is shown, it starts. */
function ask({ store, surface, start }: ActionContext, launch: Launch): void {
  const { launch: asked } = surface.getState();
  if (store.getState().drawer === 'plan' && asked !== undefined && JSON.stringify(asked) === JSON.stringify(launch)) {
    void start(launch);
    return;
  }
  surface.getState().ask(launch);
  store.getState().openDrawer('plan');
}

/** Runs everything that is not up to date. */
export const runAll = defineAction({
  id: 'run',
  label: 'Run',
  group: 'Run',
  icon: Play,
  shortcuts: ['Mod+Enter'],
  disabledReason: (context) => launchReason(context, EVERYTHING),
  perform: (context) => {
    ask(context, { selection: EVERYTHING, reuse: true });
  },
});

type PartialRun = readonly ['to' | 'from' | 'only', string, LucideIcon, string];
const PARTIAL: readonly PartialRun[] = [
  ['to', 'Run to here', StepForward, 'Mod+Shift+Enter'],
  ['from', 'Run from here', SkipForward, 'Alt+Enter'],
  ['only', 'Run only the selection', ListRestart, 'Alt+Shift+Enter'],
];

/** Runs of a part: what the chosen nodes need, what needs them, or they alone. */
export const PARTIAL_RUN_ACTIONS: readonly EditorAction[] = PARTIAL.map(([type, label, icon, shortcut]) =>
  defineAction({
    id: `run-${type}`,
    label,
    group: 'Run',
    icon,
    shortcuts: [shortcut],
    disabledReason: (context) => {
      const nodes = [...selectedIds(context)];
      return nodes.length === 0 ? 'Choose a node first.' : launchReason(context, { type, nodes });
    },
    perform: (context) => {
      const selection: Selection = { type, nodes: [...selectedIds(context)] };
      ask(context, { selection, reuse: true });
    },
  }),
);

/** Runs every node, whatever is there already. */
export const runWithoutReuse = defineAction({
  id: 'run-fresh',
  label: 'Run without reuse',
  group: 'Run',
  icon: RotateCcw,
  disabledReason: (context) => launchReason(context, EVERYTHING),
  perform: (context) => {
    ask(context, { selection: EVERYTHING, reuse: false });
  },
});

/** Ends the newest run. */
export const cancelNewestRun = defineAction({
  id: 'cancel-run',
  label: 'Cancel the run',
  group: 'Run',
  icon: Ban,
  disabledReason: ({ overlay }) => {
    const { run } = overlay.getState();
    if (run === undefined || isFinalRunState(run.state)) return 'Nothing is running.';
    return run.cancelRequestedAt === undefined ? undefined : 'It is being canceled.';
  },
  perform: ({ cancel }) => {
    void cancel();
  },
});
