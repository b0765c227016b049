'use client';

import { useId, useState } from 'react';

import { COMPONENTS } from '../../../lib/catalog/index';
import { placeNodes } from '../../../lib/pipeline/place-nodes';
import type { Problem } from '../../../lib/pipeline/problem';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ProblemList } from '../problem-list';
import { readPipelineFile } from '../read-pipeline-file';
import { useEditorStore } from './editor-context';

/** Takes a pipeline file in the place of what is edited. The name stays, and undo brings everything back. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const store = useEditorStore();
  const id = useId();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const take = async (file: File) => {
    const read = await readPipelineFile(file);
    if (!read.ok) {
      setProblems(read.error);
      return;
    }
    const { load, document, canvasView } = store.getState();
    load(`Import ${file.name}`, { ...placeNodes(read.value, COMPONENTS), name: document.name });
    canvasView?.fit();
    onClose();
  };
  return (
    <Dialog title="Import a file in its place" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <label htmlFor={id} className="block text-12 text-text-2">
        A pipeline file. What is on the canvas now stays in the history.
      </label>
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) void take(file);
        }}
        className="mt-2 w-full text-12"
      />
      {problems.length > 0 && (
        <div role="alert" className="mt-3">
          <p className="pb-1 font-medium text-st-failed">This file is not a pipeline that can be read.</p>
          <ProblemList problems={problems} />
        </div>
      )}
    </Dialog>
  );
}
