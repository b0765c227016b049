'use client';

import { useEffect } from 'react';

import { useEditor } from './editor-context';
import { endFocusRequest, focusField, useFocusRequest } from './field-focus';
import { NodeInspector } from './node-inspector';
import { PipelineSettings } from './pipeline-settings';
import { useJudged } from './problems-context';
import { SeveralNodes } from './several-nodes';

/** The pane at the right: the selected node, the pipeline where none is selected, or what several have in common. */
export function Inspector() {
  const selected = useEditor((state) => state.selectedNodes);
  const { problems } = useJudged();
  const [only] = selected;
  useFocusCarrier();
  return (
    <section aria-label="Inspector" className="flex h-full min-h-0 w-full min-w-0 flex-col overflow-hidden bg-surface">
      {selected.size > 1 ? (
        <SeveralNodes problems={problems} />
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
