import { describe, expect, it } from 'vitest';

import { columnsOf } from '../../server/testing/read-csv';

describe('column names', () => {
  it.each<readonly [name: string, header: string, expected: readonly string[]]>([
    ['without the white space around the line', ' \ta , b \t\n', ['a ', ' b']],
    ['with quotes and commas', '"a,b","c""d",e\n', ['a,b', 'c"d', 'e']],
    ['with white space inside quotes', '" a",b," c "\n', [' a', 'b', ' c ']],
    ['that are empty once', 'a,,b\n', ['a', '', 'b']],
    ['that differ only in capital letters', 'A,a\n', ['A', 'a']],
    ['that are very long', `${'n'.repeat(70_000)},b\n`, ['n'.repeat(70_000), 'b']],
    ['in any script', '名前,Größe,😀\n', ['名前', 'Größe', '😀']],
  ])('are taken %s', (_, header, expected) => {
    expect(Object.keys(columnsOf(`${header}${expected.map(() => '1').join(',')}\n`))).toEqual(expected);
  });

  it('may be 1,500', () => {
    const header = Array.from({ length: 1500 }, (_, index) => `c${index}`);
    const columns = columnsOf(`${header.join(',')}\n${header.map((_, index) => index).join(',')}\n`);
    expect(Object.keys(columns)).toHaveLength(1500);
    expect(columns['c1499']).toEqual({ kind: 'INT', rows: [1499n] });
  });
});
