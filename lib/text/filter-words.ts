/** Items whose text has every word of the query, whatever its case; those that begin with one come first. */
export function filterByWords<T>(items: readonly T[], query: string, textOf: (item: T) => string): readonly T[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return items;
  const found = items
    .map((item) => ({ item, text: textOf(item).toLowerCase() }))
    .filter(({ text }) => words.every((word) => text.includes(word)));
  const rank = ({ text }: { readonly text: string }) => (words.some((word) => text.startsWith(word)) ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b)).map(({ item }) => item);
}
