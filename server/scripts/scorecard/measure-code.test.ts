import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import {
  countConsole,
  countDocumented,
  countEscapes,
  countTodos,
  functionLengths,
  registryLines,
  spread,
} from './measure-code';
import type { SourceFile } from './source-files';

function aFile(path: string, text: string): SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind);
  return { path, lines: text.split('\n').length - 1, isTest: false, syntax };
}

describe('the scorecard', () => {
  it('takes median, nearest-rank 95th percentile and maximum', () => {
    expect(spread(Array.from({ length: 100 }, (_, i) => i + 1))).toEqual({ count: 100, median: 50, p95: 95, max: 100 });
    expect(spread([])).toEqual({ count: 0, median: 0, p95: 0, max: 0 });
  });

  it('measures named functions, and React components apart', () => {
    const code = `function a() {\n  return 1;\n}\nconst b = () => 2;\n[1].map(() => 3);\n`;
    const view = `export function View() {\n  return null;\n}\n`;
    expect(functionLengths([aFile('lib/a.ts', code), aFile('components/view.tsx', view)])).toEqual({
      functions: [3, 1],
      components: [3],
    });
  });

  it('counts escapes in code and not in texts', () => {
    const code = `const text = 'as unknown as any';\nconst a: any = 1 as unknown as string;\n// oxlint-disable-next-line no-console -- why not\n`;
    expect(countEscapes([aFile('lib/a.ts', `${code}export { a, text };\n`)])).toEqual({
      any: 1,
      doubleCasts: 1,
      suppressions: 1,
    });
  });

  it('counts promises without a condition', () => {
    expect(
      countTodos([
        aFile(
          'lib/a.ts',
          `// TODO: later\nconst a = 1; // FIXME\n// TODO(Node 22 is the floor): drop\nexport { a };\n`,
        ),
      ]),
    ).toBe(2);
  });

  it('counts documented exports', () => {
    const code = `/** One. */\nexport const a = 1;\n// Two.\nexport type B = number;\nconst c = 3;\nexport { c };\n`;
    expect(countDocumented([aFile('lib/a.ts', code)])).toEqual({ exports: 2, documented: 1 });
  });

  it('counts console outside the places that print', () => {
    const code = `console.log('text');\n`;
    expect(countConsole([aFile('server/runs/a.ts', code), aFile('server/cli/a.ts', code)])).toBe(1);
  });

  it('counts the registry lines of a component', () => {
    const files = [
      aFile('lib/catalog/a-gen/spec.ts', ''),
      aFile('lib/catalog/index.ts', `import { a } from './a-gen/spec';\nexport { a };\n`),
      aFile('server/executors/a-gen.ts', `import { a } from '../../lib/catalog/a-gen/spec';\nexport { a };\n`),
      aFile('server/engine/executors.ts', `export const EXECUTORS = { A: () => import('../executors/a-gen') };\n`),
    ];
    expect(registryLines(files)).toBe(2);
  });
});
