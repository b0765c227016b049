/** The files that the scorecard measures, parsed. */

import { globSync } from 'tinyglobby';
import ts from 'typescript';

const TEST = /\.(?:test|test-d|spec)\.tsx?$/;

/** One parsed file of the checkout. */
export type SourceFile = {
  /** Path from the checkout, with `/`. */
  readonly path: string;
  readonly lines: number;
  readonly isTest: boolean;
  readonly syntax: ts.SourceFile;
};

/** Every TypeScript file of the rooms; generated ones left out. */
export function readSourceFiles(checkout: string): readonly SourceFile[] {
  const paths = globSync('{app,components,lib,server,e2e}/**/*.{ts,tsx}', {
    cwd: checkout,
    ignore: ['**/*.d.ts', 'server/db/migrations/**'],
  });
  return paths.toSorted().map((path) => {
    const text = ts.sys.readFile(`${checkout}/${path}`) ?? '';
    return {
      path,
      lines: text.split('\n').length - 1,
      isTest: TEST.test(path) || path.startsWith('e2e/') || path.startsWith('server/testing/'),
      syntax: ts.createSourceFile(
        path,
        text,
        ts.ScriptTarget.ESNext,
        true,
        path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
      ),
    };
  });
}

/** Calls `visit` for every node of a file, in order. */
export function eachNode(file: SourceFile, visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  walk(file.syntax);
}
