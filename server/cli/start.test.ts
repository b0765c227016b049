/** `sluice start` as a whole: the real page, worker, query process and database, started twice, joined, killed, stopped. */

import { mkdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { findFreePort, isPortFree } from '../postgres/free-port';
import { documentOf, sluice, startSluice, type Calling } from '../testing/command-line';
import { processesOf } from '../testing/processes-of';
import { tempFolder } from '../testing/temp-folder';
import { waitFor } from '../testing/wait-for';

/** The first start of a checkout builds the page. */
const BUILD_PATIENCE_MS = 240_000;

let place: ReturnType<typeof tempFolder>;
let data = '';
const started: Calling[] = [];
beforeEach(() => {
  place = tempFolder();
  data = path.join(place.path, 'data');
});
afterEach(async () => {
  for (const calling of started.splice(0)) {
    calling.kill('SIGTERM');
    await calling.ended;
  }
  await waitFor('every process to end', () => processesOf(data).length === 0);
  place[Symbol.dispose]();
});

async function startStudio(port: number): Promise<Calling> {
  const calling = startSluice(['start', '--no-open', '--json', '--data', data, '--port', String(port)]);
  started.push(calling);
  const exited = calling.ended.then(({ stderr }) => {
    throw new Error(stderr);
  });
  await Promise.race([waitFor('the studio', () => calling.stdout().includes('}'), BUILD_PATIENCE_MS), exited]);
  return calling;
}

describe('sluice start', { timeout: BUILD_PATIENCE_MS + 60_000 }, () => {
  it('serves the page until it is stopped, then leaves neither process nor port', async () => {
    const port = await findFreePort();
    const studio = await startStudio(port);
    const document = documentOf({ code: 0, stdout: studio.stdout(), stderr: '' }, 'answers/start');
    expect(document).toMatchObject({ url: `http://127.0.0.1:${port}`, pid: studio.pid, alreadyRunning: false });
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);

    const second = await sluice(['start', '--no-open', '--json', '--data', data]);
    expect(second.code).toBe(0);
    expect(documentOf(second, 'answers/start')).toMatchObject({ pid: studio.pid, alreadyRunning: true });
    const elsewhere = await sluice(['start', '--no-open', '--json', '--data', data, '--port', String(port - 1)]);
    expect(elsewhere.code).toBe(2);
    expect(documentOf(elsewhere, 'answers/error')).toMatchObject({
      error: { message: expect.stringContaining(`already runs at http://127.0.0.1:${port}`) as unknown },
    });

    studio.kill('SIGTERM');
    studio.kill('SIGINT');
    expect((await studio.ended).code).toBe(0);
    expect(processesOf(data)).toEqual([]);
    expect(await isPortFree(port)).toBe(true);
  });

  it('serves the same folder and port again after everything of it was killed at once', async () => {
    const port = await findFreePort();
    const first = await startStudio(port);
    const all = [first.pid, ...processesOf(data)];
    for (const pid of all) process.kill(pid, 'SIGKILL');
    await first.ended;
    await startStudio(port);
    expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
  });

  it('adds the page to what a command line keeps running, and keeps that running after the command', async () => {
    mkdirSync(data, { recursive: true });
    const port = await findFreePort();
    const [listed] = await Promise.all([sluice(['runs', 'list', '--json', '--data', data]), startStudio(port)]);
    expect(listed.code).toBe(0);
    expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
  });

  it('refuses a port that is taken, before it builds anything', async () => {
    const port = await findFreePort();
    const squatter = net.createServer().listen(port, '127.0.0.1');
    const called = await sluice(['start', '--no-open', '--json', '--data', data, '--port', String(port)]);
    squatter.close();
    expect(called.code).toBe(2);
    expect(documentOf(called, 'answers/error')).toMatchObject({
      error: { message: expect.stringMatching(/is in use by another program.*--port N/) as unknown },
    });
  });
});
