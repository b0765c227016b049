import type { ComponentSpec } from '../catalog/component-spec';

/**
 * How well a component answers the words that were typed: 0 where its type begins with them, 1 where its type has all of
 * them, 2 where its title or summary helps; undefined where a word is nowhere. Case does not count; no words give 0.
 */
export function matchWords({ type, title, summary }: ComponentSpec, query: string): 0 | 1 | 2 | undefined {
  const typed = query.trim().toLowerCase();
  const words = typed.split(/\s+/);
  const name = type.toLowerCase();
  if (name.startsWith(typed)) return 0;
  if (words.every((word) => name.includes(word))) return 1;
  const text = `${name} ${title} ${summary}`.toLowerCase();
  return words.every((word) => text.includes(word)) ? 2 : undefined;
}
