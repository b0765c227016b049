/** A look inside schemas and anomalies for people: one line per feature, one per finding. */

import { parseSchemaText } from '../../lib/artifact/data-schema';
import { featureWords } from '../../lib/artifact/schema-words';
import type { StoredArtifact } from '../artifacts/artifact-repository';
import { askQueryProcess } from '../query/client';
import { readSchemaText } from '../schemas/accept-anomalies';
import { anomalyFiles, loadAnomalyPlace } from '../schemas/anomaly-place';
import type { Studio } from './studio';
import { textTable } from './text-table';

/** The features of a schema in words. */
export async function describeSchema(studio: Studio, artifact: StoredArtifact): Promise<string> {
  const schema = parseSchemaText(await readSchemaText(studio.artifactsFolder, artifact.uri));
  return textTable(
    ['feature', 'type', 'presence', 'values per example', 'domain', 'stage'],
    schema.feature.map((feature) => {
      const { type, presence, valency, domain, stage } = featureWords(feature, schema);
      return [feature.name ?? '', type, presence, valency, domain, stage];
    }),
  );
}

/** The anomalies of every split, each with what was found. */
export async function describeAnomalies(studio: Studio, artifact: StoredArtifact): Promise<string> {
  const place = await loadAnomalyPlace(studio.db, artifact.id);
  const { items, cleanCount } = await askQueryProcess(
    { type: 'anomaly-list', ...anomalyFiles(place) },
    { socket: studio.querySocket },
  );
  if (items.length === 0) return `No anomalies: ${cleanCount} features agree with the schema.`;
  return textTable(
    ['feature', 'severity', 'split', 'anomaly', 'finding'],
    items.flatMap(({ path, severity, splits }) =>
      splits.map(({ split, shortDescription, finding }) => [path, severity, split, shortDescription, finding]),
    ),
  );
}
