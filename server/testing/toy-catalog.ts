/** Component specs for tests of what reads a catalog: validation, keys, plans. Nothing computes them. */

import * as z from 'zod';

import { defineComponent } from '../../lib/catalog/component-spec';
import type { Catalog } from '../../lib/catalog/index';

const base = { summary: 'For tests.', category: 'Custom' } as const;
const rows = { type: 'Examples', summary: 'Rows.' } as const;

const toySource = defineComponent({
  ...base,
  type: 'ToySource',
  version: 1,
  title: 'Source',
  inputs: {},
  outputs: { rows },
  params: z.strictObject({
    inputBase: z.string().min(1),
    patterns: z.array(z.string()).default(['*']),
    limit: z.number().int().min(1).max(1_000).default(10),
  }),
  sources: (params) => [{ param: 'inputBase', base: params.inputBase, patterns: params.patterns }],
});

const toyMake = defineComponent({
  ...base,
  type: 'ToyMake',
  version: 1,
  title: 'Make',
  inputs: {},
  outputs: { rows },
  params: z.strictObject({ seed: z.number().int().default(0) }),
});

const toyPass = defineComponent({
  ...base,
  type: 'ToyPass',
  version: 1,
  title: 'Pass',
  inputs: { rows },
  outputs: { rows },
  params: z.strictObject({
    topK: z.number().int().min(1).default(100),
    code: z.string().optional(),
    nested: z.strictObject({ list: z.array(z.strictObject({ x: z.number() })).default([]) }).prefault({}),
  }),
});

const toyJoin = defineComponent({
  ...base,
  type: 'ToyJoin',
  version: 1,
  title: 'Join',
  inputs: {
    many: { ...rows, multiple: true },
    other: { ...rows, optional: true },
  },
  outputs: { rows },
  params: z.strictObject({ how: z.enum(['inner', 'outer']).default('inner') }),
});

const toyDescribe = defineComponent({
  ...base,
  type: 'ToyDescribe',
  version: 1,
  title: 'Describe',
  inputs: { rows },
  outputs: { statistics: { type: 'ExampleStatistics', summary: 'Figures.' } },
  params: z.strictObject({}),
});

/** Source (reads files), Make (no input), Pass (one input), Join (a list and an optional one), Describe (another type). */
export const TOY_CATALOG: Catalog = {
  ToySource: toySource,
  ToyMake: toyMake,
  ToyPass: toyPass,
  ToyJoin: toyJoin,
  ToyDescribe: toyDescribe,
};
