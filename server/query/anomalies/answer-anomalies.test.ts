import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { ANOMALIES_FILE, fromAnomalies } from '../../../lib/artifact/anomalies';
import { splitFolder } from '../../../lib/artifact/artifact';
import { parseSchemaText, writeSchemaText } from '../../../lib/artifact/data-schema';
import { fromStatistics, STATISTICS_FILE } from '../../../lib/artifact/statistics';
import { toyStatistics, type ToyFeature } from '../../../lib/stats/toy-statistics';
import { validateStatistics } from '../../../lib/stats/validate-statistics';
import { tempFolder } from '../../testing/temp-folder';
import { statisticsLoader } from '../load-statistics';
import { answerAnomalies } from './answer-anomalies';

const SCHEMA = parseSchemaText(`
feature { name: "company" type: BYTES presence { min_fraction: 1 } domain: "company" }
feature { name: "fare" type: FLOAT }
string_domain { name: "company" value: "Acme" }
`);
const fare: ToyFeature = { type: 'FLOAT', present: 10, values: [1, 1], range: [0, 9], standard: [[0, 9, 10]] };
const company = (rank: NonNullable<ToyFeature['rank']>): ToyFeature => ({
  type: 'STRING',
  present: 10,
  values: [1, 1],
  total: 10,
  rank,
});
const SPLITS = {
  train: { company: company([['Acme', 10]]), fare },
  eval: {
    company: company([
      ['Acme', 7],
      ['Zorro', 3],
    ]),
    fare,
  },
};

/** A store with statistics of both splits and what is wrong with them. */
async function withStore(work: (reader: Parameters<typeof answerAnomalies>[1]) => Promise<void>): Promise<void> {
  using folder = tempFolder();
  for (const [split, features] of Object.entries(SPLITS)) {
    const statistics = toyStatistics(10, features);
    const files = [
      ['statistics', STATISTICS_FILE, fromStatistics(statistics)],
      ['anomalies', ANOMALIES_FILE, fromAnomalies(validateStatistics(statistics, SCHEMA))],
    ] as const;
    for (const [artifact, name, bytes] of files) {
      const place = path.join(folder.path, artifact, splitFolder(split));
      await mkdir(place, { recursive: true });
      await writeFile(path.join(place, name), bytes);
    }
  }
  await work({ store: folder.path, loadStatistics: statisticsLoader(folder.path) });
}

const report = { folder: 'anomalies', statistics: 'statistics', splits: ['train', 'eval'] };

describe('questions about anomalies', () => {
  it('list what is wrong by split, and what is clean', () =>
    withStore(async (reader) => {
      expect(await answerAnomalies({ type: 'anomaly-list', ...report }, reader)).toMatchObject({
        items: [
          {
            path: 'company',
            severity: 'ERROR',
            splits: [
              {
                split: 'eval',
                types: ['ENUM_TYPE_UNEXPECTED_STRING_VALUES'],
                finding: '1 value is not in the schema.',
              },
            ],
          },
        ],
        clean: ['fare'],
        cleanCount: 1,
        features: 2,
      });
    }));

  it('explain one feature with its distribution in every split', () =>
    withStore(async (reader) => {
      const detail = await answerAnomalies({ type: 'anomaly-detail', ...report, path: 'company' }, reader);
      expect(detail).toMatchObject({
        valueType: 'STRING',
        splits: [
          { split: 'eval', findings: [{ measured: { text: '70 %' }, rows: [{ op: 'in', values: ['Zorro'] }] }] },
        ],
        distribution: {
          kind: 'values',
          hasList: true,
          bars: [
            { value: 'Acme', isListed: true, counts: [10, 7] },
            { value: 'Zorro', isListed: false, counts: [0, 3] },
          ],
        },
      });
      const other = answerAnomalies({ type: 'anomaly-detail', ...report, path: 'fare' }, reader);
      await expect(other).rejects.toMatchObject({ code: 'not-found' });
    }));

  it('tell what can be told without the statistics', () =>
    withStore(async (reader) => {
      const question = { type: 'anomaly-list' as const, folder: 'anomalies', splits: ['eval'] };
      expect(await answerAnomalies(question, reader)).toMatchObject({ items: [{ path: 'company' }] });
      const gone = { ...question, statistics: 'nowhere' };
      expect(await answerAnomalies(gone, reader)).toMatchObject({ items: [{ path: 'company' }] });
    }));

  it('tell what other artifacts held, and which are gone', () =>
    withStore(async (reader) => {
      const artifacts = [
        { folder: 'anomalies', splits: ['train', 'eval'] },
        { folder: 'gone', splits: ['train'] },
      ];
      expect(await answerAnomalies({ type: 'anomaly-history', artifacts }, reader)).toEqual([
        ['company\nENUM_TYPE_UNEXPECTED_STRING_VALUES'],
        null,
      ]);
    }));

  it('change the schema for the features that are accepted, and for no other', () =>
    withStore(async (reader) => {
      const accept = {
        ...{ type: 'anomaly-accept' as const, statistics: 'statistics', splits: ['eval'], remedy: 'update' as const },
      };
      const schema = writeSchemaText(SCHEMA);
      const changed = await answerAnomalies({ ...accept, schema, paths: ['company'] }, reader);
      const expected = writeSchemaText({ ...SCHEMA, stringDomain: [{ name: 'company', value: ['Acme', 'Zorro'] }] });
      expect(changed).toEqual({ schema: expected });
      expect(await answerAnomalies({ ...accept, schema, paths: ['fare'] }, reader)).toEqual({ schema });
    }));
});
