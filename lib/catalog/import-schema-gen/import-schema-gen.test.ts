import { describe, expect, it } from 'vitest';

import { importSchemaGenSpec } from './spec';

describe('parameters of ImportSchemaGen', () => {
  it('name a file, whose content decides about reuse', () => {
    const params = importSchemaGenSpec.params.parse({ schemaFile: 'my/schema.pbtxt' });
    expect(importSchemaGenSpec.sources?.(params)).toMatchObject([
      { param: 'schemaFile', base: 'my/schema.pbtxt', patterns: ['*'] },
    ]);
  });

  it.each([[{}], [{ schemaFile: '' }], [{ schemaFile: 'a', schema_file: 'a' }]])('refuse %j', (params) => {
    expect(importSchemaGenSpec.params.safeParse(params).success).toBe(false);
  });
});
