import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { hasSharedData, sharedPath } from './shared-data';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The families of cases that are built, and the ids of each that wait for a component that is not there yet. */
const FAMILIES: readonly {
  readonly prefix: string;
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}[] = [
  { prefix: 'CSV' },
  // The others are about spans, versions and TFRecord input.
  { prefix: 'EG', only: ['EG-O1', 'EG-O10', 'EG-O11', 'EG-O12'] },
  // ST-O6 needs image statistics.
  { prefix: 'ST', except: ['ST-O6'] },
  { prefix: 'HI' },
  { prefix: 'TK', only: ['TK-O1', 'TK-O2'] },
  { prefix: 'IN' },
  { prefix: 'UP' },
  // The others need drift, skew, slices or constraints of the dataset.
  { prefix: 'AN', except: ['AN-O11', 'AN-O12', 'AN-O13', 'AN-O14'] },
  { prefix: 'EV' },
  { prefix: 'WT' },
];

/** The cases of models that are built. */
const MODEL_CASES = [
  ...['M01', 'M02', 'M04', 'M05', 'M06', 'M07', 'M08', 'M09', 'M10', 'M14', 'M15', 'M16'],
  ...['S01', 'S02', 'S03', 'V01', 'V02', 'V03', 'V04', 'V05', 'V06'],
];

/** Ids of the cases that must be tested, as the document of the cases has them. */
function requiredCases(document: string): readonly string[] {
  const ids = [...document.matchAll(/^### ([A-Z]+-O\d+)\b/gm)].map((match) => match[1] ?? '');
  return FAMILIES.flatMap(({ prefix, only, except = [] }) =>
    ids.filter(
      (id) => id.startsWith(`${prefix}-`) && !except.includes(id) && (only === undefined || only.includes(id)),
    ),
  );
}

/** Ids that begin a text of a test file (a test's name or a table's row); comments do not count. */
function namedCases(code: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
    const id = isText ? /^([A-Z]+-O\d+|[MSTV]\d\d)\b/.exec(node.text)?.[1] : undefined;
    if (id !== undefined) found.push(id);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.test.ts', code, ts.ScriptTarget.ESNext));
  return found;
}

describe('the cases of data validation', () => {
  it('counts names of tests and rows of tables, not comments', () => {
    const code = `// CSV-O1 is not tested\nit('CSV-O2 blank', run);\nit.each([{ name: 'ST-O1 two' }])('$name', run);\nit(\`HI-O1 \${a}\`, run);\n`;
    expect(namedCases(code)).toEqual(['CSV-O2', 'ST-O1', 'HI-O1']);
  });

  describe.skipIf(!hasSharedData)('of the document', () => {
    const required = hasSharedData
      ? requiredCases(readFileSync(sharedPath('cases', 'data-validation-cases.md'), 'utf8'))
      : [];
    const tests = globSync('{lib,server}/**/*.test.ts', { cwd: CHECKOUT, ignore: '**/case-coverage.test.ts' });
    const named = new Set(tests.flatMap((file) => namedCases(readFileSync(path.join(CHECKOUT, file), 'utf8'))));

    it('are all read', () => {
      expect(required).toHaveLength(56);
    });

    it.each(MODEL_CASES)('%s of models has a test of its name', (id) => {
      expect([...named]).toContain(id);
    });

    it.each(required)('%s has a test of its name', (id) => {
      expect([...named]).toContain(id);
    });
  });
});
