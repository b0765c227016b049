/**
 * Checks who imports what, by the rules of .dependency-cruiser.cjs, in the folder it is started in. Fails as well when
 * a source file is missing from what the tool saw: with a compiler it does not know it reports "0 violations, 0 modules".
 */

import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';

const ROOMS = ['app', 'components', 'server', 'lib', 'e2e'];
const folder = process.cwd();

function sourceFiles(room) {
  return readdirSync(path.join(folder, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:tsx?|mjs)$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => [room, ...file.split(path.sep)].join('/'));
}

const rooms = readdirSync(folder).filter((name) => ROOMS.includes(name));
const expected = rooms.flatMap(sourceFiles);
const { options, forbidden } = createRequire(import.meta.url)(path.join(folder, '.dependency-cruiser.cjs'));
const { output } = await cruise(rooms, { ...options, ruleSet: { forbidden }, validate: true });

const seen = new Set(
  output.modules.filter((module) => module.dependencies !== undefined).map((module) => module.source),
);
const unseen = expected.filter((file) => !seen.has(file));
for (const { rule, from, to, cycle, via } of output.summary.violations) {
  const way = (cycle ?? via)?.map((step) => step.name ?? step).join(' → ');
  console.log(`${rule.name}: ${from} → ${way ?? to}`);
}
for (const file of unseen) console.log(`not-seen: ${file} was not read by the boundary check`);

const violations = output.summary.violations.length;
const edges = output.modules.reduce((sum, module) => sum + module.dependencies.length, 0);
console.error(`${expected.length} files, ${edges} imports, ${forbidden.length} rules, ${violations} violations`);
if (expected.length === 0 || edges === 0)
  console.log('not-seen: no source file or no import was read by the boundary check');
process.exitCode = violations + unseen.length > 0 || expected.length === 0 || edges === 0 ? 1 : 0;
