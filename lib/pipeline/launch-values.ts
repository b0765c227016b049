/** Values set at launch: `--param name=JSON` for a pipeline parameter, `--set node.param=JSON` for a node's own. */

import * as z from 'zod';

import type { JsonValue } from '../hash';
import { formatJsonPath, parseJsonPath, type JsonPath } from '../json/json-path';
import { err, ok, type Result } from '../result';
import { didYouMean } from '../text/closest-word';
import type { Pipeline } from './pipeline';
import { problem, type Problem } from './problem';
import { kindOf, typeMismatch } from './resolve-params';

const zJson = z.json();
const zParams = z.record(z.string(), zJson);

/** What was set at launch. Kept with the run. */
export const zLaunchValues = z.strictObject({
  /** Pipeline parameters by name. */
  params: zParams.default({}),
  /** Node parameters in the order given; `path` begins with the node's id: `trainer.hiddenUnits[0]`. */
  set: z.array(z.strictObject({ path: z.string(), value: zJson })).default([]),
});
/** See {@link zLaunchValues}. */
export type LaunchValues = z.infer<typeof zLaunchValues>;
/** A value set at launch. */
export type LaunchValue = LaunchValues['params'][string];

/** Takes `name=JSON` apart, as `--param` and `--set` get it. The error is a sentence that names the flag. */
export function parseAssignment(
  flag: '--param' | '--set',
  text: string,
): Result<{ readonly target: string; readonly value: LaunchValue }, string> {
  // A quoted key of a path may hold an equals sign: `--set 't.features["a=b"].topK=5'`.
  const match = /^((?:[^="]|"(?:[^"\\]|\\.)*")+)=([^]*)$/.exec(text);
  const [, target, json] = match ?? [];
  if (target === undefined || json === undefined)
    return err(`${flag} takes ${flag === '--param' ? 'name=JSON' : 'node.param=JSON'}, without spaces around "=".`);
  try {
    return ok({ target, value: zJson.parse(JSON.parse(json)) });
  } catch {
    return err(`The value of ${flag} ${target} is not JSON. Text needs its quotes: ${flag} '${target}="text"'.`);
  }
}

/** The document as it runs: values set at launch are in it. Nothing else changes; a value that fits nowhere is a problem. */
export function applyLaunchValues(pipeline: Pipeline, values: LaunchValues): Result<Pipeline, readonly Problem[]> {
  const problems: Problem[] = [];
  const parameters = { ...pipeline.parameters };
  for (const [name, value] of Object.entries(values.params)) {
    const declared = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const path = formatJsonPath(['parameters', name]);
    if (declared === undefined) {
      const hint = didYouMean(name, Object.keys(parameters));
      problems.push(
        problem('unknown-pipeline-parameter', `--param: there is no pipeline parameter "${name}".${hint}`, { path }),
      );
      continue;
    }
    const mismatch = typeMismatch(declared.type, value);
    if (mismatch !== undefined)
      problems.push(problem('invalid-pipeline-parameter', `--param ${name}: the value ${mismatch}.`, { path }));
    parameters[name] = { ...declared, default: value };
  }
  let nodes = pipeline.nodes;
  for (const { path, value } of values.set) {
    const set = setNodeParam(nodes, path, value);
    if (set.ok) nodes = set.value;
    else problems.push(set.error);
  }
  if (problems.length > 0) return err(problems);
  return ok({ ...pipeline, nodes, ...(pipeline.parameters !== undefined && { parameters }) });
}

function setNodeParam(nodes: Pipeline['nodes'], text: string, value: JsonValue): Result<Pipeline['nodes'], Problem> {
  const parsed = parseJsonPath(text);
  if (!parsed.ok) return err(problem('invalid-parameter', `--set ${text}: ${parsed.error}.`));
  const [first, ...rest] = parsed.value;
  const id = String(first);
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  if (node === undefined)
    return err(
      problem('unknown-node', `--set ${text}: there is no node "${id}".${didYouMean(id, Object.keys(nodes))}`),
    );
  if (rest.length === 0)
    return err(
      problem('invalid-parameter', `--set ${text}: name a parameter after the node, as in ${id}.param=JSON.`, {
        node: id,
      }),
    );
  const params = setAt(node.params ?? {}, rest, value);
  if (!params.ok)
    return err(
      problem('invalid-parameter', `--set ${text}: ${params.error}.`, {
        node: id,
        path: formatJsonPath(['nodes', id, 'params', ...rest]),
      }),
    );
  // The first step below `params` is always a key, so what comes back is an object again.
  const changed = zParams.parse(params.value);
  return ok({ ...nodes, [id]: { ...node, params: changed } });
}

/** A copy of `root` with `value` at `path`. Objects on the way are made, list entries are not. */
function setAt(root: JsonValue, path: JsonPath, value: JsonValue): Result<JsonValue, string> {
  const [step, ...rest] = path;
  if (step === undefined) return ok(value);
  if (Array.isArray(root)) {
    const list: readonly JsonValue[] = root;
    const index = Number(step);
    if (!Number.isInteger(index) || index < 0 || index > list.length)
      return err(`the list has ${list.length} entries, and "${step}" is not one of them`);
    const inner = setAt(list[index] ?? {}, rest, value);
    return inner.ok ? ok([...list.slice(0, index), inner.value, ...list.slice(index + 1)]) : inner;
  }
  if (!isObject(root)) return err(`"${step}" lies inside a value that is ${kindOf(root)}`);
  if (step === '__proto__') return err('"__proto__" is not a name');
  const child = Object.hasOwn(root, step) ? root[String(step)] : undefined;
  const inner = setAt(child ?? {}, rest, value);
  return inner.ok ? ok({ ...root, [step]: inner.value }) : inner;
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
