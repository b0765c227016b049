/** The names by which SQL knows the splits of Examples. */

/** A split and its table. */
export type SqlTable = { readonly split: string; readonly table: string };

/** Letters of a name. */
const MAX_LENGTH = 60;

/** A table for each split, named like it as far as SQL allows without quotes: `train`, `span_2`. No two are alike. */
export function sqlTables(splits: readonly string[]): readonly SqlTable[] {
  const taken = new Set<string>();
  return splits.map((split) => {
    const plain = split.replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, MAX_LENGTH);
    const name = /^[A-Za-z_]/.test(plain) ? plain : `t${plain}`;
    let table = name;
    for (let n = 2; taken.has(table.toLowerCase()); n++) table = `${name.slice(0, MAX_LENGTH - 4)}_${n}`;
    taken.add(table.toLowerCase());
    return { split, table };
  });
}
