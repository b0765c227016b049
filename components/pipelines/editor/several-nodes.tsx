'use client';

import { Play } from 'lucide-react';
import { useMemo } from 'react';

import { COMPONENTS } from '../../../lib/catalog/index';
import { formatQuantity } from '../../../lib/format/number';
import { stableJson } from '../../../lib/hash';
import { formatJsonPath } from '../../../lib/json/json-path';
import type { NodeId, Pipeline, PipelineNode } from '../../../lib/pipeline/pipeline';
import { problem, type Problem } from '../../../lib/pipeline/problem';
import { specOf } from '../../../lib/pipeline/spec-of';
import { Button } from '../../ui/button';
import { ComponentIcon } from '../component-icon';
import { ActionButton } from './action-button';
import { useActionContext } from './actions-context';
import { requireAction } from './actions/index';
import { useEditor, useEditorStore } from './editor-context';
import { requestFieldFocus } from './field-focus';
import { ParamsForm } from './params-form';

const ARRANGE = [
  ['align-left', 'align-centre', 'align-right'],
  ['align-top', 'align-middle', 'align-bottom'],
  ['distribute-across', 'distribute-down'],
  ['tidy'],
] as const;
const ACT = [
  ['copy', 'cut', 'duplicate'],
  ['delete', 'delete-heal'],
] as const;

/** Several nodes: which, what can be done with all of them, and their parameters where they are of one component. */
export function SeveralNodes({ problems }: { readonly problems: readonly Problem[] }) {
  const store = useEditorStore();
  const context = useActionContext();
  const selected = useEditor((state) => state.selectedNodes);
  const nodes = useEditor((state) => state.document.nodes);
  const byComponent = useMemo(() => groupByComponent(nodes, selected), [nodes, selected]);
  const run = requireAction('run-to');
  const reason = run.disabledReason?.(context);
  const [only, ...others] = byComponent;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="border-b px-4 py-3">
        <h2 className="pb-1 text-15 font-semibold">{formatQuantity(selected.size, 'node')} selected</h2>
        <ul aria-label="Selected by component">
          {byComponent.map(([component, ids]) => (
            <li key={component}>
              <button
                type="button"
                title={ids.join(', ')}
                aria-label={`Select only these: ${formatQuantity(ids.length, component)}`}
                onClick={() => {
                  store.getState().select(ids);
                }}
                className="flex min-h-6 w-full min-w-0 items-center gap-2 rounded-control text-left text-12 hover:bg-hover max-tablet:min-h-11"
              >
                <ComponentIcon component={component} />
                <span dir="auto" className="min-w-0 flex-1 truncate">
                  {component}
                </span>
                <span className="flex-none text-text-3">{ids.length}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <Bar label="Arrange" groups={ARRANGE} />
      <Bar label="Edit" groups={ACT} />
      <div className="flex flex-none flex-col gap-1 border-b px-4 py-2">
        <div className="flex gap-2">
          <Button
            size="small"
            disabled={reason !== undefined}
            onClick={() => {
              run.perform(context);
            }}
          >
            <Play size={12} aria-hidden="true" />
            Run to these
          </Button>
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              store.getState().select([]);
            }}
          >
            Select none
          </Button>
        </div>
        {reason !== undefined && <p className="text-11 break-words text-text-3">{reason}</p>}
      </div>
      {only !== undefined && others.length === 0 ? (
        <SharedParams key={only[1].join(' ')} component={only[0]} ids={only[1]} nodes={nodes} problems={problems} />
      ) : (
        <p className="px-4 py-3 text-12 text-text-2">Nodes of one component have their parameters edited together.</p>
      )}
    </div>
  );
}

function Bar({ label, groups }: { readonly label: string; readonly groups: readonly (readonly string[])[] }) {
  return (
    <div role="toolbar" aria-label={label} className="flex flex-none flex-wrap border-b px-3 py-1">
      {groups.map((ids, group) => (
        <div key={ids.join()} className={`flex ${group > 0 ? 'ml-1 border-l pl-1' : ''}`}>
          {ids.map((id) => (
            <ActionButton key={id} id={id} />
          ))}
        </div>
      ))}
    </div>
  );
}

type SharedParamsProps = {
  readonly component: string;
  readonly ids: readonly NodeId[];
  readonly nodes: Pipeline['nodes'];
  readonly problems: readonly Problem[];
};

/** The form of the first node; what is set in it is set for all, and where they differ it says so. */
function SharedParams({ component, ids, nodes, problems }: SharedParamsProps) {
  const store = useEditorStore();
  const spec = specOf(COMPONENTS, component);
  const [first, ...others] = ids;
  const content = first === undefined ? undefined : nodes[first];
  const shown = useMemo(
    () => (first === undefined ? [] : [...problems.filter(({ node }) => node === first), ...differences(nodes, ids)]),
    [problems, nodes, first, ids],
  );
  if (spec === undefined || first === undefined || content === undefined) return null;
  return (
    <section aria-label={`Parameters of ${ids.length} nodes`}>
      <p className="px-4 pt-2 text-12 text-text-2">
        What is set here is set for all {ids.length}. Shown are the values of{' '}
        <bdi title={first} className="font-medium break-words">
          {first.length > 40 ? `${first.slice(0, 40)}…` : first}
        </bdi>
        .
      </p>
      <ParamsForm
        node={first}
        others={others}
        content={content}
        spec={spec}
        problems={shown}
        last={undefined}
        onShowParameter={(name) => {
          store.getState().select([]);
          requestFieldFocus(['parameters', name]);
        }}
      />
    </section>
  );
}

/** A word at every parameter that is not the same in all nodes. */
function differences(nodes: Pipeline['nodes'], ids: readonly NodeId[]): readonly Problem[] {
  const [first] = ids;
  const all = ids.flatMap((id): readonly PipelineNode[] => {
    const node = nodes[id];
    return node === undefined ? [] : [node];
  });
  const names = new Set(all.flatMap(({ params = {} }) => Object.keys(params)));
  return [...names].flatMap((name): readonly Problem[] => {
    const values = new Set(all.map(({ params }) => textOf(params?.[name])));
    if (values.size < 2 || first === undefined) return [];
    return [
      problem('invalid-parameter', `These nodes have ${values.size} different values here.`, {
        severity: 'warning',
        node: first,
        path: formatJsonPath(['nodes', first, 'params', name]),
      }),
    ];
  });
}

function textOf(value: unknown): string {
  return value === undefined ? '' : stableJson(value);
}

/** Ids by their component, the most numerous first. */
function groupByComponent(
  nodes: Pipeline['nodes'],
  ids: ReadonlySet<NodeId>,
): readonly (readonly [string, readonly NodeId[]])[] {
  const groups = new Map<string, NodeId[]>();
  for (const [id, { component }] of Object.entries(nodes)) {
    if (!ids.has(id)) continue;
    const group = groups.get(component);
    if (group === undefined) groups.set(component, [id]);
    else group.push(id);
  }
  return [...groups].toSorted((a, b) => b[1].length - a[1].length);
}
