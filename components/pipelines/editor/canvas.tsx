'use client';

import '@xyflow/react/dist/base.css';

import { ReactFlow, type EdgeTypes, type NodeTypes } from '@xyflow/react';
import { useMemo } from 'react';

import { COMPONENTS } from '../../../lib/catalog/index';
import { placeNodes } from '../../../lib/pipeline/place-nodes';
import { routeFreely } from '../../../lib/pipeline/route-wires';
import { sceneOf } from '../../../lib/pipeline/scene';
import { useEditor, useEditorStore } from './editor-context';
import { toFlowEdges, toFlowNodes } from './flow-adapter';
import { PipelineEdge } from './pipeline-edge';
import { PipelineNodeCard } from './pipeline-node';

const NODE_TYPES: NodeTypes = { pipeline: PipelineNodeCard };
const EDGE_TYPES: EdgeTypes = { pipeline: PipelineEdge };

/** The canvas of the pipeline editor. Everything that it shows and changes is in the editor's store. */
export function Canvas() {
  const store = useEditorStore();
  const document = useEditor((state) => state.document);
  const scene = useMemo(() => sceneOf(placeNodes(document, COMPONENTS), COMPONENTS), [document]);
  const routes = useMemo(
    () => new Map(scene.wires.map((wire) => [wire.key, routeFreely(wire.start, wire.end)])),
    [scene],
  );
  const part = { scene, routes, shown: scene.nodes.keys() };
  const nodes = toFlowNodes(part);
  const edges = toFlowEdges({ ...part, shown: scene.nodes.keys() });
  return (
    <section aria-label="Canvas" className="ground-dots relative h-full w-full bg-ground">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        fitView
        minZoom={0.05}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onlyRenderVisibleElements
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode={null}
        disableKeyboardA11y
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_event, node) => {
          store.getState().select([node.id]);
        }}
        onPaneClick={() => {
          store.getState().select([]);
        }}
      />
    </section>
  );
}
