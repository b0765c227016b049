/**
 * How a command line gets to work on a data folder: through the studio that runs on it, or through a background host that
 * it starts and shares with whoever else comes.
 */

import { fork } from 'node:child_process';
import net from 'node:net';
import readline from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { AppError, fromErrorInfo, zErrorInfo } from '../../lib/errors';
import * as z from 'zod';

import { parseJson, zAnswer, zWelcome, type Welcome } from './control';
import { localSocket, prepareDataFolder, type DataFolder } from './data-folder';
import type { Installation } from './installation';
import { findOwner } from './ownership';

/** What a background host tells the command line that forked it. */
export const zBackgroundReport = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('held') }),
  z.object({ type: z.literal('failed'), error: zErrorInfo }),
]);
/** See {@link zBackgroundReport}. */
export type BackgroundReport = z.infer<typeof zBackgroundReport>;

/** A running studio, as a command line uses it. */
export type Attachment = {
  readonly folder: DataFolder;
  readonly welcome: Welcome;
  /** Settles when the studio is gone, whoever ended it. */
  readonly lost: Promise<void>;
  /** Opens the page on it and returns its address. */
  readonly openWeb: (port?: number) => Promise<string>;
  /** Leaves. Where nobody else is left on a background host, settles when all its processes have ended. */
  readonly leave: () => Promise<void>;
};

/** Options of {@link attach}. */
export type AttachOptions = { readonly dataFolder: string; readonly installation: Installation };

/** How long hosts may vanish under us (ended by their last client, killed) before we give up. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/** Joins the studio of a data folder, or starts a background one. Throws the reason when neither is possible. */
export async function attach(options: AttachOptions): Promise<Attachment> {
  const folder = prepareDataFolder(options.dataFolder);
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    if (findOwner(folder.run) === undefined) await startBackground(options);
    const joined = await join(folder);
    if (joined !== undefined) return joined;
    await delay(PAUSE_MS);
  }
  throw new AppError('unavailable', `The studio of ${folder.root} ended again and again before it could be used.`, {
    nextStep: `What happened stands in ${folder.logs}.`,
  });
}

async function startBackground({ dataFolder, installation }: AttachOptions): Promise<void> {
  const child = fork(installation.background, [dataFolder], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--enable-source-maps'],
    cwd: installation.checkout,
  });
  const report = await new Promise<BackgroundReport | undefined>((resolve) => {
    child.once('message', (message) => {
      resolve(zBackgroundReport.safeParse(message).data);
    });
    child.once('exit', () => {
      resolve(undefined);
    });
    child.once('error', () => {
      resolve(undefined);
    });
  });
  if (child.connected) child.disconnect();
  child.unref();
  if (report?.type === 'failed') throw fromErrorInfo(report.error);
}

/** Connects to the owner's socket and waits for its welcome; undefined when it ended before that. */
async function join(folder: DataFolder): Promise<Attachment | undefined> {
  const socket = net.connect({ path: localSocket(folder, 'control'), allowHalfOpen: true });
  socket.on('error', () => undefined);
  const lines = readline.createInterface({ input: socket })[Symbol.asyncIterator]();
  const first = await nextLine(lines);
  const welcome = first === undefined ? undefined : zWelcome.safeParse(parseJson(first)).data;
  if (welcome === undefined) {
    socket.destroy();
    return undefined;
  }
  const closed = new Promise<void>((resolve) => {
    const finish = () => {
      socket.destroy();
      resolve();
    };
    socket.once('close', finish);
    socket.once('end', finish);
    if (socket.destroyed || socket.readableEnded) finish();
  });
  return {
    folder,
    welcome,
    lost: closed,
    openWeb: async (port) => {
      socket.write(`${JSON.stringify({ type: 'open-web', ...(port !== undefined && { port }) })}\n`);
      const line = await nextLine(lines);
      const answer = line === undefined ? undefined : zAnswer.safeParse(parseJson(line)).data;
      if (answer?.type === 'web') return answer.url;
      if (answer?.type === 'failed') throw fromErrorInfo(answer.error);
      throw new AppError('lost', 'The studio ended before its page was open.', { nextStep: 'Start it again.' });
    },
    leave: async () => {
      socket.end();
      await closed;
    },
  };
}

/** The next line; undefined when the other side is gone, however it went: a killed one resets the connection. */
async function nextLine(lines: AsyncIterator<string>): Promise<string | undefined> {
  try {
    const line = await lines.next();
    return line.done === true ? undefined : line.value;
  } catch {
    return undefined;
  }
}
