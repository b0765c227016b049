/** For tests of every component: what stands for a required parameter that is no text. */

const REQUIRED: { readonly [parameter: string]: unknown } = {
  template: 'dense',
  task: 'binary',
  features: { age: { op: 'identity', column: 'age' } },
  evalConfig: { modelSpecs: [{ labelKey: 'label', predictionKey: 'prediction' }] },
};

/** A value that the parameter of that name takes. */
export function requiredParam(name: string): unknown {
  return REQUIRED[name] ?? 'given';
}
