import { describe, expect, it } from 'vitest';

import { exampleValidatorSpec } from './spec';

describe('parameters of ExampleValidator', () => {
  it("have TFX's defaults: every split, no environment", () => {
    expect(exampleValidatorSpec.params.parse({})).toEqual({ excludeSplits: [] });
  });

  it.each([[{ environment: '' }], [{ excludeSplits: 'train' }], [{ previousStatistics: 'a' }]])(
    'refuse %j',
    (params) => {
      expect(exampleValidatorSpec.params.safeParse(params).success).toBe(false);
    },
  );
});
