/** A look inside an artifact, asked of the query process: rows of Examples, figures of ExampleStatistics. */

import * as z from 'zod';

import type { DatasetFigures } from '../../lib/artifact/feature-figures';
import type { StoredArtifact } from '../artifacts/artifact-repository';
import { askQueryProcess } from '../query/client';
import type { RowsAnswer } from '../query/query-message';
import { describeAnomalies, describeSchema } from './schema-inside';
import type { Studio } from './studio';
import { textTable } from './text-table';

/** How many rows of each split are shown. */
const ROWS = 10;
/** Cells of a table for people end here. */
const CELL_WIDTH = 24;

/** What is inside: keys of the answer, and the same for people. */
export type Inside = { readonly document: object; readonly text: string };

/** Looks inside the types that have something to see. */
export async function showInside(studio: Studio, artifact: StoredArtifact): Promise<Inside> {
  switch (artifact.type) {
    case 'Examples':
      return showRows(studio, artifact);
    case 'ExampleStatistics':
      return showStatistics(studio, artifact);
    case 'Schema':
      return { document: {}, text: await describeSchema(studio, artifact) };
    case 'ExampleAnomalies':
      return { document: {}, text: await describeAnomalies(studio, artifact) };
    default:
      return { document: {}, text: '' };
  }
}

async function showRows(studio: Studio, artifact: StoredArtifact): Promise<Inside> {
  const rows: Record<string, Omit<RowsAnswer, 'truncated'>> = {};
  for (const split of splitsOf(artifact)) {
    const { truncated: _truncated, ...page } = await askQueryProcess(
      { type: 'rows', folder: artifact.uri, split, offset: 0, limit: ROWS },
      { socket: studio.querySocket },
    );
    rows[split] = page;
  }
  const text = Object.entries(rows).map(([split, page]) => {
    const head = page.columns.map(({ name }) => cut(name));
    const body = page.rows.map((row) => row.map((cell) => cut(cell === null ? '' : JSON.stringify(cell))));
    return `${split}: ${page.rows.length} of ${page.totalRows ?? '?'} rows\n${textTable(head, body)}`;
  });
  return { document: { rows }, text: text.join('\n\n') };
}

async function showStatistics(studio: Studio, artifact: StoredArtifact): Promise<Inside> {
  const statistics: Record<string, DatasetFigures> = {};
  for (const split of splitsOf(artifact)) {
    const { datasets } = await askQueryProcess(
      { type: 'statistics', folder: artifact.uri, split },
      { socket: studio.querySocket },
    );
    const [all] = datasets;
    if (all !== undefined) statistics[split] = { examples: all.examples, features: all.features };
  }
  const text = Object.entries(statistics).map(([split, { examples, features }]) => {
    const head = [
      'feature',
      'type',
      'missing',
      'mean',
      'std dev',
      'zeros',
      'min',
      'median',
      'max',
      'unique',
      'top value',
    ];
    const body = features.map((feature) => [
      cut(feature.name),
      feature.type,
      feature.missing,
      short(feature.mean),
      short(feature.stdDev),
      feature.zeros ?? null,
      short(feature.min),
      short(feature.median),
      short(feature.max),
      feature.unique ?? null,
      cut(feature.topValues?.[0]?.value ?? ''),
    ]);
    return `${split}: ${examples} examples\n${textTable(head, body)}`;
  });
  return { document: { statistics }, text: text.join('\n\n') };
}

/** The splits that hold files, in the order in which the artifact names them. */
function splitsOf({ properties, files }: StoredArtifact): readonly string[] {
  const named = z.array(z.string()).safeParse(properties['splitNames']).data ?? [];
  const onDisk = new Set(files.flatMap((file) => /^Split-([^/]+)\//.exec(file.path)?.[1] ?? []));
  return [...new Set([...named.filter((split) => onDisk.has(split)), ...onDisk])];
}

/** Whole numbers as they are: an identifier or a time would mean something else when rounded. Others to six digits. */
function short(value: number | string | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || Number.isSafeInteger(value)) return String(value);
  return String(Number(value.toPrecision(6)));
}

function cut(text: string): string {
  return text.length <= CELL_WIDTH ? text : `${text.slice(0, CELL_WIDTH - 1)}…`;
}
