import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { csvExampleGenSpec, zCsvExampleGenParams } from './spec';

function problemsOf(params: unknown): readonly string[] {
  const parsed = zCsvExampleGenParams.safeParse(params);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const splits = (...names: readonly string[]) => ({ splits: names.map((name) => ({ name, pattern: '*' })) });

describe('parameters of CsvExampleGen', () => {
  it('need an input alone, and have the defaults of TFX but for blank cells', () => {
    expect(zCsvExampleGenParams.parse({ inputBase: 'a.csv' })).toEqual({
      inputBase: 'a.csv',
      emptyCells: 'missing',
      maxLineBytes: 16 * 1024 * 1024,
    });
  });

  it.each<readonly [name: string, params: unknown, path: string]>([
    ['no input', {}, 'inputBase'],
    ['an unknown one', { inputBase: 'a', rangeConfig: {} }, ''],
    ['EG-O12 a payload other than tf.Example', { inputBase: 'a', payloadFormat: 'FORMAT_PROTO' }, ''],
    ['two input splits of one name', { inputBase: 'a', inputConfig: splits('x', 'x') }, 'inputConfig.splits.1.name'],
    [
      'output splits for several input splits',
      {
        inputBase: 'a',
        inputConfig: splits('x', 'y'),
        outputConfig: { splitConfig: { splits: [{ name: 'train', hashBuckets: 1 }] } },
      },
      'outputConfig.splitConfig.splits',
    ],
    [
      'a split without buckets',
      { inputBase: 'a', outputConfig: { splitConfig: { splits: [{ name: 'train', hashBuckets: 0 }] } } },
      'outputConfig.splitConfig.splits.0.hashBuckets',
    ],
    [
      'a span token',
      { inputBase: 'a', inputConfig: { splits: [{ name: 'x', pattern: 'span{SPAN}/*' }] } },
      'inputConfig.splits.0.pattern',
    ],
    [
      'a pattern that leads out',
      { inputBase: 'a', inputConfig: { splits: [{ name: 'x', pattern: 'b/../../c' }] } },
      'inputConfig.splits.0.pattern',
    ],
    [
      'an absolute pattern',
      { inputBase: 'a', inputConfig: { splits: [{ name: 'x', pattern: '/etc/*' }] } },
      'inputConfig.splits.0.pattern',
    ],
    ['a limit below a kilobyte', { inputBase: 'a', maxLineBytes: 10 }, 'maxLineBytes'],
  ])('are refused at their place: %s', (_, params, path) => {
    const [problem, ...others] = problemsOf(params);
    expect(others).toEqual([]);
    expect(problem?.split(':')[0]).toBe(path);
  });

  it('have a help text each, in their JSON Schema', () => {
    const schema = z.object({ properties: z.record(z.string(), z.object({ description: z.string().min(10) })) });
    expect(() => schema.parse(z.toJSONSchema(zCsvExampleGenParams, { io: 'input' }))).not.toThrow();
  });
});

describe('source files of CsvExampleGen', () => {
  it('are every file by default, else those of each pattern', () => {
    const sources = (params: unknown) => csvExampleGenSpec.sources?.(zCsvExampleGenParams.parse(params));
    expect(sources({ inputBase: 'd' })).toMatchObject([{ param: 'inputBase', base: 'd', patterns: ['*'] }]);
    expect(
      sources({
        inputBase: 'd',
        inputConfig: {
          splits: [
            { name: 'a', pattern: 'a/*' },
            { name: 'b', pattern: 'b/*' },
          ],
        },
      }),
    ).toMatchObject([{ param: 'inputBase', base: 'd', patterns: ['a/*', 'b/*'] }]);
  });
});
