/** `sluice validate`: the problems of a pipeline file. Needs no studio. */

import type { Command } from 'commander';

import { COMPONENTS } from '../../lib/catalog/index';
import { hasErrors, type Problem } from '../../lib/pipeline/problem';
import { validatePipelineText } from '../pipelines/validate-pipeline';
import { perform, verb, type Call, type CommonFlags } from './call';
import { EXIT, print, printDocument } from './output';
import { readPipelineText } from './pipeline-file';

/** Defines the verb. */
export function validateCommand(): Command {
  return verb('validate', 'tell the problems of a pipeline file, one a line')
    .argument('<file>')
    .action((file: string, flags: CommonFlags) => perform(flags, (call) => validate(call, file)));
}

async function validate(call: Call, file: string): Promise<number> {
  const problems = await validatePipelineText(await readPipelineText(file), COMPONENTS);
  if (call.json) printDocument({ problems });
  else if (problems.length === 0) print(`${file}: no problems.`);
  else for (const problem of problems) print(describeProblem(problem));
  return hasErrors(problems) ? EXIT.refused : EXIT.done;
}

function describeProblem({ severity, node, path, message }: Problem): string {
  const place = path ?? (node === undefined ? undefined : `node ${node}`);
  return `${severity}: ${place === undefined ? '' : `${place}: `}${message}`;
}
