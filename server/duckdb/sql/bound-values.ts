/** The values of one statement, bound by number: nothing that a person typed becomes SQL. */

import { BIGINT, DOUBLE, FLOAT, VARCHAR, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';

const TYPES = { BIGINT, DOUBLE, FLOAT, VARCHAR } as const;

/** Collects values; {@link BoundValues.add} gives the placeholder of each. */
export class BoundValues {
  readonly values: DuckDBValue[] = [];
  readonly types: DuckDBType[] = [];

  /** Binds a value and returns what stands for it in the statement. */
  add(type: keyof typeof TYPES, value: string | number | bigint): string {
    this.values.push(value);
    this.types.push(TYPES[type]);
    return `$${this.values.length}`;
  }
}
