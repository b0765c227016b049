/** Text or JSON → a pipeline document, or every problem of its shape. What it means is `validate`'s part. */

import { describeIssues } from '../json/describe-issue';
import { formatJsonPath, type JsonPath } from '../json/json-path';
import { scanJson, type JsonFault } from '../json/scan-json';
import { err, ok, type Result } from '../result';
import { zPipeline, type Pipeline } from './pipeline';
import { problem, type Problem } from './problem';
import { upgradePipeline } from './upgrade';

/** Longest text that is read, in characters. A pipeline of 1,000 nodes has about 200,000. */
export const MAX_PIPELINE_TEXT = 16_777_216;
/** Most nodes of one pipeline. */
const MAX_NODES = 10_000;

/** Reads a pipeline file. A byte order mark at the beginning is skipped. */
export function readPipeline(text: string): Result<Pipeline, readonly Problem[]> {
  if (text.length > MAX_PIPELINE_TEXT)
    return err([
      problem(
        'too-large',
        `The text has ${text.length} characters; a pipeline file may have ${MAX_PIPELINE_TEXT}. Is it the right file?`,
      ),
    ]);
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const faults = scanJson(source);
  if (faults.length > 0) return err(faults.map(toProblem));
  return parsePipeline(JSON.parse(source));
}

/** Reads a document that is JSON already: from the editor, the database, a request. */
export function parsePipeline(json: unknown): Result<Pipeline, readonly Problem[]> {
  if (isDeep(json, DEEPEST))
    return err([problem('too-large', `The document is nested deeper than ${DEEPEST} levels.`)]);
  const upgraded = upgradePipeline(json);
  if (!upgraded.ok) return err([upgraded.error]);
  const parsed = zPipeline.safeParse(upgraded.value);
  if (!parsed.success) {
    const issues = describeIssues(parsed.error, { value: upgraded.value, schema: zPipeline });
    return err(
      issues.map(({ kind, path, sentence }) =>
        problem(SHAPE_CODES[kind], sentence, { node: nodeOf(path), path: formatJsonPath(path) }),
      ),
    );
  }
  const count = Object.keys(parsed.data.nodes).length;
  if (count > MAX_NODES)
    return err([problem('too-large', `The pipeline has ${count} nodes; it may have ${MAX_NODES}.`, { path: 'nodes' })]);
  return ok(parsed.data);
}

const SHAPE_CODES = { missing: 'missing-key', unknown: 'unknown-key', invalid: 'invalid-value' } as const;

const FAULT_CODES = {
  malformed: 'malformed-json',
  'duplicate-key': 'duplicate-key',
  'too-deep': 'too-large',
} as const;

function toProblem({ kind, place, path, sentence }: JsonFault): Problem {
  return problem(FAULT_CODES[kind], `Line ${place.line}, column ${place.column}: ${sentence}`, {
    node: nodeOf(path),
    path: `${place.line}:${place.column}`,
  });
}

/** The node that a place in the document belongs to. */
function nodeOf([first, second]: JsonPath): string | undefined {
  return first === 'nodes' && typeof second === 'string' ? second : undefined;
}

/** Deepest nesting of a document; deeper ones would exhaust the stack of what walks them. */
const DEEPEST = 100;

function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((item) => isDeep(item, left - 1));
}
