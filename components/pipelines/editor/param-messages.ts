import { formatJsonPath, type JsonPath } from '../../../lib/json/json-path';
import type { Problem } from '../../../lib/pipeline/problem';
import type { FieldMessage } from '../../ui/form/field';

/** Problems of a node's parameters by the text of their path inside them: `statsOptions.numTopValues`. */
export type ParamProblems = ReadonlyMap<string, readonly Problem[]>;

/** Problems of one node's parameters, by path. */
export function paramProblemsOf(problems: readonly Problem[], node: string): ParamProblems {
  const prefix = formatJsonPath(['nodes', node, 'params']);
  const byPath = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.node !== node || problem.path?.startsWith(prefix) !== true) continue;
    const inner = problem.path.slice(prefix.length).replace(/^\./, '');
    byPath.set(inner, [...(byPath.get(inner) ?? []), problem]);
  }
  return byPath;
}

/** What is to be said at a place: of exactly this place, or also of everything inside it. */
export function messagesAt(
  problems: ParamProblems,
  path: JsonPath,
  reach: 'exact' | 'inside',
): readonly FieldMessage[] {
  if (problems.size === 0) return [];
  const place = formatJsonPath(path);
  const found: FieldMessage[] = [];
  for (const [at, list] of problems) {
    if (at !== place && !(reach === 'inside' && (at.startsWith(`${place}.`) || at.startsWith(`${place}[`)))) continue;
    for (const { severity, message } of list)
      if (!found.some(({ text }) => text === message)) found.push({ severity, text: message });
  }
  return found;
}
