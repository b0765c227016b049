/** Which format a document has, and the way from older formats to the current one, one numbered step after the other. */

import { err, ok, type Result } from '../result';
import { PIPELINE_FORMAT } from './pipeline';
import { problem, type Problem } from './problem';
import { kindOf } from './resolve-params';

const FORMAT = /^sluice\.pipeline\/([1-9][0-9]{0,5})$/;
const CURRENT = Number(FORMAT.exec(PIPELINE_FORMAT)?.[1]);

/** One step: from the format of this number to the next. */
export type UpgradeStep = (document: { readonly [key: string]: unknown }) => { readonly [key: string]: unknown };

/** Steps by the number they start from. Format 1 is the first, so none exists yet. */
const STEPS: { readonly [from: number]: UpgradeStep } = {};

/** The document in the current format, or why it cannot be read: no format, an unknown one, one from a newer Sluice. */
export function upgradePipeline(document: unknown): Result<{ readonly [key: string]: unknown }, Problem> {
  if (!isObject(document))
    return err(problem('not-a-pipeline', `A pipeline is an object { … }, and this is ${kindOf(document)}.`));
  const format = document['format'];
  const found = (code: Problem['code'], message: string) => err(problem(code, message, { path: 'format' }));
  if (format === undefined)
    return found(
      'not-a-pipeline',
      `The document has no "format". A pipeline begins with "format": "${PIPELINE_FORMAT}".`,
    );
  const number = typeof format === 'string' ? Number(FORMAT.exec(format)?.[1]) : NaN;
  if (!Number.isInteger(number))
    return found('unknown-format', `This format is not known. A pipeline has "format": "${PIPELINE_FORMAT}".`);
  if (number > CURRENT)
    return found(
      'newer-format',
      `The document was written by a newer Sluice (format ${number}; this one reads up to ${CURRENT}). Update Sluice.`,
    );
  let upgraded: { readonly [key: string]: unknown } = document;
  for (let from = number; from < CURRENT; from++) {
    const step = STEPS[from];
    if (step === undefined) return found('unknown-format', `Format ${from} can no longer be read.`);
    upgraded = { ...step(upgraded), format: `sluice.pipeline/${from + 1}` };
  }
  return ok(upgraded);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
