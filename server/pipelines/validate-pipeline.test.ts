import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT } from '../../lib/pipeline/pipeline';
import { tempFolder } from '../testing/temp-folder';
import { TOY_CATALOG } from '../testing/toy-catalog';
import { validatePipelineText } from './validate-pipeline';

describe('validating a pipeline file', () => {
  const temp = tempFolder();
  beforeAll(() => {
    writeFileSync(path.join(temp.path, 'rows.csv'), 'a\n1\n');
  });
  afterAll(() => {
    temp[Symbol.dispose]();
  });
  const check = (text: string) => validatePipelineText({ text, baseFolder: temp.path }, TOY_CATALOG);
  const withParams = (params: object, parameters = {}) =>
    JSON.stringify({
      format: PIPELINE_FORMAT,
      name: 'p',
      parameters,
      nodes: { source: { component: 'ToySource', params } },
    });

  it('finds nothing wrong where the files are there', async () => {
    expect(await check(withParams({ inputBase: 'rows.csv' }))).toEqual([]);
    expect(await check(withParams({ inputBase: path.join(temp.path, 'rows.csv') }))).toEqual([]);
  });

  it('names a file that is not there at its parameter', async () => {
    expect(await check(withParams({ inputBase: 'ghost.csv' }))).toMatchObject([
      { code: 'missing-file', severity: 'error', node: 'source', path: 'nodes.source.params.inputBase' },
    ]);
  });

  it('looks for no file where the parameters are wrong or not known yet', async () => {
    const wrong = await check(withParams({ inputBase: 'ghost.csv', limit: 0 }));
    expect(wrong.map(({ code }) => code)).toEqual(['invalid-parameter']);
    const later = withParams({ inputBase: { $param: 'file' } }, { file: { type: 'string' } });
    expect(await check(later)).toEqual([]);
  });

  it('reports the text first', async () => {
    expect(await check('{"format": ')).toMatchObject([{ code: 'malformed-json', path: '1:12' }]);
  });
});
