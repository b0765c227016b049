'use client';

import { useQuery } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useState } from 'react';

import { formatBytes } from '../../lib/format/number';
import { useTRPC } from '../trpc/client';
import { ChooseFiles } from './choose-files';
import { UnfinishedUploads } from './unfinished-uploads';
import { UploadDialog } from './upload-dialog';
import { useFileDrop } from './use-file-drop';

/** A place where a table is dropped or chosen; it becomes a new pipeline. */
export function BringTable() {
  const trpc = useTRPC();
  const limits = useQuery(trpc.uploads.limits.queryOptions(undefined, { staleTime: Infinity }));
  const [files, setFiles] = useState<readonly File[]>();
  const drop = useFileDrop(setFiles);
  return (
    <section aria-label="Bring a table" className="flex flex-col gap-2">
      <div
        {...drop.handlers}
        className={`flex flex-1 flex-wrap content-center items-center gap-x-5 gap-y-3 rounded-card border border-dashed px-5 py-4 tablet:px-6 tablet:py-6 ${drop.isOver ? 'border-accent bg-selected' : 'border-border-strong bg-bg'}`}
      >
        <span className="grid size-12 flex-none place-content-center rounded-card border border-border bg-surface text-accent max-tablet:hidden">
          <FileUp size={24} strokeWidth={1.75} aria-hidden="true" />
        </span>
        <div className="min-w-0 flex-1 basis-52">
          <p className="text-15 font-semibold">Drop a CSV or Parquet file here</p>
          <p className="text-12 text-text-2">
            {limits.data === undefined ? '' : `Up to ${formatBytes(limits.data.limitBytes)}. `}
            It is copied once, into the data folder; several files with the same columns are one table.
          </p>
        </div>
        <ChooseFiles onFiles={setFiles} />
      </div>
      {files === undefined ? (
        <UnfinishedUploads onFiles={setFiles} />
      ) : (
        <UploadDialog
          files={files}
          target={{ type: 'pipeline' }}
          onClose={() => {
            setFiles(undefined);
          }}
        />
      )}
    </section>
  );
}
