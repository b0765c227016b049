import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const zConfig = z.object({ forbidden: z.array(z.object({ name: z.string() })) });

/** A small house that obeys every rule, native libraries and all. */
const SKELETON: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    dependencies: { zod: '1', react: '1', pg: '1', 'drizzle-orm': '1', '@duckdb/node-api': '1' },
    devDependencies: { vitest: '1', protobufjs: '1' },
  }),
  'lib/ids.ts': `import * as z from 'zod';\nexport const zId = z;\n`,
  'lib/ids.test.ts': `import { it } from 'vitest';\nimport { zId } from './ids';\nimport { sharedPath } from '../server/testing/shared-data';\nit('', () => [zId, sharedPath]);\n`,
  'lib/back.ts': `import type { Forth } from './forth';\nexport type Back = Forth;\nexport const back = 1;\n`,
  'lib/forth.ts': `import { back } from './back';\nexport type Forth = number;\nexport const forth = back;\n`,
  'server/testing/shared-data.ts': `export const sharedPath = 1;\n`,
  'server/db/client.ts': `import { drizzle } from 'drizzle-orm';\nimport pg from 'pg';\nimport { runs } from './schema/runs';\nexport const client = [drizzle, pg, runs];\n`,
  'server/db/schema/runs.ts': `import { table } from 'drizzle-orm';\nexport const runs = table;\n`,
  'server/runs/run-repository.ts': `import { runs } from '../db/schema/runs';\nexport const repository = runs;\n`,
  'server/runs/get-run.ts': `import { repository } from './run-repository';\nexport const getRun = repository;\n`,
  'server/api/root.ts': `import { getRun } from '../runs/get-run';\nimport { rows } from '../query/client';\nexport type AppRouter = number;\nexport const appRouter = [getRun, rows];\n`,
  'server/web/main.ts': `import { appRouter } from '../api/root';\nexport const web = appRouter;\n`,
  'server/query/client.ts': `export const rows = 1;\n`,
  'server/query/main.ts': `import { openDuckdb } from '../duckdb/connection';\nexport const query = openDuckdb;\n`,
  'server/duckdb/connection.ts': `import { DuckDBInstance } from '@duckdb/node-api';\nexport const openDuckdb = DuckDBInstance;\n`,
  'server/storage/disk-store.ts': `import { readFileSync } from 'node:fs';\nexport const store = readFileSync;\n`,
  'server/engine/executor.ts': `export const implement = 1;\n`,
  'server/engine/executors.ts': `export const EXECUTORS = { a: () => import('../executors/a') };\n`,
  'server/engine/run-node.ts': `import { EXECUTORS } from './executors';\nexport const runNode = EXECUTORS;\n`,
  'server/executors/a.ts': `import { implement } from '../engine/executor';\nimport { openDuckdb } from '../duckdb/connection';\nexport const a = [implement, openDuckdb];\n`,
  'server/worker/main.ts': `import { runNode } from '../engine/run-node';\nexport const worker = runNode;\n`,
  'components/ui/button.tsx': `import { zId } from '../../lib/ids';\nexport const Button = zId;\n`,
  'components/runs/index.ts': `export { RunList } from './run-list';\n`,
  'components/runs/run-list.tsx': `import type { AppRouter } from '../../server/api/root';\nimport { Button } from '../ui/button';\nexport type Rows = AppRouter;\nexport const RunList = Button;\n`,
  'components/pipelines/index.ts': `export { Editor } from './editor/editor';\n`,
  'components/pipelines/editor/editor.tsx': `import { RunList } from '../../runs/index';\nimport { PANELS } from './panels';\nexport const Editor = [RunList, PANELS];\n`,
  'components/pipelines/editor/panels.ts': `import { panel } from './panels/a';\nexport const PANELS = [panel];\n`,
  'components/pipelines/editor/panels/a.tsx': `import { field } from '../panel-kit/field';\nimport { Button } from '../../../ui/button';\nexport const panel = [field, Button];\n`,
  'components/pipelines/editor/panel-kit/field.tsx': `export const field = 1;\n`,
  'app/page.tsx': `import { RunList } from '../components/runs/index';\nimport { appRouter } from '../server/api/root';\nexport const page = [RunList, appRouter];\n`,
  'e2e/fixtures.ts': `export const test = 1;\n`,
  'e2e/specs/first-run.spec.ts': `import { zId } from '../../lib/ids';\nexport const spec = zId;\n`,
};

const PACKAGES = ['zod', 'react', 'pg', 'drizzle-orm', '@duckdb/node-api', 'vitest', 'protobufjs', 'left-pad'];

/** Files that break exactly one rule when they are added to the skeleton. */
type Mistake = { readonly rule: string; readonly files: Readonly<Record<string, string>> };

const MISTAKES: readonly Mistake[] = [
  {
    rule: 'no-cycles',
    files: {
      'lib/cycle-a.ts': `import { b } from './cycle-b';\nexport const a = b;\n`,
      'lib/cycle-b.ts': `import { a } from './cycle-a';\nexport const b = a;\n`,
    },
  },
  plant('no-unresolvable', 'server/runs/p1.ts', './gone'),
  plant('lib-is-pure', 'lib/p2.ts', 'node:fs'),
  plant('lib-is-pure', 'lib/p3.ts', '../server/storage/disk-store'),
  plantType('lib-is-pure', 'lib/p4.ts', 'react'),
  plant('lib-tests-stay-close', 'lib/p5.test.ts', '../server/runs/get-run'),
  plant('executors-see-the-engine-only', 'server/executors/p6.ts', '../runs/get-run'),
  plantType('executors-see-the-engine-only', 'server/executors/p7.ts', '../engine/executors'),
  plant('executors-enter-through-one-door', 'server/engine/p8.ts', '../executors/a'),
  plant('panels-use-the-kit', 'components/pipelines/editor/panels/p9.tsx', '../../../runs/index'),
  plant('panels-enter-through-one-door', 'components/pipelines/editor/p10.tsx', './panels/a'),
  plant('components-see-server-types-only', 'components/runs/p11.tsx', '../../server/api/root'),
  plantType('components-see-the-router-only', 'components/runs/p12.tsx', '../../server/runs/get-run'),
  plant('components-run-in-the-browser', 'components/runs/p13.tsx', 'node:path'),
  plantType('components-know-no-route', 'components/ui/p14.tsx', '../../app/page'),
  plant('server-never-renders', 'server/storage/p15.ts', 'react'),
  plant('server-never-renders', 'server/runs/p16.ts', '../../components/ui/button'),
  plant('feature-surface-only', 'components/pipelines/p17.tsx', '../runs/run-list'),
  plant('feature-surface-only', 'app/p18.tsx', '../components/runs/run-list'),
  plant('kits-are-leaves', 'components/ui/p19.tsx', '../pipelines/index'),
  plant('only-repositories-touch-the-database', 'server/pipelines/p20.ts', '../db/schema/runs'),
  plant('only-repositories-touch-the-database', 'server/worker/p21.ts', 'pg'),
  plant('web-never-reaches-the-engine', 'app/p22.ts', '../server/engine/run-node'),
  {
    rule: 'web-never-reaches-the-engine',
    files: {
      'app/p23.tsx': `import { hop } from '../server/runs/hop-one';\nexport const page = hop;\n`,
      'server/runs/hop-one.ts': `import { hop } from './hop-two';\nexport { hop };\n`,
      'server/runs/hop-two.ts': `import { runNode } from '../engine/run-node';\nexport const hop = runNode;\n`,
    },
  },
  plant('web-never-reaches-the-engine', 'server/web/p24.ts', '../duckdb/connection'),
  plant('web-never-reaches-the-engine', 'server/web/p25.ts', '../query/main'),
  plant('web-never-reaches-the-engine', 'server/api/p26.ts', '../worker/main'),
  plant('web-never-reaches-the-engine', 'server/web/p27.ts', '@duckdb/node-api'),
  plant('engine-and-api-never-meet', 'server/worker/p28.ts', '../web/main'),
  plant('data-rooms-are-leaves', 'server/duckdb/p29.ts', '../runs/get-run'),
  plant('e2e-stays-outside', 'e2e/specs/p30.spec.ts', '../../server/runs/get-run'),
  plant('e2e-is-not-imported', 'server/runs/p31.ts', '../../e2e/fixtures'),
  plant('no-test-code-in-the-product', 'server/runs/p32.ts', '../testing/shared-data'),
  plant('no-dev-dependency-in-the-product', 'server/storage/p33.ts', 'protobufjs'),
];

function plant(rule: string, file: string, target: string): Mistake {
  const code = `import * as planted from '${target}';\nexport const used = planted;\n`;
  return { rule, files: { [file]: code } };
}

function plantType(rule: string, file: string, target: string): Mistake {
  const code = `import type * as planted from '${target}';\nexport type Planted = typeof planted;\n`;
  return { rule, files: { [file]: code } };
}

async function boundaries(folder: string): Promise<{ readonly failed: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const script = path.join(CHECKOUT, 'server/scripts/boundaries.mjs');
    execFile(process.execPath, [script], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ failed: error !== null, output: stdout + (stdout === '' && error !== null ? stderr : '') });
    });
  });
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
}

describe('the boundary rules of the house', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sluice-house-'));
    await write(folder, SKELETON);
    await cp(path.join(CHECKOUT, '.dependency-cruiser.cjs'), path.join(folder, '.dependency-cruiser.cjs'));
    for (const name of PACKAGES) {
      await write(folder, {
        [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
        [`node_modules/${name}/index.js`]: 'module.exports = {};\n',
      });
    }
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('finds nothing wrong with a house that obeys them', async () => {
    expect(await boundaries(folder)).toEqual({ failed: false, output: '' });
  });

  describe('with every mistake planted', () => {
    let lines: readonly string[] = [];

    beforeAll(async () => {
      for (const { files } of MISTAKES) await write(folder, files);
      const { failed, output } = await boundaries(folder);
      expect(failed).toBe(true);
      lines = output.trim().split('\n');
    });

    afterAll(async () => {
      for (const { files } of MISTAKES) {
        for (const file of Object.keys(files)) await rm(path.join(folder, file));
      }
    });

    it.each(MISTAKES)('$rule alone fires on $files', ({ rule, files }) => {
      const own = lines.filter((line) => Object.keys(files).some((file) => line.includes(`: ${file} →`)));
      expect([...new Set(own.map((line) => line.split(':')[0]))]).toEqual([rule]);
    });
  });

  it('shows a planted mistake for every rule of the configuration', () => {
    const config: unknown = createRequire(import.meta.url)(path.join(CHECKOUT, '.dependency-cruiser.cjs'));
    const rules = zConfig.parse(config).forbidden.map((rule) => rule.name);
    expect([...new Set(MISTAKES.map((mistake) => mistake.rule))].toSorted()).toEqual(rules.toSorted());
  });

  it('fails when a source file was not seen', async () => {
    await write(folder, {
      '.dependency-cruiser.cjs': `module.exports = { forbidden: [], options: { exclude: '^lib/' } };\n`,
    });
    const { failed, output } = await boundaries(folder);
    await cp(path.join(CHECKOUT, '.dependency-cruiser.cjs'), path.join(folder, '.dependency-cruiser.cjs'));
    expect(failed).toBe(true);
    expect(output).toContain('not-seen: lib/ids.ts');
  });
});
