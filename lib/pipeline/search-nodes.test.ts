import { describe, expect, it } from 'vitest';

import { searchNodes, type SearchedNode } from './search-nodes';

const nodes: readonly SearchedNode[] = [
  { id: 'rows', component: 'CsvExampleGen', mark: 'complete' },
  { id: 'my_schema', component: 'SchemaGen', mark: 'invalid' },
  { id: 'schema_file', component: 'ImportSchemaGen', mark: 'stale' },
];
const found = (query: string) => searchNodes(nodes, query).map(({ id }) => id);

describe('searchNodes', () => {
  it.each([
    ['', ['rows', 'my_schema', 'schema_file']],
    ['SCHEMA', ['schema_file', 'my_schema']],
    ['csv', ['rows']],
    ['is:invalid', ['my_schema']],
    ['is:sta', ['schema_file']],
    ['is:nothing', []],
    ['type:import', ['schema_file']],
    ['schema is:stale', ['schema_file']],
    ['rows schema', []],
  ])('finds for "%s"', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });
});
