'use client';

import { useEffect, useRef, useState } from 'react';

import { AppError, toErrorInfo } from '../../lib/errors';
import type { UploadId } from '../../lib/ids';
import { plainNames } from '../../lib/proposal/header-question';
import type { TableProfile } from '../../lib/proposal/table-profile';
import { checkStart } from '../../lib/upload/check-start';
import { uploadProgress, type Upload } from '../../lib/upload/upload';
import type { ShownError } from '../shell/error-panel';
import { useTRPCClient, type ApiClient } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { persist, readSlice, sendFiles, type Sending } from './send-files';

/** An upload at its place, and what is known of its table. */
export type UploadedTable = {
  readonly upload: Upload;
  /** Its folder's name below `baseFolder`. */
  readonly folder: string;
  readonly baseFolder: string;
  readonly profile: TableProfile;
};

/** How far an upload is. */
export type UploadState =
  | { readonly step: 'checking' }
  | {
      readonly step: 'sending';
      readonly received: number;
      readonly total: number;
      /** Since when the connection is lost, in ms since 1970. */
      readonly lostAt: number | undefined;
    }
  | { readonly step: 'reading'; readonly lostAt: number | undefined }
  | { readonly step: 'ready'; readonly table: UploadedTable }
  | { readonly step: 'refused'; readonly error: ShownError };

/** An upload and what can be done with it. */
export type ActiveUpload = {
  readonly state: UploadState;
  /** Ends it and removes what has arrived. */
  readonly discard: () => void;
  /** Puts plain names before the first line, which is data. */
  readonly nameColumns: () => void;
};

/** Uploads files for as long as it is mounted: looks at them, sends them, has them profiled. */
export function useUpload(files: readonly File[]): ActiveUpload {
  const client = useTRPCClient();
  const [state, setState] = useState<UploadState>({ step: 'checking' });
  const begun = useRef<{ readonly stop: AbortController; id?: UploadId }>(undefined);

  useEffect(() => {
    const stop = new AbortController();
    begun.current = { stop };
    const show = (next: UploadState) => {
      if (!stop.signal.aborted) setState(next);
    };
    const onStart = (id: UploadId) => {
      begun.current = { stop, id };
    };
    bring(files, { client, signal: stop.signal, show, onStart }).catch((error: unknown) => {
      show({ step: 'refused', error: shown(error) });
    });
    return () => {
      stop.abort();
    };
  }, [client, files]);

  return {
    state,
    discard: () => {
      begun.current?.stop.abort();
      const id = begun.current?.id;
      if (id !== undefined) void client.uploads.discard.mutate({ uploadId: id }).catch(ignore);
    },
    nameColumns: () => {
      const signal = begun.current?.stop.signal;
      if (state.step !== 'ready' || signal === undefined) return;
      const { table } = state;
      setState({ step: 'reading', lostAt: undefined });
      nameColumns(table, client, signal).then(
        (profile) => {
          setState({ step: 'ready', table: { ...table, profile } });
        },
        (error: unknown) => {
          setState({ step: 'refused', error: shown(error) });
        },
      );
    },
  };
}

type Bringing = {
  readonly client: ApiClient;
  readonly signal: AbortSignal;
  readonly show: (state: UploadState) => void;
  readonly onStart: (id: UploadId) => void;
};

async function bring(files: readonly File[], { client, signal, show, onStart }: Bringing): Promise<void> {
  await checkFiles(files);
  const offered = files.map(({ name, size, lastModified }) => ({ name, sizeBytes: size, modifiedAtMs: lastModified }));
  const waiting = { signal, onLost: (lostAt: number | undefined) => show({ step: 'reading', lostAt }) };
  const upload = await persist(() => client.uploads.start.mutate({ files: offered }), waiting);
  onStart(upload.id);
  const { id: uploadId } = upload;

  let { received } = uploadProgress(upload);
  const { total } = uploadProgress(upload);
  const tell = (lostAt?: number) => show({ step: 'sending', received, total, lostAt });
  tell();
  const sending: Sending = {
    signal,
    ask: () => client.uploads.get.query({ uploadId }),
    onProgress: (bytes) => {
      received = bytes;
      tell();
    },
    onLost: tell,
  };
  await sendFiles(upload, files, sending);

  show({ step: 'reading', lostAt: undefined });
  const place = await persist(() => client.uploads.finish.mutate({ uploadId }), waiting);
  try {
    const profile = await persist(() => client.uploads.profile.query({ uploadId }, { signal }), waiting);
    show({ step: 'ready', table: { upload, ...place, profile } });
  } catch (error) {
    // A file that no ExampleGen can read is of no use here.
    void client.uploads.discard.mutate({ uploadId }).catch(ignore);
    throw error;
  }
}

async function checkFiles(files: readonly File[]): Promise<void> {
  const formats = new Set<string>();
  for (const file of files) {
    const { name, size } = file;
    const read = async (start: number, end: number) => new Uint8Array(await readSlice(file, start, end));
    formats.add(await checkStart({ name, sizeBytes: size, read }));
  }
  if (formats.size > 1) {
    throw new AppError('invalid-input', 'These files are of different formats.', {
      nextStep:
        'Bring files of one table at a time: CSV files with one header, or Parquet files with the same columns.',
    });
  }
}

async function nameColumns({ upload, profile }: UploadedTable, client: ApiClient, signal: AbortSignal) {
  const uploadId = upload.id;
  await client.uploads.addHeader.mutate({ uploadId, names: [...plainNames(profile.columns.length)] });
  return client.uploads.profile.query({ uploadId }, { signal });
}

function shown(error: unknown): ShownError {
  if (!(error instanceof AppError)) return toShownError(error);
  const { message, nextStep, cause } = toErrorInfo(error);
  return { message, nextStep, details: cause };
}

function ignore(): void {
  // What could not be removed now is removed when nobody has gone on with it for a week.
}
