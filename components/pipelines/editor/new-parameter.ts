import type { Json } from '../../../lib/catalog/params-form';
import type { JsonPath } from '../../../lib/json/json-path';
import type { Pipeline, PipelineParameter } from '../../../lib/pipeline/pipeline';

/** A value that becomes a pipeline parameter. */
export type NewParameterRequest = {
  readonly document: Pipeline;
  readonly path: JsonPath;
  readonly value: Json | undefined;
};

/** A pipeline parameter named after the place that it stands for, of the value's type, with the value as its default. */
export function newParameterFor({ document, path, value }: NewParameterRequest): {
  readonly name: string;
  readonly parameter: PipelineParameter;
} {
  const last = path.findLast((step) => typeof step === 'string') ?? 'value';
  const stem = last.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
  const taken = document.parameters ?? {};
  let name = stem;
  for (let number = 2; Object.hasOwn(taken, name); number++) name = `${stem}${number}`;
  return { name, parameter: { type: typeOf(value), ...(value !== undefined && { default: value }) } };
}

function typeOf(value: Json | undefined): PipelineParameter['type'] {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return 'json';
}
