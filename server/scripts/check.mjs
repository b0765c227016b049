/** `npm run check`: everything a tool can say about the code without running it. `--quick` leaves out unused code. */

import { duration, GATE, runCommands } from './stages.mjs';

const TIMEOUT_MS = 10 * 60_000;
const quick = process.argv.includes('--quick');
const stages = GATE.filter((stage) => !(quick && stage.name === 'unused'));

const begun = performance.now();
const failed = [];
for (const { name, commands } of stages) {
  const start = performance.now();
  const passed = await runCommands(commands(), TIMEOUT_MS);
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${duration(performance.now() - start)}`);
  if (!passed) failed.push(name);
}
console.log(
  failed.length === 0
    ? `All ${stages.length} checks passed in ${duration(performance.now() - begun)}.`
    : `Failed: ${failed.join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
