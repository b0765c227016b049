/** Places inside a JSON document as people write them: `nodes.trainer.params.hiddenUnits[0]`, `features["a.b"].topK`. */

import { err, ok, type Result } from '../result';

/** Keys and indices from the root to a place. */
export type JsonPath = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;
const TOKEN = /(?:^|(?!^)\.)([A-Za-z0-9_$-]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** The text of a path. Keys that are not plain words are quoted as JSON: `features["a.b"]`. */
export function formatJsonPath(path: JsonPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (PLAIN_KEY.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Reads what {@link formatJsonPath} writes; also takes `hiddenUnits.0` for an index. The error is a sentence. */
export function parseJsonPath(text: string): Result<JsonPath, string> {
  const path: (string | number)[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length || path.length === 0) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) return err(`the path cannot be read from its character ${at + 1} on`);
    const [, key, index, quoted] = match;
    if (index !== undefined) path.push(Number(index));
    else if (quoted === undefined) path.push(key ?? '');
    else {
      const unquoted = unquote(quoted);
      if (unquoted === undefined) return err(`the path cannot be read from its character ${at + 1} on`);
      path.push(unquoted);
    }
  }
  return ok(path);
}

function unquote(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}
