/** One planted mistake for each rule that matters, and what each local rule must let pass. Linted by lint-plants.test.ts. */

/** A file with one mistake: where it would lie, what it holds, and the rule that must speak. */
export type Plant = { readonly rule: string; readonly file: string; readonly code: string };

const SPEC = `import { it } from 'vitest';\n`;

/** Exactly `rule` fires on each. */
export const MISTAKES: readonly Plant[] = [
  // Types.
  {
    rule: 'typescript(no-floating-promises)',
    file: 'server/a/floating.ts',
    code: `async function work(): Promise<void> {\n  await Promise.resolve();\n}\nwork();\n`,
  },
  {
    rule: 'typescript(no-misused-promises)',
    file: 'server/a/misused.ts',
    code: `export const list = [1, 2];\nlist.forEach(async (item) => {\n  await Promise.resolve(item);\n});\n`,
  },
  {
    rule: 'typescript(switch-exhaustiveness-check)',
    file: 'server/a/switch.ts',
    code: `export function word(state: 'queued' | 'running'): string | undefined {\n  switch (state) {\n    case 'queued':\n      return 'Queued';\n  }\n  return undefined;\n}\n`,
  },
  {
    rule: 'typescript(no-explicit-any)',
    file: 'server/a/any.ts',
    code: `export function anything(value: any): void {\n  void value;\n}\n`,
  },
  {
    rule: 'typescript(no-unsafe-assignment)',
    file: 'server/a/unsafe.ts',
    code: `export const parsed: { a: number } = JSON.parse('{}');\n`,
  },
  {
    rule: 'typescript(no-unsafe-return)',
    file: 'server/a/unsafe-return.ts',
    code: `export function parse(): { a: number } {\n  return JSON.parse('{}');\n}\n`,
  },
  {
    rule: 'typescript(no-non-null-assertion)',
    file: 'server/a/non-null.ts',
    code: `export const first = (list: readonly number[]): number => list[0]!;\n`,
  },
  {
    rule: 'house(no-double-cast)',
    file: 'server/a/double-cast.ts',
    code: `export const n = 'a' as unknown as number;\n`,
  },
  { rule: 'house(no-enum)', file: 'server/a/enum.ts', code: `export enum State {\n  Queued = 'queued',\n}\n` },
  {
    rule: 'typescript(ban-ts-comment)',
    file: 'server/a/ts-comment.ts',
    code: `// @ts-ignore\nexport const n: number = 1;\n`,
  },
  {
    rule: 'typescript(consistent-type-imports)',
    file: 'server/a/type-import.ts',
    code: `import { Stats } from 'node:fs';\nexport const size = (stats: Stats): number => stats.size;\n`,
  },
  {
    rule: 'typescript(only-throw-error)',
    file: 'server/a/throw-text.ts',
    code: `export function fail(): never {\n  throw 'text';\n}\n`,
  },
  {
    rule: 'typescript(restrict-template-expressions)',
    file: 'server/a/template.ts',
    code: 'export const text = (value: string | undefined): string => `${value}`;\n',
  },
  {
    rule: 'typescript(return-await)',
    file: 'server/a/return-await.ts',
    code: `export async function guarded(work: () => Promise<number>): Promise<number> {\n  try {\n    return work();\n  } catch {\n    return 0;\n  }\n}\n`,
  },
  // Shapes and names.
  {
    rule: 'eslint(max-params)',
    file: 'server/a/params.ts',
    code: `export const sum = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n`,
  },
  {
    rule: 'eslint(max-lines)',
    file: 'server/a/long.ts',
    code: Array.from({ length: 401 }, (_, i) => `export const n${i} = ${i};\n`).join(''),
  },
  { rule: 'import(no-default-export)', file: 'server/a/default.ts', code: `const n = 1;\nexport default n;\n` },
  { rule: 'eslint(no-console)', file: 'server/a/console.ts', code: `console.log('text');\n` },
  { rule: 'eslint(no-unused-vars)', file: 'server/a/unused.ts', code: `const n = 1;\nexport const m = 2;\n` },
  {
    rule: 'eslint(eqeqeq)',
    file: 'server/a/equal.ts',
    code: `export const same = (a: number, b: number): boolean => a == b;\n`,
  },
  { rule: 'house(file-name)', file: 'server/a/utils.ts', code: `export const n = 1;\n` },
  { rule: 'house(file-name)', file: 'server/common/thing.ts', code: `export const n = 1;\n` },
  { rule: 'house(file-name)', file: 'server/a/camelCase.ts', code: `export const n = 1;\n` },
  { rule: 'house(file-name)', file: 'server/a/two.dotted.ts', code: `export const n = 1;\n` },
  { rule: 'house(todo-with-condition)', file: 'server/a/todo.ts', code: `// TODO: later\nexport const n = 1;\n` },
  {
    rule: 'house(suppression-with-reason)',
    file: 'server/a/suppressed.ts',
    code: `// oxlint-disable-next-line no-console\nconsole.log('text');\n`,
  },
  // Purity and documents of lib.
  { rule: 'house(pure)', file: 'lib/a/clock.ts', code: `/** Now. */\nexport const now = (): number => Date.now();\n` },
  {
    rule: 'house(pure)',
    file: 'lib/a/dice.ts',
    code: `/** Chance. */\nexport const chance = (): number => Math.random();\n`,
  },
  {
    rule: 'house(pure)',
    file: 'lib/a/today.ts',
    code: `/** Today. */\nexport const today = (): Date => new Date();\n`,
  },
  { rule: 'house(documented-export)', file: 'lib/a/silent.ts', code: `export const n = 1;\n` },
  { rule: 'house(documented-export)', file: 'lib/a/comment.ts', code: `// Not a document.\nexport type N = number;\n` },
  // Tests.
  {
    rule: 'house(no-sleep)',
    file: 'server/a/sleep.test.ts',
    code: `${SPEC}it('waits', async () => {\n  await new Promise((resolve) => setTimeout(resolve, 10));\n});\n`,
  },
  {
    rule: 'house(no-sleep)',
    file: 'server/a/sleep-arrow.test.ts',
    code: `${SPEC}it('waits', async () => {\n  await new Promise<void>((done) => {\n    setTimeout(() => done(), 10);\n  });\n});\n`,
  },
  {
    rule: 'house(no-sleep)',
    file: 'server/a/sleep-import.test.ts',
    code: `import { setTimeout } from 'node:timers/promises';\n${SPEC}it('waits', async () => {\n  await setTimeout(10);\n});\n`,
  },
  {
    rule: 'house(no-sleep)',
    file: 'e2e/specs/sleep.spec.ts',
    code: `import { test } from '@playwright/test';\ntest('waits', async ({ page }) => {\n  await page.waitForTimeout(10);\n});\n`,
  },
  {
    rule: 'house(no-mock-of-own-module)',
    file: 'server/a/mock.test.ts',
    code: `import { it, vi } from 'vitest';\nvi.mock('./thing');\nit('runs', () => undefined);\n`,
  },
  {
    rule: 'vitest(no-disabled-tests)',
    file: 'server/a/skip.test.ts',
    code: `${SPEC}it.skip('runs', () => undefined);\n`,
  },
  {
    rule: 'vitest(no-focused-tests)',
    file: 'server/a/only.test.ts',
    code: `${SPEC}it.only('runs', () => undefined);\n`,
  },
  // Screens.
  {
    rule: 'react-hooks(rules-of-hooks)',
    file: 'components/a/hook.tsx',
    code: `import { useState } from 'react';\nexport function View({ on }: { readonly on: boolean }) {\n  if (!on) return null;\n  const [n] = useState(1);\n  return <p>{n}</p>;\n}\n`,
  },
  {
    rule: 'react-hooks(exhaustive-deps)',
    file: 'components/a/deps.tsx',
    code: `import { useEffect } from 'react';\nexport function View({ title }: { readonly title: string }) {\n  useEffect(() => {\n    document.title = title;\n  }, []);\n  return null;\n}\n`,
  },
  {
    rule: 'jsx-a11y(alt-text)',
    file: 'components/a/picture.tsx',
    code: `export const Picture = () => <img src="/a.png" />;\n`,
  },
  {
    rule: 'jsx-a11y(label-has-associated-control)',
    file: 'components/a/label.tsx',
    code: `export const Label = () => <label>Name</label>;\n`,
  },
  {
    rule: 'react(button-has-type)',
    file: 'components/a/button.tsx',
    code: `export const Button = () => <button>Run</button>;\n`,
  },
  {
    rule: 'house(no-raw-colour)',
    file: 'components/a/hex.tsx',
    code: `export const Dot = () => <i className="bg-[#ff0000]" />;\n`,
  },
  {
    rule: 'house(no-raw-colour)',
    file: 'components/a/palette.tsx',
    code: `export const Dot = () => <i className="hover:bg-red-500" />;\n`,
  },
  { rule: 'house(no-raw-colour)', file: 'components/a/function.ts', code: `export const line = 'rgb(1 2 3)';\n` },
  {
    rule: 'house(no-inline-style)',
    file: 'components/a/style.tsx',
    code: `export const Bar = () => <i style={{ width: 3 }} />;\n`,
  },
  {
    rule: 'house(no-arbitrary-z-index)',
    file: 'components/a/stack.tsx',
    code: `export const Top = () => <i className="z-[99]" />;\n`,
  },
];

/** No rule fires on any of these. */
export const ALLOWED: readonly Omit<Plant, 'rule'>[] = [
  { file: 'app/page.tsx', code: `export default function Page() {\n  return <a href="/runs#add">Runs</a>;\n}\n` },
  { file: 'server/cli/print.ts', code: `console.log('text');\n` },
  {
    file: 'components/a/variable.tsx',
    code: `import type { CSSProperties } from 'react';\nexport const Bar = ({ width }: { readonly width: string }) => (\n  <i className="bg-surface" style={{ '--bar-width': width } as CSSProperties} />\n);\n`,
  },
  {
    file: 'lib/a/clocks.ts',
    code: `/** The day of an instant. */\nexport const day = (atMs: number): Date => new Date(atMs);\n`,
  },
  {
    file: 'lib/a/overloads.ts',
    code: `/** Doubles. */\nexport function twice(value: number): number;\nexport function twice(value: string): string;\nexport function twice(value: number | string): number | string {\n  return typeof value === 'number' ? value * 2 : value + value;\n}\n`,
  },
  {
    file: 'lib/a/clock.test.ts',
    code: `import { it } from 'vitest';\nit(\`runs at \${Date.now()}\`, () => undefined);\n`,
  },
  { file: 'server/a/condition.ts', code: `// TODO(Node 22 is the floor): use the built-in.\nexport const n = 1;\n` },
  {
    file: 'server/a/reason.ts',
    code: `// oxlint-disable-next-line no-console -- the logger itself is not up yet\nconsole.log('text');\n`,
  },
  {
    file: 'server/a/timer.test.ts',
    code: `import { it } from 'vitest';\nit('gives up', async () => {\n  await new Promise<void>((_, reject) => {\n    setTimeout(() => reject(new Error('too late')), 10).unref();\n    reject(new Error('now'));\n  }).catch(() => undefined);\n});\n`,
  },
];
