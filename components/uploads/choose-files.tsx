'use client';

import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';

import { Button, type ButtonProps } from '../ui/button';

/** Props of {@link ChooseFiles}. */
export type ChooseFilesProps = {
  readonly onFiles: (files: readonly File[]) => void;
  readonly label?: string;
  readonly look?: ButtonProps['look'];
};

/** A button that opens the platform's choice of files. */
export function ChooseFiles({ onFiles, label = 'Choose a file', look = 'ink' }: ChooseFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={look} onClick={() => input.current?.click()}>
        <FolderOpen size={14} aria-hidden="true" />
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".csv,.parquet,text/csv"
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again after a cancel.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
