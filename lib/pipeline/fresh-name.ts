/** Names of pipelines are unique in a workspace. */

const MAX_LENGTH = 200;

/** The wished name, with a number where it is taken: `Penguins`, `Penguins 2`, `Penguins 3`… Never over 200 characters. */
export function freshName(wish: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  const stem = wish.slice(0, MAX_LENGTH);
  if (!known.has(stem)) return stem;
  let number = 2;
  const numbered = () => {
    const end = ` ${number}`;
    return `${stem.slice(0, MAX_LENGTH - end.length)}${end}`;
  };
  while (known.has(numbered())) number++;
  return numbered();
}
