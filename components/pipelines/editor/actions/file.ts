import { Download, FileInput, List, PencilLine } from 'lucide-react';

import { saveAsFile } from '../save-as-file';
import { defineAction } from './action';

/** Writes the document as it stands into a file that `sluice validate` reads. */
export const exportFile = defineAction({
  id: 'export',
  label: 'Export as a file',
  group: 'File',
  icon: Download,
  shortcuts: ['Mod+S'],
  perform: ({ store }) => {
    const { document } = store.getState();
    saveAsFile(`${document.name}.json`, `${JSON.stringify(document, undefined, 2)}\n`);
  },
});

/** Takes a file in the document's place; what was there stays in the history. */
export const importFile = defineAction({
  id: 'import',
  label: 'Import a file in its place',
  group: 'File',
  icon: FileInput,
  perform: ({ surface }) => {
    surface.getState().open({ type: 'import' });
  },
});

/** Names and describes the pipeline. */
export const renamePipeline = defineAction({
  id: 'rename-pipeline',
  label: 'Rename the pipeline',
  group: 'File',
  icon: PencilLine,
  perform: ({ surface }) => {
    surface.getState().open({ type: 'rename-pipeline' });
  },
});

/** Goes to the list of this pipeline's runs. */
export const openRuns = defineAction({
  id: 'open-runs',
  label: 'Open its runs',
  group: 'File',
  icon: List,
  perform: ({ pipelineId, visit }) => {
    visit(`/runs?pipeline=${pipelineId}`);
  },
});
