import { describe, expect, it } from 'vitest';

import { schemaGenSpec } from './spec';

describe('parameters of SchemaGen', () => {
  it("have TFX's defaults", () => {
    expect(schemaGenSpec.params.parse({})).toEqual({
      inferFeatureShape: true,
      excludeSplits: [],
      maxStringDomainSize: 100,
    });
  });

  it.each([[{ maxStringDomainSize: -1 }], [{ maxStringDomainSize: 1.5 }], [{ infer_feature_shape: true }]])(
    'refuse %j',
    (params) => {
      expect(schemaGenSpec.params.safeParse(params).success).toBe(false);
    },
  );
});
