/** What every verb shares: the flags `--data` and `--json`, and one way to run, to fail and to end. */

import { Command, InvalidArgumentError } from 'commander';

import { chooseDataFolder } from '../launcher/data-folder';
import { findInstallation, type Installation } from '../launcher/installation';
import { reportError } from './output';

/** Flags of every verb. */
export type CommonFlags = { readonly data?: string; readonly json?: boolean };

/** A call, as its verb sees it. */
export type Call = {
  readonly json: boolean;
  /** Absolute. */
  readonly dataFolder: string;
  readonly installation: Installation;
};

/** Makes a verb with the common flags. */
export function verb(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .option('--data <dir>', 'the data folder (default: SLUICE_DATA, else .sluice in the checkout)')
    .option('--json', 'one JSON document on standard output');
}

/** Makes a noun that has verbs of its own. */
export function group(name: string, summary: string): Command {
  return new Command(name).description(summary);
}

/** Runs a verb: its result is the exit code; what it throws becomes a sentence, a document and an exit code. */
export async function perform(flags: CommonFlags, work: (call: Call) => Promise<number>): Promise<void> {
  const json = flags.json === true;
  let code: number;
  try {
    const installation = findInstallation();
    const environment = process.env['SLUICE_DATA'];
    const dataFolder = chooseDataFolder({
      flag: flags.data,
      environment: environment === '' ? undefined : environment,
      checkout: installation.checkout,
    });
    code = await work({ json, dataFolder, installation });
  } catch (error) {
    code = reportError(error, { json });
  }
  await exitAfterOutput(code);
}

/** Ends the process once what it printed has been taken: a pipe may still hold a large document. */
export async function exitAfterOutput(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) =>
      stream.write('', () => {
        resolve();
      }),
    );
  process.exit(code);
}

/** Parses a port given on the command line. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('a port is a whole number from 1 to 65535.');
  return port;
}

/** Parses a count given on the command line. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('it is a whole number from 1 on.');
  return count;
}
