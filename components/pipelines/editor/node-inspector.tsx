'use client';

import { useEffect, useMemo, useState } from 'react';

import { COMPONENTS } from '../../../lib/catalog/index';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { specOf } from '../../../lib/pipeline/spec-of';
import { FieldMessages } from '../../ui/form/field';
import { Tabs, type TabItem } from '../../ui/tabs';
import { useEditor, useEditorStore } from './editor-context';
import { requestFieldFocus, useFocusRequest } from './field-focus';
import { InputsTab } from './inputs-tab';
import { NodeHead } from './node-head';
import { NodeTab } from './node-tab';
import { OutputsTab } from './outputs-tab';
import { ParamsForm } from './params-form';
import { useLatest } from './use-latest';
import { WhyItRuns } from './why-it-runs';

/** Props of {@link NodeInspector}. */
export type NodeInspectorProps = { readonly node: NodeId; readonly problems: readonly Problem[] };

type NodeTabId = 'parameters' | 'inputs' | 'outputs' | 'node';

/** One node: what it is and how it stands, its parameters, its wires, what it made, how it is tried. */
export function NodeInspector({ node, problems }: NodeInspectorProps) {
  const store = useEditorStore();
  const content = useEditor((state) => state.document.nodes[node]);
  const [tab, setTab] = useState<NodeTabId>('parameters');
  const request = useFocusRequest();
  useEffect(() => {
    const [nodes, id, part] = request?.path ?? [];
    if (nodes !== 'nodes' || id !== node) return;
    setTab(part === 'inputs' ? 'inputs' : part === 'execution' ? 'node' : 'parameters');
  }, [request, node]);
  const latest = useLatest(node);
  const own = useMemo(() => problems.filter((problem) => problem.node === node), [problems, node]);
  const showParameter = useMemo(
    () => (name: string) => {
      store.getState().select([]);
      requestFieldFocus(['parameters', name]);
    },
    [store],
  );
  if (content === undefined) return null;
  const spec = specOf(COMPONENTS, content.component);
  const inputs = Object.keys({ ...spec?.inputs, ...content.inputs }).length;
  const items: TabItem<NodeTabId>[] = [
    {
      id: 'parameters',
      label: 'Parameters',
      content: () =>
        spec === undefined ? (
          <UnknownComponent problems={own} />
        ) : (
          <ParamsForm
            node={node}
            content={content}
            spec={spec}
            problems={own}
            last={latest?.params === undefined ? undefined : { params: latest.params, runNumber: latest.runNumber }}
            onShowParameter={showParameter}
          />
        ),
    },
    {
      id: 'inputs',
      label: 'Inputs',
      count: inputs,
      content: () => <InputsTab node={node} content={content} spec={spec} problems={own} />,
    },
    {
      id: 'outputs',
      label: 'Outputs',
      content: () => <OutputsTab node={node} spec={spec} />,
    },
    { id: 'node', label: 'Node', content: () => <NodeTab node={node} content={content} spec={spec} /> },
  ];
  return (
    <>
      <NodeHead node={node} content={content} problems={own} />
      <div className="min-h-0 flex-1">
        <Tabs label={`Parts of ${node}`} items={items} value={tab} onChange={setTab} />
      </div>
      <WhyItRuns node={node} />
    </>
  );
}

function UnknownComponent({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <div className="px-4 py-3">
      <p className="text-12 text-text-2">Its parameters are kept as they are.</p>
      <FieldMessages messages={problems.map(({ severity, message }) => ({ severity, text: message }))} />
    </div>
  );
}
