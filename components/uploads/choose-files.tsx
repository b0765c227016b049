'use client';

import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';

import { Button, type ButtonProps } from '../ui/button';

/** What the platform's choice of files offers. */
const TABLE_FILES = '.csv,.parquet,text/csv';

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
        accept={TABLE_FILES}
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

/** Opens the platform's choice of files without a button, as a key does. Nothing happens where none is chosen. */
export function askForTable(onFiles: (files: readonly File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = TABLE_FILES;
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
  input.click();
}
