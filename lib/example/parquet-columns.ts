/** Names of Parquet columns for features: SQL knows no capital letters in names, features do. */

/**
 * A column name for each feature name, in order: the name itself, but made different where it is empty or equals an
 * earlier one without regard to case (`A`, `a` become `A`, `a_2`).
 */
export function parquetColumnNames(features: readonly string[]): readonly string[] {
  const reserved = new Set(features.map((name) => name.toLowerCase()));
  const taken = new Set<string>();
  return features.map((name, index) => {
    let column = name;
    let key = name.toLowerCase();
    for (let suffix = 2; key === '' || taken.has(key); suffix++) {
      column = name === '' ? `column_${index + suffix - 1}` : `${name}_${suffix}`;
      key = column.toLowerCase();
      if (reserved.has(key)) key = '';
    }
    taken.add(key);
    return column;
  });
}
