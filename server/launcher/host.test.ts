/** The launcher on real processes: what runs, what is left after a stop or a kill, and who may own a data folder. */

import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { standInInstallation, type StandInInstallation } from '../testing/stand-in-installation';
import { startNode } from '../testing/run-source';
import { processesOf } from '../testing/processes-of';
import { tempFolder } from '../testing/temp-folder';
import { waitFor } from '../testing/wait-for';
import { findFreePort, isPortFree } from '../postgres/free-port';
import { attach } from './attach';
import { findOwner } from './ownership';

let made: StandInInstallation;
beforeAll(async () => {
  made = await standInInstallation();
  process.env['STAND_IN'] = JSON.stringify(made.installation);
});

function startStudio(data: string, options: { readonly port?: number; readonly environment?: object } = {}) {
  const port = options.port === undefined ? [] : [String(options.port)];
  return startNode(made.ownStudio, [data, JSON.stringify(made.installation), ...port], {
    cwd: '/',
    env: { ...process.env, ...options.environment },
  });
}

async function startReadyStudio(data: string) {
  const studio = startStudio(data);
  const url = await waitFor('the studio', () => {
    if (studio.child.exitCode !== null) throw new Error(studio.printed());
    return /READY (\S+)/.exec(studio.printed())?.[1];
  });
  return { ...studio, url, port: Number(new URL(url).port) };
}

async function expectNothingLeft(data: string): Promise<void> {
  await waitFor('every process to end', () => processesOf(data).length === 0, 15_000).catch(() => undefined);
  expect(processesOf(data).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))).toEqual([]);
}

function titles(data: string): readonly string[] {
  return processesOf(data)
    .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '')
    .filter((title) => title.startsWith('sluice-'))
    .sort();
}

describe.runIf(process.platform === 'linux')('a studio', () => {
  it('runs its processes under their titles, and leaves neither process nor port', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const studio = await startReadyStudio(data);
    expect(titles(data)).toEqual(expect.arrayContaining(['sluice-query', 'sluice-web', 'sluice-worker']));
    expect(findOwner(path.join(data, 'run'))?.url).toBe(studio.url);
    studio.child.kill('SIGTERM');
    studio.child.kill('SIGINT');
    expect(await studio.ended).toBe(0);
    expect(processesOf(data)).toEqual([]);
    expect(await isPortFree(studio.port)).toBe(true);
    expect(readdirSync(path.join(data, 'run')).filter((name) => name.endsWith('.sock'))).toEqual([]);
  });

  it('leaves nothing behind when its launcher is killed', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const studio = await startReadyStudio(data);
    studio.child.kill('SIGKILL');
    await expectNothingLeft(data);
    expect(await isPortFree(studio.port)).toBe(true);
  });

  it.each([
    ['exec node', 'SIGTERM'],
    ['exec node', 'SIGKILL'],
    ['node', 'SIGTERM'],
  ] as const)('leaves nothing behind when the npm that runs "%s …" alone gets %s', async (node, signal) => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const command = `${node} '${made.ownStudio}' '${data}' "$STAND_IN"`;
    writeFileSync(path.join(place.path, 'package.json'), JSON.stringify({ scripts: { start: command } }));
    const npm = spawn('npm', ['start'], { cwd: place.path, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    let printed = '';
    npm.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await waitFor('the studio', () => printed.includes('READY'));
    npm.kill(signal);
    await expectNothingLeft(data);
  });

  it('ends at once when it is stopped while it starts', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const studio = startStudio(data);
    await waitFor(
      'the claim',
      () => existsSync(path.join(data, 'run')) && findOwner(path.join(data, 'run')) !== undefined,
    );
    studio.child.kill('SIGTERM');
    await studio.ended;
    expect(processesOf(data)).toEqual([]);
  });

  it('starts again at once after its launcher was killed', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const first = await startReadyStudio(data);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await startReadyStudio(data);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    await expectNothingLeft(data);
  });

  it.each(['sluice-worker', 'sluice-query', 'sluice-web'])('starts a killed %s again', async (title) => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const studio = await startReadyStudio(data);
    const pidOf = () => processesOf(data).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(title));
    const before = await waitFor(title, pidOf);
    process.kill(before, 'SIGKILL');
    await waitFor(`another ${title}`, () => {
      const now = pidOf();
      return now !== undefined && now !== before;
    });
    studio.child.kill('SIGTERM');
    expect(await studio.ended).toBe(0);
  });

  it('kills a child that does not stop within five seconds', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const studio = startStudio(data, { environment: { STAND_IN_HANGS: 'worker' } });
    await waitFor('the studio', () => studio.printed().includes('READY'));
    const begin = performance.now();
    studio.child.kill('SIGTERM');
    expect(await studio.ended).toBe(0);
    expect(performance.now() - begin).toBeLessThan(12_000);
    expect(processesOf(data)).toEqual([]);
  });

  it('tells a second one who owns the data folder, and where it answers', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const first = await startReadyStudio(data);
    const second = startStudio(data);
    expect(await second.ended).toBe(2);
    expect(second.printed()).toContain(`HELD ${String(first.child.pid)} ${first.url}`);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('lets exactly one of eight that start at once own the folder', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const all = Array.from({ length: 8 }, () => startStudio(data));
    await waitFor('one ready and seven refused', () => {
      const printed = all.map((studio) => studio.printed());
      return (
        printed.filter((text) => text.includes('HELD')).length === 7 && printed.some((text) => text.includes('READY'))
      );
    });
    for (const studio of all) studio.child.kill('SIGTERM');
    await Promise.all(all.map((studio) => studio.ended));
    await expectNothingLeft(data);
  });

  it('refuses a port that is taken, with the number and the way on', async () => {
    using place = tempFolder();
    const port = await findFreePort();
    const squatter = net.createServer().listen(port, '127.0.0.1');
    const studio = startStudio(path.join(place.path, 'data'), { port });
    expect(await studio.ended).toBe(1);
    expect(studio.printed()).toMatch(new RegExp(`Port ${port} is in use .*--port N`));
    squatter.close();
    await expectNothingLeft(path.join(place.path, 'data'));
  });

  it('says which process does not start, and where its words stand', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const studio = startStudio(data, { environment: { STAND_IN_FAILS: 'query' } });
    expect(await studio.ended).toBe(1);
    expect(studio.printed()).toMatch(/The query process does not start .*logs\/query\.log/);
    expect(readFileSync(path.join(data, 'logs', 'query.log'), 'utf8')).toContain('this child was told to fail');
    await expectNothingLeft(data);
  });

  it('says that its data folder is a file', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    writeFileSync(data, '');
    const studio = startStudio(data);
    await studio.ended;
    expect(studio.printed()).toContain(`The data folder cannot be used: ${data}`);
  });

  it('says that its data folder cannot be written', () => {
    using place = tempFolder({ mode: 0o555 });
    const data = path.join(place.path, 'data');
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const studio = spawnSync(process.execPath, [made.ownStudio, data, '{}'], { cwd: '/', encoding: 'utf8', ...user });
    expect(studio.stderr).toContain(`The data folder cannot be written: ${data} (EACCES)`);
    chmodSync(place.path, 0o755);
  });
});

describe.runIf(process.platform === 'linux')('a command line', () => {
  it('starts what it needs where nothing runs, and leaves nothing', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const attachment = await attach({ dataFolder: data, installation: made.installation });
    expect(titles(data)).toEqual(expect.arrayContaining(['sluice-query', 'sluice-worker']));
    expect(titles(data)).not.toContain('sluice-web');
    await attachment.leave();
    expect(processesOf(data)).toEqual([]);
  });

  it('shares it with another, and the last one to leave ends it', async () => {
    using place = tempFolder();
    const options = { dataFolder: path.join(place.path, 'data'), installation: made.installation };
    const [one, two] = await Promise.all([attach(options), attach(options)]);
    expect(one.welcome).toEqual(two.welcome);
    await one.leave();
    expect(titles(options.dataFolder)).toContain('sluice-worker');
    await two.leave();
    expect(processesOf(options.dataFolder)).toEqual([]);
  });

  it('works beside a running studio and leaves it running', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const studio = await startReadyStudio(data);
    const attachment = await attach({ dataFolder: data, installation: made.installation });
    expect(attachment.welcome.url).toBe(studio.url);
    await attachment.leave();
    expect((await fetch(studio.url)).ok).toBe(true);
    studio.child.kill('SIGTERM');
    expect(await studio.ended).toBe(0);
  });

  it('learns that the studio is gone, and finds another', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    const studio = await startReadyStudio(data);
    const options = { dataFolder: data, installation: made.installation };
    const attachment = await attach(options);
    studio.child.kill('SIGKILL');
    await attachment.lost;
    const again = await attach(options);
    await again.leave();
    await expectNothingLeft(data);
  });

  it('gets the reason when what it needs does not start', async () => {
    using place = tempFolder();
    const data = path.join(place.path, 'data');
    process.env['STAND_IN_FAILS'] = 'worker';
    try {
      const failing = attach({ dataFolder: data, installation: made.installation });
      await expect(failing).rejects.toThrow('The worker process does not start');
    } finally {
      delete process.env['STAND_IN_FAILS'];
    }
    await expectNothingLeft(data);
    expect(existsSync(path.join(data, 'logs', 'worker.log'))).toBe(true);
  });
});
