/** The name that a .proto gives a field of ours: `minFraction` is `min_fraction`. */
export function textFieldName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
