'use client';

import { useState } from 'react';

import { ChooseFiles } from './choose-files';
import { UploadDialog } from './upload-dialog';

/** A button for a page's head: a table is chosen and becomes a new pipeline. */
export function BringTableButton() {
  const [files, setFiles] = useState<readonly File[]>();
  return (
    <>
      <ChooseFiles label="Bring a table" look="plain" onFiles={setFiles} />
      {files !== undefined && (
        <UploadDialog
          files={files}
          target={{ type: 'pipeline' }}
          onClose={() => {
            setFiles(undefined);
          }}
        />
      )}
    </>
  );
}
