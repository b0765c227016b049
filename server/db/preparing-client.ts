/**
 * A connection that prepares what it is asked: the statements of the engine are few, long, and asked a hundred times a
 * second, so that parsing and planning them anew costs more than running them.
 */

import pg from 'pg';

import { sha256Hex } from '../../lib/hash';

/** Different statements that are prepared per process; what comes after (texts made of lists) is sent as it is. */
const MOST_STATEMENTS = 300;

const names = new Map<string, string>();

/** The name under which a statement is prepared on every connection of this process; undefined: not at all. */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  // By its text, not by its number: modules that are loaded twice (while they are developed) share the connections.
  const name = `sluice_${sha256Hex(text).slice(0, 24)}`;
  names.set(text, name);
  return name;
}

/** The same request with a name, where it is one that can be prepared: an object with a text, no name, and values. */
export function withName(request: unknown, values: unknown): unknown {
  if (typeof request !== 'object' || request === null || !('text' in request)) return request;
  const { text } = request;
  const isNamed = 'name' in request && request.name !== undefined;
  if (typeof text !== 'string' || isNamed || !Array.isArray(values) || values.length === 0) return request;
  const name = statementName(text);
  return name === undefined ? request : { ...request, name };
}

/** A client of the pool that gives every parametrised statement its name. */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const query: (...request: unknown[]) => unknown = this.query.bind(this);
    // The overloads of `query` cannot be written again here; what goes in and comes out is left as it is.
    this.query = ((request: unknown, ...rest: unknown[]) =>
      query(withName(request, rest[0]), ...rest)) as typeof this.query;
  }
}
