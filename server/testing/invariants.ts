/** What holds after every fault: A2 (rows and folders match), A14 (no contradiction in the tables), nothing left behind. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { sql } from 'drizzle-orm';

import type { Database } from '../db/client';
import { isAlive } from '../launcher/process-identity';
import { digestOfFile } from '../engine/check-inputs';
import { artifactFolder, UNFINISHED_MARK } from '../storage/artifact-store';

type Row = { readonly [column: string]: unknown };

/** Throws the first broken invariant. Call it when no worker is at work. */
export async function checkInvariants(db: Database, artifactsFolder: string): Promise<void> {
  const ask = async (query: ReturnType<typeof sql>): Promise<readonly Row[]> => (await db.execute<Row>(query)).rows;

  // A2: exactly one execution per completed node, none for any other; a unique index holds the "at most".
  assert.deepEqual(
    await ask(sql`
      select n.run_id, n.node_id, n.state from node_runs n
      left join executions e on e.run_id = n.run_id and e.node_id = n.node_id
      where (n.state = 'complete') <> (e.id is not null)`),
    [],
  );

  // A2: every row has its files, unless it says that somebody took them; every folder has its row.
  const rows = (
    await db.execute<{ uri: string; state: string; files: { path: string; sizeBytes: number; digest: string }[] }>(
      sql`select uri, state, files from artifacts`,
    )
  ).rows;
  for (const { uri, files } of rows.filter(({ state }) => state === 'live')) {
    const folder = artifactFolder(artifactsFolder, uri);
    assert.ok(existsSync(folder), `${uri} has its folder`);
    for (const file of files) assert.equal(await digestOfFile(path.join(folder, file.path)), file.digest);
  }
  const entries = readdirSync(artifactsFolder);
  assert.deepEqual(
    entries.filter((name) => name.includes(UNFINISHED_MARK)),
    [],
  );
  const folders = entries.flatMap((type) => readdirSync(path.join(artifactsFolder, type)).map((id) => `${type}/${id}`));
  assert.deepEqual(
    folders.filter((uri) => !rows.some((row) => row.uri === uri)),
    [],
  );

  // A14: no zombie rows.
  assert.deepEqual(
    await ask(sql`
      select run_id, node_id from node_runs where state = 'running' and lease_owner is null
      union all
      select r.id, 'no open node' from runs r where r.state in ('queued', 'running')
        and not exists (select 1 from node_runs n where n.run_id = r.id and n.state in ('queued', 'running'))`),
    [],
  );

  // The log has no gap, and the state columns say what it says.
  assert.deepEqual(
    await ask(sql`
      select r.id from runs r where r.last_seq <> (select count(*) from run_events e where e.run_id = r.id)
        or r.last_seq <> coalesce((select max(seq) from run_events e where e.run_id = r.id), 0)`),
    [],
  );

  // No node process outlives its worker.
  const processes = (await db.execute<{ pid: number }>(sql`select pid from node_processes`)).rows;
  assert.deepEqual(
    processes.filter(({ pid }) => isAlive(pid)),
    [],
  );
}
