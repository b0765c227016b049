/** The embedded database on real processes: started, killed, taken over, stopped, as root and as an ordinary user. */

import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';

import { dataFolderAt } from '../launcher/data-folder';
import { isAlive } from '../launcher/process-identity';
import { bundleSource, startNode } from '../testing/run-source';
import { tempFolder } from '../testing/temp-folder';
import { waitFor } from '../testing/wait-for';
import { chooseAccount, reachableByOthers } from './account';
import { findBinaries } from './binaries';
import { ensurePostgres, type Postgres } from './ensure-postgres';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

async function pidOf(postgres: Postgres): Promise<number> {
  return waitFor('a postmaster', () => postgres.pid() ?? undefined);
}

describe('ensurePostgres', { timeout: 60_000 }, () => {
  it('keeps data, port and password over a stop, and leaves no process', async () => {
    using place = tempFolder();
    const folder = dataFolderAt(path.join(place.path, 'data'));
    const first = await ensurePostgres(folder);
    await ask(first.url, 'create table kept as select 42 as answer');
    const firstPid = await pidOf(first);
    await first.stop();
    expect(isAlive(firstPid)).toBe(false);

    const second = await ensurePostgres(folder);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
    await second.stop();
  });

  it('listens on loopback alone, asks for the password, and keeps it from other users', async () => {
    using place = tempFolder();
    const folder = dataFolderAt(path.join(place.path, 'data'));
    const postgres = await ensurePostgres(folder);
    try {
      expect(await ask(postgres.url, `select current_setting('listen_addresses') as answer`)).toBe('127.0.0.1');
      const guessed = new URL(postgres.url);
      guessed.password = 'guessed';
      await expect(ask(guessed.href, 'select 1')).rejects.toThrow(/password/);
      expect(statSync(path.join(folder.postgres, 'password')).mode & 0o777).toBe(0o600);
    } finally {
      await postgres.stop();
    }
  });

  it('F07 brings a killed server back on the same address, with everything committed', async () => {
    using place = tempFolder();
    const said: string[] = [];
    const postgres = await ensurePostgres(dataFolderAt(path.join(place.path, 'data')), {
      notify: (sentence) => said.push(sentence),
    });
    try {
      await ask(postgres.url, 'create table kept as select 7 as answer');
      const pid = await pidOf(postgres);
      process.kill(pid, 'SIGKILL');
      await waitFor('another postmaster', () => {
        const now = postgres.pid();
        return now !== null && now !== pid;
      });
      expect(await ask(postgres.url, 'select answer from kept')).toBe(7);
      expect(said.at(-1)).toBe('The database is back.');
    } finally {
      await postgres.stop();
    }
  });

  it('survives a stop right after a kill', async () => {
    using place = tempFolder();
    const postgres = await ensurePostgres(dataFolderAt(path.join(place.path, 'data')));
    const pid = await pidOf(postgres);
    process.kill(pid, 'SIGKILL');
    await postgres.stop();
    expect(isAlive(pid)).toBe(false);
    expect(postgres.pid()).toBeNull();
  });

  it('starts over a stale postmaster.pid that names a stranger', async () => {
    using place = tempFolder();
    const folder = dataFolderAt(path.join(place.path, 'data'));
    const first = await ensurePostgres(folder);
    await first.stop();
    writeFileSync(path.join(folder.postgres, 'data', 'postmaster.pid'), `${process.pid}\n`);
    const second = await ensurePostgres(folder);
    expect(await ask(second.url, 'select 1 as answer')).toBe(1);
    await second.stop();
  });

  it('throws an interrupted initialisation away', async () => {
    using place = tempFolder();
    const folder = dataFolderAt(path.join(place.path, 'data'));
    mkdirSync(path.join(folder.postgres, 'data.tmp-1', 'base'), { recursive: true });
    const postgres = await ensurePostgres(folder);
    await postgres.stop();
    expect(existsSync(path.join(folder.postgres, 'data.tmp-1'))).toBe(false);
  });

  it('serves two data folders at once', async () => {
    using place = tempFolder();
    const at = (name: string) => ensurePostgres(dataFolderAt(path.join(place.path, name)));
    const [one, two] = await Promise.all([at('one'), at('two')]);
    expect(one.url).not.toBe(two.url);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('says why a database of another version is refused', async () => {
    using place = tempFolder();
    const folder = dataFolderAt(path.join(place.path, 'data'));
    mkdirSync(path.join(folder.postgres, 'data'), { recursive: true });
    writeFileSync(path.join(folder.postgres, 'data', 'PG_VERSION'), '9\n');
    await expect(ensurePostgres(folder)).rejects.toThrow(/of PostgreSQL 9; this Sluice has/);
  });

  it('uses the PostgreSQL of DATABASE_URL and never stops it', async () => {
    using place = tempFolder();
    const theirs = await ensurePostgres(dataFolderAt(path.join(place.path, 'theirs')));
    try {
      const folder = dataFolderAt(path.join(place.path, 'ours'));
      const used = await ensurePostgres(folder, { databaseUrl: theirs.url });
      expect(used.pid()).toBeNull();
      await used.stop();
      expect(await ask(theirs.url, 'select 1 as answer')).toBe(1);
      expect(existsSync(folder.postgres)).toBe(false);
    } finally {
      await theirs.stop();
    }
  });

  it('says that the PostgreSQL of DATABASE_URL does not answer', async () => {
    using place = tempFolder();
    const databaseUrl = 'postgresql://nobody:secret-word@127.0.0.1:1/none';
    const refused = ensurePostgres(dataFolderAt(place.path), { databaseUrl });
    await expect(refused).rejects.toThrow(/DATABASE_URL does not answer/);
    await expect(refused).rejects.not.toThrow(/secret-word/);
  });

  it.each(['secret-word', 'mysql://nobody:secret-word@127.0.0.1/none'])(
    'says that %s is not the address of a PostgreSQL, without repeating it',
    async (databaseUrl) => {
      using place = tempFolder();
      const refused = ensurePostgres(dataFolderAt(place.path), { databaseUrl });
      await expect(refused).rejects.toThrow(/^DATABASE_URL is not the address of a PostgreSQL\.$/);
    },
  );
});

describe('a killed owner', { timeout: 60_000 }, () => {
  let script = '';
  beforeAll(async () => {
    script = await bundleSource('server/testing/own-postgres.ts');
  });

  async function startOwner(folder: string, options: { readonly uid?: number } = {}) {
    const owner = startNode(script, [folder], { ...options, cwd: '/', env: { ...process.env, HOME: '/' } });
    const line = await waitFor('the owner to be ready', () => {
      if (owner.child.exitCode !== null) throw new Error(owner.printed());
      return /READY (\S+) (\d+)/.exec(owner.printed()) ?? undefined;
    });
    return { ...owner, url: line[1] ?? '', pid: Number(line[2]) };
  }

  it('leaves no database behind', async () => {
    using place = tempFolder();
    const owner = await startOwner(path.join(place.path, 'data'));
    owner.child.kill('SIGKILL');
    await waitFor('the database to end', () => !isAlive(owner.pid), 10_000);
  });

  it('is followed at once by another one on the same data', async () => {
    using place = tempFolder();
    const folder = path.join(place.path, 'data');
    const first = await startOwner(folder);
    await ask(first.url, 'create table kept as select 5 as answer');
    first.child.kill('SIGKILL');
    const second = await startOwner(folder);
    expect(await ask(second.url, 'select answer from kept')).toBe(5);
    expect(isAlive(first.pid)).toBe(false);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(isAlive(second.pid)).toBe(false);
  });

  it('does not matter when its guard was killed before', async () => {
    using place = tempFolder();
    const folder = path.join(place.path, 'data');
    const first = await startOwner(folder);
    const guard = Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${first.pid}/status`, 'utf8'))?.[1]);
    first.child.kill('SIGSTOP');
    process.kill(guard, 'SIGKILL');
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await startOwner(folder);
    expect(isAlive(first.pid)).toBe(false);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it.runIf(isRoot && reachableByOthers(findBinaries().postgres))(
    'works as an ordinary user, whose files stay private',
    async () => {
      using place = tempFolder();
      const folder = path.join(place.path, 'data');
      mkdirSync(folder);
      chownSync(folder, NOBODY, NOBODY);
      const owner = await startOwner(folder, { uid: NOBODY });
      expect(await ask(owner.url, 'select 1 as answer')).toBe(1);
      expect(statSync(path.join(folder, 'postgres')).mode & 0o077).toBe(0);
      owner.child.kill('SIGTERM');
      expect(await owner.ended).toBe(0);
      expect(isAlive(owner.pid)).toBe(false);
    },
  );
});

describe.runIf(isRoot)('root', { timeout: 60_000 }, () => {
  it('keeps a database below a folder that only root may enter', async () => {
    using place = tempFolder({ mode: 0o700 });
    const folder = dataFolderAt(path.join(place.path, 'data'));
    const postgres = await ensurePostgres(folder);
    expect(await ask(postgres.url, 'select 1 as answer')).toBe(1);
    await postgres.stop();
    chmodSync(place.path, 0o755);
    const again = await ensurePostgres(folder);
    expect(again.url).toBe(postgres.url);
    expect(statSync(path.join(folder.postgres, 'data')).uid).toBe(NOBODY);
    await again.stop();
  });

  it('moves the database outside where no user namespace is to be had, and says where', () => {
    using place = tempFolder({ mode: 0o700 });
    using outside = tempFolder();
    const account = chooseAccount({
      binaries: findBinaries(),
      folder: path.join(place.path, 'data', 'postgres'),
      canUnshare: () => false,
      outside: outside.path,
    });
    expect(account.folder.startsWith(outside.path)).toBe(true);
    expect(account.notice).toContain(account.folder);
    expect(statSync(account.folder).uid).toBe(NOBODY);
    expect(existsSync(account.binaries.postgres)).toBe(true);
  });
});
