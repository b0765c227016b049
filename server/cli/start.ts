/**
 * `sluice start`: the studio, until it is stopped. On a data folder whose studio already runs it tells the address and
 * ends; on one that command lines keep running it joins them and adds the page.
 */

import type { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';

import { AppError } from '../../lib/errors';
import { prepareSamples } from '../datasets/prepare-samples';
import { openDatabase } from '../db/client';
import { attach } from '../launcher/attach';
import { startHost } from '../launcher/host';
import { findOwner, type Owner } from '../launcher/ownership';
import { isAlive } from '../launcher/process-identity';
import { parsePort, perform, verb, type Call, type CommonFlags } from './call';
import { openBrowser } from './open-browser';
import { EXIT, print, printDocument, say } from './output';
import { untilAskedToStop } from './stop-signals';

type StartFlags = CommonFlags & { readonly port?: number; readonly open: boolean };

/** Defines the verb. */
export function startCommand(): Command {
  return verb('start', 'start the studio and open it in the browser')
    .option('--port <n>', 'the port of the page (default: 4780, or the next free one)', parsePort)
    .option('--no-open', 'do not open the browser')
    .action((flags: StartFlags) => perform(flags, (call) => start(call, flags)));
}

async function start(call: Call, flags: StartFlags): Promise<number> {
  const stop = untilAskedToStop();
  for (;;) {
    const outcome = await startOnce(call, flags, stop);
    if (outcome !== 'again') return outcome;
  }
}

async function startOnce(call: Call, flags: StartFlags, stop: Promise<void>): Promise<number | 'again'> {
  const claim = await startHost({
    dataFolder: call.dataFolder,
    kind: 'studio',
    installation: call.installation,
    databaseUrl: process.env['DATABASE_URL'],
    notify: say,
    prepare: async (folder, url) => {
      await using client = openDatabase({ url, applicationName: 'sluice-samples', maxConnections: 1 });
      await prepareSamples(folder, client.db, call.installation.checkout);
    },
  });
  if (claim.state === 'held')
    return claim.owner.kind === 'studio' ? tellRunning(call, flags, claim.owner) : joinBackground(call, flags, stop);

  const { host } = claim;
  const opening = host.openWeb(flags.port);
  const outcome = await Promise.race([stop, opening]).catch(async (error: unknown) => {
    await host.stop();
    throw error;
  });
  if (outcome !== undefined) {
    announce(call, flags, { url: outcome, pid: process.pid, alreadyRunning: false });
    await stop;
  }
  say('Stopping…');
  await host.stop();
  return EXIT.done;
}

/** Command lines run the folder without a page: ask their host for one, and keep it alive for as long as we are here. */
async function joinBackground(call: Call, flags: StartFlags, stop: Promise<void>): Promise<number | 'again'> {
  const attachment = await attach(call);
  const url = await attachment.openWeb(flags.port).catch(async (error: unknown) => {
    await attachment.leave();
    throw error;
  });
  announce(call, flags, { url, pid: process.pid, alreadyRunning: false });
  const end = await Promise.race([stop.then(() => 'asked' as const), attachment.lost.then(() => 'lost' as const)]);
  if (end === 'lost') return 'again';
  say('Stopping…');
  await attachment.leave();
  return EXIT.done;
}

async function tellRunning(call: Call, flags: StartFlags, first: Owner): Promise<number | 'again'> {
  const run = `${call.dataFolder}/run`;
  let owner: Owner | undefined = first;
  while (owner?.nonce === first.nonce && owner.url === undefined && isAlive(owner.pid)) {
    await delay(100);
    owner = findOwner(run);
  }
  if (owner?.url === undefined) return 'again';
  if (flags.port !== undefined && new URL(owner.url).port !== String(flags.port))
    throw new AppError(
      'conflict',
      `The studio of ${call.dataFolder} already runs at ${owner.url}, not on port ${flags.port}.`,
      {
        nextStep: 'Open that address, or stop it first.',
      },
    );
  announce(call, flags, { url: owner.url, pid: owner.pid, alreadyRunning: true });
  return EXIT.done;
}

type Started = { readonly url: string; readonly pid: number; readonly alreadyRunning: boolean };

function announce(call: Call, flags: StartFlags, started: Started): void {
  const { dataFolder } = call;
  if (call.json) printDocument({ ...started, dataFolder });
  else if (started.alreadyRunning)
    print(`Sluice already runs at ${started.url} (process ${started.pid}, data in ${dataFolder}).`);
  else print(`Sluice is ready at ${started.url} (data in ${dataFolder}). Ctrl-C stops it.`);
  if (flags.open && !call.json) openBrowser(started.url);
}
