'use client';

import { useEffect } from 'react';
import { MousePointerClick } from 'lucide-react';

import { formatQuantity } from '../../../lib/format/number';
import { removeNodes } from '../../../lib/pipeline/commands';
import { Button } from '../../ui/button';
import { useEditor, useEditorStore } from './editor-context';
import { endFocusRequest, focusField, useFocusRequest } from './field-focus';
import { NodeInspector } from './node-inspector';
import { PipelineSettings } from './pipeline-settings';
import { useJudged } from './problems-context';

/** The pane at the right: the selected node, the pipeline where none is selected, or how many are. */
export function Inspector() {
  const selected = useEditor((state) => state.selectedNodes);
  const { problems } = useJudged();
  const [only] = selected;
  useFocusCarrier();
  return (
    <section aria-label="Inspector" className="flex h-full min-h-0 w-full min-w-0 flex-col overflow-hidden bg-surface">
      {selected.size > 1 ? (
        <SeveralNodes count={selected.size} />
      ) : only === undefined ? (
        <PipelineSettings problems={problems} />
      ) : (
        // Another node is another form: nothing of the last one's may stay.
        <NodeInspector key={only} node={only} problems={problems} />
      )}
    </section>
  );
}

/** Carries out a request for a field once the tab that holds it is drawn. */
function useFocusCarrier() {
  const request = useFocusRequest();
  useEffect(() => {
    if (request === undefined) return;
    // The tab opens in the same turn; its fields are there at the next frame.
    const frame = requestAnimationFrame(() => {
      focusField(request.path);
      endFocusRequest();
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [request]);
}

function SeveralNodes({ count }: { readonly count: number }) {
  const store = useEditorStore();
  return (
    <div className="px-4 py-3">
      <h2 className="text-15 font-semibold">{formatQuantity(count, 'node')} selected</h2>
      <p className="pt-1 text-12 text-text-2">Parameters are edited one node at a time.</p>
      <div className="flex flex-wrap gap-2 pt-3">
        <Button
          size="small"
          onClick={() => {
            store.getState().select([]);
          }}
        >
          <MousePointerClick size={12} aria-hidden="true" />
          Select none
        </Button>
        <Button
          size="small"
          look="danger"
          onClick={() => {
            const { selectedNodes, change } = store.getState();
            change({ label: `Delete ${formatQuantity(selectedNodes.size, 'node')}` }, (document) =>
              removeNodes(document, [...selectedNodes]),
            );
          }}
        >
          Delete them
        </Button>
      </div>
    </div>
  );
}
