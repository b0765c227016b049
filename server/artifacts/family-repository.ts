/** Which artifacts belong together: what one was made from and what was made from it, along the inputs of executions. */

import { sql } from 'drizzle-orm';
import * as z from 'zod';

import { ARTIFACT_TYPES, type ArtifactType } from '../../lib/artifact/artifact';
import type { DataArtifact, DataFamily } from '../../lib/artifact/data-family';
import { AppError } from '../../lib/errors';
import type { Executor } from '../db/client';
import { findDataArtifacts, listOfNode } from './data-artifact-repository';
import { asSeenFrom, findRunArtifacts, listReusers, type RunArtifacts } from './run-artifacts-repository';

/** Longest chain of steps that is followed. */
const MAX_DEPTH = 16;
/** Relatives that are looked at, the nearest and newest first. */
const MAX_RELATIVES = 2_000;

const zRelative = z.object({ id: z.string(), type: z.enum(ARTIFACT_TYPES), depth: z.number() });
type Relative = z.infer<typeof zRelative>;

/**
 * The family of an artifact. Of each type it has the one this artifact was made from, else the newest made from it,
 * nearest to the members found so far, else the one that such a descendant was made with: a schema that was
 * imported is found through the anomalies it led to. Seen from a run that has it, all of them are of that run, and it is
 * said to be where the run has it. Throws `not-found`.
 */
export async function loadFamily(db: Executor, artifactId: string, runId?: string): Promise<DataFamily> {
  const [artifact] = await findDataArtifacts(db, [artifactId]);
  if (artifact === undefined)
    throw new AppError('not-found', `There is no dataset "${artifactId}".`, {
      nextStep: 'The list under Data shows those that there are.',
    });
  const ofRun = runId === undefined ? undefined : await findRunArtifacts(db, runId);
  // An address may name a run that has nothing to do with the artifact.
  const seen = ofRun?.nodes.has(artifact.id) === true ? ofRun : undefined;
  const shown = asSeenFrom(artifact, seen);
  const chosen = await chooseMembers(db, artifact, seen);
  const [members, ofNode, reusedBy] = await Promise.all([
    findDataArtifacts(db, [...chosen.values()]),
    listOfNode(db, shown),
    listReusers(db, artifact.id),
  ]);
  return {
    artifact: shown,
    members: Object.fromEntries(members.map((member) => [member.type, asSeenFrom(member, seen)])),
    ofNode: [...ofNode],
    reusedBy,
    ...(seen !== undefined && { seenFrom: seen.run.id }),
  };
}

/** Anomalies come before the schema: the one that judged the data counts more than one that was inferred from them. */
const DESCENDANTS: readonly ArtifactType[] = ['ExampleStatistics', 'ExampleAnomalies', 'Schema', 'Examples'];

async function chooseMembers(
  db: Executor,
  artifact: DataArtifact,
  seen: RunArtifacts | undefined,
): Promise<ReadonlyMap<ArtifactType, string>> {
  const chosen = new Map<ArtifactType, string>([[artifact.type, artifact.id]]);
  const takeAncestors = async (id: string) => {
    for (const relative of await findRelatives(db, id, 'up'))
      if (!chosen.has(relative.type)) chosen.set(relative.type, relative.id);
  };
  await takeAncestors(artifact.id);
  for (const type of DESCENDANTS) {
    if (chosen.has(type)) continue;
    const found = await newestDescendant(db, type, { of: [...chosen.values()], within: seen?.nodes });
    // Relatives by marriage alone are none: it has to stem from the artifact itself.
    if (found === undefined) continue;
    chosen.set(type, found);
    await takeAncestors(found);
  }
  return chosen;
}

/** More than any chain is long: the distance of what does not stem from an artifact at all. */
const NO_WAY = 2 * MAX_DEPTH;

/** The artifact of a type that stems from the first of these and is nearest to all of them; of several the newest. */
async function newestDescendant(
  db: Executor,
  type: ArtifactType,
  { of, within }: { readonly of: readonly string[]; readonly within: ReadonlyMap<string, unknown> | undefined },
): Promise<string | undefined> {
  const lines = await Promise.all(of.map((id) => findRelatives(db, id, 'down')));
  const [own = [], ...others] = lines.map((line) =>
    line.filter((relative) => relative.type === type && within?.has(relative.id) !== false),
  );
  const distances = others.map((line) => new Map(line.map(({ id, depth }) => [id, depth])));
  let best: { readonly id: string; readonly distance: number } | undefined;
  for (const { id, depth } of own) {
    const distance = distances.reduce((sum, other) => sum + (other.get(id) ?? NO_WAY), depth);
    if (best === undefined || distance < best.distance) best = { id, distance };
  }
  return best?.id;
}

/** Everything that an artifact was made from (`up`) or that was made from it (`down`), the nearest and newest first. */
async function findRelatives(db: Executor, id: string, direction: 'up' | 'down'): Promise<readonly Relative[]> {
  const step =
    direction === 'up'
      ? sql`select i.artifact_id, line.depth + 1 from line
              join artifacts a on a.id = line.id
              join execution_inputs i on i.execution_id = a.execution_id`
      : sql`select a.id, line.depth + 1 from line
              join execution_inputs i on i.artifact_id = line.id
              join artifacts a on a.execution_id = i.execution_id`;
  const found = await db.execute(sql`
    with recursive line (id, depth) as (
      select ${id}::text, 0
      union
      ${step} where line.depth < ${MAX_DEPTH}
    )
    select a.id, a.type, relative.depth from (select id, min(depth) as depth from line where depth > 0 group by id) relative
      join artifacts a on a.id = relative.id
     where a.type = any(${sql.param([...ARTIFACT_TYPES])}::text[])
     order by relative.depth, a.created_at desc, a.id desc
     limit ${MAX_RELATIVES}`);
  return found.rows.map((row) => zRelative.parse(row));
}
