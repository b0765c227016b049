/** The models that an evaluation blessed in a run of a pipeline, as far as their files are still there. */

import { sql } from 'drizzle-orm';

import { zArtifactRef, type ArtifactRef } from '../../lib/artifact/artifact';
import { findDamage } from '../artifacts/find-damage';
import type { Executor } from '../db/client';
import type { ArtifactFile } from '../db/schema/index';
import { artifactFolder } from '../storage/artifact-store';

/** A blessed model. */
export type StoredModel = ArtifactRef & {
  readonly files: readonly ArtifactFile[];
  /** When it was published, in ms since 1970. */
  readonly publishedAtMs: number;
};

/** Where models are looked up: the tables, and the store that holds their files. */
export type ModelContext = {
  readonly db: Executor;
  /** Absolute. */
  readonly artifactsFolder: string;
};

/** Models with different digests that are looked for: a Resolver passes over one at most. */
const WANTED = 2;
/** How many are read in one go. */
const PAGE = 20;

/**
 * The two newest blessed models with different digests, newest first: TFX's latest blessed model looks at the newest model
 * first, not at the newest blessing. A blessing counts where a run of this pipeline published or reused it.
 */
export async function findBlessedModels(
  { db, artifactsFolder }: ModelContext,
  pipelineId: string,
): Promise<readonly StoredModel[]> {
  const models: StoredModel[] = [];
  for (let offset = 0; models.length < WANTED; offset += PAGE) {
    const page = await readPage(db, pipelineId, offset);
    for (const model of page) {
      if (models.length === WANTED || models.some(({ digest }) => digest === model.digest)) continue;
      const folder = artifactFolder(artifactsFolder, model.uri);
      const { files, publishedAtMs } = model;
      if ((await findDamage({ folder, files, publishedAtMs })) === undefined) models.push(model);
    }
    if (page.length < PAGE) break;
  }
  return models;
}

async function readPage(db: Executor, pipelineId: string, offset: number): Promise<readonly StoredModel[]> {
  type Row = ArtifactRef & Pick<StoredModel, 'files' | 'publishedAtMs'>;
  const { rows } = await db.execute<Row>(sql`
    select m.id, m.type, m.digest, m.uri, m.size_bytes::float8 as "sizeBytes", m.properties, m.files,
      case when m.state = 'damaged' then 0 else (extract(epoch from m.created_at) * 1000)::float8 end as "publishedAtMs"
    from artifacts m
    where m.id in (
      select b.properties ->> 'currentModelId' from artifacts b
      where b.type = 'ModelBlessing' and b.properties -> 'blessed' = '1'::jsonb
        and (
          exists (select 1 from executions e where e.id = b.execution_id and e.pipeline_id = ${pipelineId})
          or exists (
            select 1 from node_runs n join runs r on r.id = n.run_id
            where n.reuse_execution_id = b.execution_id and n.state = 'cached' and r.pipeline_id = ${pipelineId}
          )
        )
    )
    order by m.created_at desc, m.id desc
    limit ${PAGE} offset ${offset}`);
  return rows.map(({ files, publishedAtMs, ...ref }) => ({ ...zArtifactRef.parse(ref), files, publishedAtMs }));
}
