/** The command line `sluice`: one verb a file, the same use-cases as the screens. */

import { Command, CommanderError } from 'commander';

import { version } from '../../package.json';

import { artifactsCommand } from './artifacts';
import { exitAfterOutput } from './call';
import { modelsCommand } from './models';
import { EXIT, printDocument } from './output';
import { pipelinesCommand } from './pipelines';
import { runCommand } from './run';
import { runsCommand } from './runs';
import { startCommand } from './start';
import { validateCommand } from './validate';

process.title = 'sluice';

const program = new Command('sluice')
  .description('A studio for machine-learning pipelines, by the command line.')
  .version(version)
  .addCommand(startCommand())
  .addCommand(validateCommand())
  .addCommand(runCommand())
  .addCommand(pipelinesCommand())
  .addCommand(runsCommand())
  .addCommand(artifactsCommand())
  .addCommand(modelsCommand())
  .showHelpAfterError('(sluice --help tells the verbs and flags)');

let refusal = '';
for (const command of [program, ...program.commands.flatMap((verb) => [verb, ...verb.commands])])
  command.exitOverride().configureOutput({
    writeErr: (text) => {
      refusal += text;
      process.stderr.write(text);
    },
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  const isRefused = error.exitCode !== 0;
  if (isRefused && process.argv.includes('--json'))
    printDocument({ error: { message: error.message.replace(/^error: /, '') || refusal } });
  await exitAfterOutput(isRefused ? EXIT.refused : EXIT.done);
}
