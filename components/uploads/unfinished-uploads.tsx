'use client';

import { useMutation, useQuery } from '@tanstack/react-query';

import { formatBytes, formatProgress } from '../../lib/format/number';
import { uploadProgress, uploadTitle } from '../../lib/upload/upload';
import { useTRPC } from '../trpc/client';
import { Button } from '../ui/button';
import { ChooseFiles } from './choose-files';

const REFRESH_MS = 5_000;

/** Uploads that a reload or a closed tab cut off, with the two ways on. A page may not open a file by itself again. */
export function UnfinishedUploads({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const trpc = useTRPC();
  const uploads = useQuery(trpc.uploads.unfinished.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const discard = useMutation(trpc.uploads.discard.mutationOptions({ onSuccess: () => void uploads.refetch() }));
  if (uploads.data === undefined || uploads.data.length === 0) return null;
  return (
    <ul aria-label="Unfinished uploads" className="flex flex-col rounded-card border border-border">
      {uploads.data.map((upload) => {
        const { received, total } = uploadProgress(upload);
        const title = uploadTitle(upload);
        return (
          <li
            key={upload.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t px-5 py-2 first:border-t-0"
          >
            <span title={title} dir="auto" className="min-w-0 truncate font-medium">
              {title}
            </span>
            <span className="flex-1 text-12 text-text-2">
              {formatBytes(received)} of {formatBytes(total)} have arrived ({formatProgress(received / total)}). Choose
              the same file again to go on.
            </span>
            <ChooseFiles label="Choose it again" look="plain" onFiles={onFiles} />
            <Button
              look="quiet"
              busy={discard.isPending}
              onClick={() => {
                discard.mutate({ uploadId: upload.id });
              }}
            >
              Remove
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
