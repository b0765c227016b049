/** An EvalConfig in protobuf's text format, as the goldens hold it, as the JSON that a pipeline file holds. For tests alone. */

type Node = { [field: string]: unknown[] };

const REPEATED = new Set([
  'model_specs',
  'slicing_specs',
  'metrics_specs',
  'metrics',
  'feature_keys',
  'model_names',
  'per_slice_thresholds',
  'values',
]);
const MAPS = new Set(['feature_values', 'class_weights']);

/** Reads the text; field names become camelCase, `thresholds` with keys and the other maps objects. */
export function evalConfigOf(text: string): unknown {
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[{}:]|[^\s{}:]+/g)].map(([token]) => token);
  let at = 0;
  const message = (): Node => {
    const node: Node = {};
    while (at < tokens.length && tokens[at] !== '}') {
      const field = tokens[at++] ?? '';
      if (tokens[at] === ':') at++;
      const isMessage = tokens[at] === '{';
      if (isMessage) at++;
      const value = isMessage ? message() : scalar(tokens[at++] ?? '');
      if (isMessage) at++;
      (node[field] ??= []).push(value);
    }
    return node;
  };
  return toJson(message());
}

function scalar(token: string): unknown {
  if (token.startsWith('"')) return JSON.parse(token);
  if (token === 'true' || token === 'false') return token === 'true';
  const number = Number(token);
  return Number.isNaN(number) ? token : number;
}

function toJson(node: Node): unknown {
  return Object.fromEntries(
    Object.entries(node).map(([field, values]) => {
      const converted = values.map((value) => (isNode(value) ? toJson(value) : value));
      const isMap = MAPS.has(field) || values.every((value) => isNode(value) && 'key' in value);
      if (isMap) return [camel(field), Object.fromEntries(converted.map((entry) => entryOf(entry)))];
      return [camel(field), REPEATED.has(field) ? converted : converted[0]];
    }),
  );
}

function entryOf(entry: unknown): [string, unknown] {
  const { key, value } = entry as { key?: string | number; value?: unknown };
  return [String(key ?? 0), value ?? 0];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function camel(field: string): string {
  return field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
