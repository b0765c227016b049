/** The tokens in the text of a vocabulary file, in the order of their numbers: one a line. */
export function vocabularyTokens(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}
