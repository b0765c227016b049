import { describe, expect, it } from 'vitest';

import { parseSchemaText } from './data-schema';
import { schemaRows, schemaTypes, type SchemaRowOptions } from './schema-rows';

const SCHEMA = parseSchemaText(`
feature { name: "Zeit" type: INT presence { min_fraction: 1 } }
feature { name: "company" type: BYTES domain: "company" }
feature { name: "city" type: BYTES string_domain { value: "Oslo" } presence { min_fraction: 0.5 } }
string_domain { name: "company" value: "Acme" value: "Zorro" }
`);
const names = (given: Partial<SchemaRowOptions>) =>
  schemaRows(SCHEMA, { search: '', sort: 'file', isDescending: false, ...given }).map(({ feature }) => feature.name);

describe('rows of a schema', () => {
  it.each<readonly [Partial<SchemaRowOptions>, readonly string[]]>([
    [{}, ['Zeit', 'company', 'city']],
    [{ isDescending: true }, ['city', 'company', 'Zeit']],
    [{ sort: 'name' }, ['Zeit', 'city', 'company']],
    [{ sort: 'presence' }, ['company', 'city', 'Zeit']],
    [{ sort: 'domain' }, ['Zeit', 'city', 'company']],
    [{ type: 'STRING' }, ['company', 'city']],
    [{ search: 'CITY' }, ['city']],
    [{ search: 'zorro' }, ['company']],
    [{ search: 'nothing' }, []],
  ])('by %j are %j', (options, expected) => {
    expect(names(options)).toEqual(expected);
  });

  it('say which value was found', () => {
    const [row] = schemaRows(SCHEMA, { search: 'zorro', sort: 'file', isDescending: false });
    expect(row?.foundValue).toBe('Zorro');
  });

  it('have types to choose among', () => {
    expect(schemaTypes(SCHEMA)).toEqual(['INT', 'STRING']);
  });
});
