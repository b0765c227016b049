/**
 * Makes an attempt's outputs true: files to their final place and rows into the tables, in one transaction that the
 * lease token fences. A crash in between leaves at most a folder without a row, which the sweep removes; a row without
 * its folder cannot come to be, since the folder is renamed and synced before the commit.
 */

import { access, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import type { AttemptUsage, RunEventBody } from '../../lib/run/run-event';
import type { Database, Transaction } from '../db/client';
import { isConnectionLoss } from '../db/connection-loss';
import { newId } from '../db/new-id';
import { registerVersions } from '../models/version-repository';
import { completeNode, type NewExecution } from '../runs/lifecycle/complete-node';
import type { Claim, ClaimRequest } from '../runs/lifecycle/claim';
import type { Lease } from '../runs/lifecycle/transition';
import { artifactFolder, artifactUri } from '../storage/artifact-store';
import { makeFolder } from '../storage/make-folder';
import { toStorageError } from '../duckdb/storage-error';
import { placeDeliveries, takeBackDeliveries } from './delivery';
import type { TaskOutput } from './node-task';
import type { CrashPoint } from './run-node';
import type { PreparedTask } from './prepare-task';
import { syncFolder } from './seal-output';

/** Where things lie and what tests break. */
export type PublishContext = {
  readonly db: Database;
  /** Root of the artifact store. Absolute. */
  readonly artifactsFolder: string;
  readonly crashPoint: CrashPoint;
};

/** An output on its way from the attempt's folder to its place in the store. Both absolute. */
type Move = { readonly from: string; readonly to: string; readonly hasFiles: boolean };

/** Outputs that are ready to be published; publishing them again after a lost connection is safe. */
export type Publication = {
  readonly execution: NewExecution;
  readonly moves: readonly Move[];
  /** The attempt's folder, which remembers what it delivers outside of the store. */
  readonly attemptFolder: string;
};

/** Gives the outputs of a task their ids and places. */
export function preparePublication(
  root: string,
  prepared: PreparedTask,
  result: {
    readonly outputs: Readonly<Record<string, TaskOutput>>;
    readonly notes: readonly RunEventBody[];
    readonly usage?: AttemptUsage | undefined;
  },
): Publication {
  const moves: Move[] = [];
  const artifacts = Object.entries(result.outputs).map(([port, output]) => {
    const id = newId('art');
    const uri = artifactUri(output.type, id);
    moves.push({
      from: path.join(prepared.task.folder, 'out', port),
      to: artifactFolder(root, uri),
      hasFiles: output.files.length > 0,
    });
    const { type, digest, sizeBytes, properties, files } = output;
    return { port, ref: { id, type, digest, uri, sizeBytes, properties }, files };
  });
  const { pipelineId, component, cacheKey, key, inputIds } = prepared;
  const execution = { id: newId('exec'), pipelineId, component, cacheKey, key, inputs: inputIds, artifacts };
  return {
    execution: { ...execution, notes: result.notes, usage: result.usage },
    moves,
    attemptFolder: prepared.task.folder,
  };
}

/** What publishing came to; `next`: what the free process has claimed in the same transaction. */
export type PublishOutcome =
  { readonly result: 'published'; readonly next: Claim | undefined } | { readonly result: 'refused' };

/**
 * Publishes. `refused`: the lease is no longer the newest, or the run was canceled or is over its limit; nothing of the
 * attempt is visible. Throws `storage-full` and `storage-denied` where the outputs could not be moved, with the same
 * guarantee, and the error of a lost connection, after which only a look at the tables tells what happened.
 */
export async function publish(
  context: PublishContext,
  lease: Lease,
  publication: Publication & { readonly next: ClaimRequest | undefined },
): Promise<PublishOutcome> {
  const { execution, moves, attemptFolder, next } = publication;
  const place = async (): Promise<void> => {
    context.crashPoint('publish-before-move');
    await moveAll(context.artifactsFolder, moves);
    await placeDeliveries(attemptFolder, execution.id);
    context.crashPoint('publish-before-commit');
  };
  const record = (tx: Transaction) => registerVersions(tx, lease, execution);
  try {
    const claims = await context.db.transaction((tx) => completeNode(tx, lease, { execution, record, place, next }));
    if (claims === undefined) return { result: 'refused' };
    context.crashPoint('publish-after-commit');
    return { result: 'published', next: claims[0] };
  } catch (error) {
    const mapped = toStorageError(error, 'publishing the outputs');
    // After a lost connection only the tables know whether the commit had happened.
    if (!isConnectionLoss(error)) await takeBack(publication);
    throw mapped;
  }
}

/** Removes what was moved for a publication that did not come to be. */
export async function takeBack({ moves, attemptFolder }: Publication): Promise<void> {
  for (const { to } of moves) await rm(to, { recursive: true, force: true });
  await takeBackDeliveries(attemptFolder);
}

async function moveAll(root: string, moves: readonly Move[]): Promise<void> {
  const folders = new Set<string>();
  for (const { from, to, hasFiles } of moves) {
    const parent = path.dirname(to);
    if (await makeFolder(parent)) folders.add(root);
    // An empty folder has nothing that a power failure could take.
    if (hasFiles) folders.add(parent);
    try {
      await rename(from, to);
    } catch (error) {
      // Moved by an earlier try whose commit got lost with the connection.
      const isThere = await access(to).then(
        () => true,
        () => false,
      );
      if (!isThere) throw error;
    }
  }
  await Promise.all([...folders].map(syncFolder));
}
