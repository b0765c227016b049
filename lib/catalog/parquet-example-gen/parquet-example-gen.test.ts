import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { parquetExampleGenSpec, zParquetExampleGenParams } from './spec';

describe('parameters of ParquetExampleGen', () => {
  it('need an input alone; zeros are values and timestamps are refused by default', () => {
    expect(zParquetExampleGenParams.parse({ inputBase: 'a.parquet' })).toEqual({
      inputBase: 'a.parquet',
      zeros: 'value',
      timestamps: 'refuse',
    });
  });

  it.each<readonly [name: string, params: object, path: string]>([
    ['no input', { inputBase: '' }, 'inputBase'],
    ['an unknown one', { emptyCells: 'missing' }, ''],
    [
      'output splits for several input splits',
      {
        inputConfig: {
          splits: [
            { name: 'x', pattern: '*' },
            { name: 'y', pattern: '*' },
          ],
        },
        outputConfig: { splitConfig: { splits: [{ name: 'train', hashBuckets: 1 }] } },
      },
      'outputConfig.splitConfig.splits',
    ],
    [
      'a pattern that leads out',
      { inputConfig: { splits: [{ name: 'x', pattern: '../*' }] } },
      'inputConfig.splits.0.pattern',
    ],
    ['another meaning of zeros', { zeros: 'null' }, 'zeros'],
  ])('are refused at their place: %s', (_, params, path) => {
    const { error } = zParquetExampleGenParams.safeParse({ inputBase: 'a', ...params });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it('have a help text each, in their JSON Schema', () => {
    const schema = z.object({ properties: z.record(z.string(), z.object({ description: z.string().min(10) })) });
    expect(() => schema.parse(z.toJSONSchema(zParquetExampleGenParams, { io: 'input' }))).not.toThrow();
  });
});

describe('source files of ParquetExampleGen', () => {
  it('are every file by default, else those of each pattern', () => {
    const sources = (params: object) =>
      parquetExampleGenSpec.sources?.(zParquetExampleGenParams.parse({ inputBase: 'd', ...params }));
    expect(sources({})).toMatchObject([{ param: 'inputBase', base: 'd', patterns: ['*'] }]);
    expect(sources({ inputConfig: { splits: [{ name: 'a', pattern: 'a/*' }] } })).toMatchObject([
      { param: 'inputBase', base: 'd', patterns: ['a/*'] },
    ]);
  });
});
