/** What the scorecard counts by reading the code: lengths, documents, escapes from the type system. */

import ts from 'typescript';
import { eachNode, type SourceFile } from './source-files';

/** Spread of a length, in lines. */
export type Spread = { readonly count: number; readonly median: number; readonly p95: number; readonly max: number };

/** Median, 95th percentile (nearest rank) and maximum. All 0 for an empty list. */
export function spread(lengths: readonly number[]): Spread {
  const sorted = lengths.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, median: at(0.5), p95: at(0.95), max: at(1) };
}

/** Lengths of named functions and methods, React components apart (a capitalised function in a `.tsx` file). */
export function functionLengths(files: readonly SourceFile[]): {
  readonly functions: readonly number[];
  readonly components: readonly number[];
} {
  const functions: number[] = [];
  const components: number[] = [];
  for (const file of files) {
    eachNode(file, (node) => {
      const name = nameOfFunction(node);
      if (name === undefined) return;
      const isComponent = file.path.endsWith('.tsx') && /^[A-Z]/.test(name);
      (isComponent ? components : functions).push(lineCount(file, node));
    });
  }
  return { functions, components };
}

function nameOfFunction(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) {
    return node.body === undefined ? undefined : (node.name?.getText() ?? 'default');
  }
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : undefined;
}

function lineCount(file: SourceFile, node: ts.Node): number {
  const lineOf = (position: number): number => file.syntax.getLineAndCharacterOfPosition(position).line;
  return lineOf(node.getEnd()) - lineOf(node.getStart()) + 1;
}

/** Ways around the type system and the linter. */
export function countEscapes(files: readonly SourceFile[]): {
  readonly any: number;
  readonly doubleCasts: number;
  readonly suppressions: number;
} {
  let any = 0;
  let doubleCasts = 0;
  let suppressions = 0;
  for (const file of files) {
    eachNode(file, (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) any += 1;
      if (ts.isAsExpression(node) && ts.isAsExpression(node.expression)) doubleCasts += 1;
    });
    suppressions += comments(file).filter((text) =>
      /(?:oxlint|eslint)-disable|@ts-(?:ignore|expect-error|nocheck)/.test(text),
    ).length;
  }
  return { any, doubleCasts, suppressions };
}

/** Comments that promise work without the condition that removes them. */
export function countTodos(files: readonly SourceFile[]): number {
  return files
    .flatMap(comments)
    .filter((text) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(text) && !/\bTODO\([^)]{3,}\):/.test(text)).length;
}

function comments(file: SourceFile): readonly string[] {
  const text = file.syntax.text;
  const found = new Map<number, string>();
  const collect = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const range of ranges ?? []) found.set(range.pos, text.slice(range.pos, range.end));
  };
  eachNode(file, (node) => {
    collect(ts.getLeadingCommentRanges(text, node.getFullStart()));
    collect(ts.getTrailingCommentRanges(text, node.getEnd()));
  });
  return [...found.values()];
}

/** Exported declarations, and how many of them carry TSDoc. */
export function countDocumented(files: readonly SourceFile[]): {
  readonly exports: number;
  readonly documented: number;
} {
  let exports = 0;
  let documented = 0;
  for (const file of files) {
    for (const statement of file.syntax.statements) {
      const isExported =
        ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) === true;
      if (!isExported) continue;
      exports += 1;
      const leading = ts.getLeadingCommentRanges(file.syntax.text, statement.getFullStart()) ?? [];
      if (leading.some((range) => file.syntax.text.startsWith('/**', range.pos))) documented += 1;
    }
  }
  return { exports, documented };
}

/** `console.*` outside the logger, the command line and the scripts. */
export function countConsole(files: readonly SourceFile[]): number {
  let count = 0;
  for (const file of files) {
    if (/^server\/(?:cli|scripts|launcher)\/|^server\/logger\.ts$/.test(file.path)) continue;
    eachNode(file, (node) => {
      if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console') count += 1;
    });
  }
  return count;
}

/**
 * How many lines outside a component's own files name them: the registry lines. The largest figure of all components.
 * Its own files are `lib/catalog/<name>/`, `server/executors/<name>…` and its panel.
 */
export function registryLines(files: readonly SourceFile[]): number {
  const names = new Set(files.flatMap((file) => /^lib\/catalog\/([^/]+)\/spec\.ts$/.exec(file.path)?.[1] ?? []));
  return Math.max(0, ...[...names].map((name) => importersOf(name, files)));
}

function importersOf(name: string, files: readonly SourceFile[]): number {
  const own = new RegExp(`^(?:lib/catalog|server/executors)/${name}[/.]`);
  const target = new RegExp(`(?:^|/)${name}(?:/spec)?$`);
  let lines = 0;
  for (const file of files.filter(({ path }) => !own.test(path) && /^(?:lib\/catalog|server\/engine)\//.test(path))) {
    eachNode(file, (node) => {
      const isImport =
        ts.isImportDeclaration(node) ||
        (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword);
      const specifier = ts.isImportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node)
          ? node.arguments[0]
          : undefined;
      if (isImport && specifier !== undefined && ts.isStringLiteral(specifier) && target.test(specifier.text))
        lines += 1;
    });
  }
  return lines;
}
