/**
 * The host: owns a data folder, starts what works on it (database, worker, query process, later the page), keeps it
 * alive and stops it in order. `sluice start` is a host with a page; command lines share one without.
 */

import path from 'node:path';

import { AppError } from '../../lib/errors';
import { migrateDatabase, migrationsFolder } from '../db/migrate';
import { ensurePostgres, type Postgres } from '../postgres/ensure-postgres';
import { listenForClients, type Control, type Welcome } from './control';
import { localSocket, prepareDataFolder, type DataFolder } from './data-folder';
import type { Installation } from './installation';
import { claimFolder, type Owner, type Ownership } from './ownership';
import { supervise, type Supervised } from './supervise';
import { openWebProcess } from './web-process';

/** Options of {@link startHost}. */
export type HostOptions = {
  readonly dataFolder: string;
  readonly kind: Owner['kind'];
  readonly installation: Installation;
  /** `DATABASE_URL`: a PostgreSQL of yours. */
  readonly databaseUrl?: string | undefined;
  /** Told what a person should know, a sentence at a time. */
  readonly notify: (sentence: string) => void;
  /** Called when the number of command lines on it falls; `stop` ends the host. Default: they do not matter. */
  readonly onLeave?: (left: number) => 'stay' | 'stop';
  readonly onJoin?: () => void;
  /** What a studio wants done on its migrated database while its processes start. Its failure is told, not fatal. */
  readonly prepare?: (folder: DataFolder, databaseUrl: string) => Promise<void>;
};

/** A data folder that is served. */
export type Host = {
  readonly folder: DataFolder;
  /** Settles when database, worker and query process can work. Rejects with the reason when one cannot. */
  readonly ready: Promise<void>;
  /** Builds the page where needed, serves it, and returns its address; a second call returns the same one. */
  readonly openWeb: (port?: number) => Promise<string>;
  /** Stops everything in order and settles when no process is left. Safe to call again. */
  readonly stop: () => Promise<void>;
  /** Settles when it has stopped, whoever asked. The process should exit then: that lets its clients go. */
  readonly stopped: Promise<void>;
};

/** What {@link startHost} gives: the host, or who else has the data folder. */
export type HostClaim =
  { readonly state: 'owned'; readonly host: Host } | { readonly state: 'held'; readonly owner: Owner };

/** Claims a data folder and begins to serve it. Throws `storage-…` when the folder cannot be used. */
export async function startHost(options: HostOptions): Promise<HostClaim> {
  const folder = prepareDataFolder(options.dataFolder);
  const claim = claimFolder(folder.run, { kind: options.kind, build: options.installation.build });
  if (claim.state === 'held') return claim;
  const parts = new HostParts(options, folder, claim.ownership);
  await parts.listen();
  return { state: 'owned', host: parts };
}

class HostParts implements Host {
  readonly ready: Promise<void>;
  private readonly migrated: Promise<void>;
  private postgres: Postgres | undefined;
  private control: Control | undefined;
  private readonly children: Partial<Record<'worker' | 'query' | 'web', Supervised>> = {};
  private web: Promise<string> | undefined;
  private stopping: Promise<void> | undefined;
  private readonly querySocket: string;
  private preparing: Promise<void> | undefined;
  private readonly abort = new AbortController();
  private settleStopped: () => void = () => undefined;
  readonly stopped = new Promise<void>((resolve) => {
    this.settleStopped = resolve;
  });

  constructor(
    private readonly options: HostOptions,
    readonly folder: DataFolder,
    private readonly ownership: Ownership,
  ) {
    this.querySocket = localSocket(folder, 'query');
    this.migrated = this.openStore();
    this.ready = this.begin();
    for (const promise of [this.migrated, this.ready]) promise.catch(() => undefined);
  }

  async listen(): Promise<void> {
    this.control = await listenForClients({
      socket: localSocket(this.folder, 'control'),
      welcome: () => this.ready.then(() => this.welcome()),
      openWeb: (port) => this.openWeb(port),
      onJoin: () => this.options.onJoin?.(),
      onLeave: (left) => {
        if (this.options.onLeave?.(left) !== 'stop') return 'goodbye';
        void this.stop();
        return 'wait';
      },
    });
  }

  private welcome(): Welcome {
    const { build } = this.options.installation;
    const { url } = this.ownership.owner();
    const welcome = { type: 'welcome', build, databaseUrl: this.url(), querySocket: this.querySocket } as const;
    return url === undefined ? welcome : { ...welcome, url };
  }

  openWeb(port?: number): Promise<string> {
    this.web ??= this.startWeb(port);
    this.web.catch(() => {
      this.web = undefined;
    });
    return this.web;
  }

  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async openStore(): Promise<void> {
    const { databaseUrl, notify, installation } = this.options;
    this.postgres = await ensurePostgres(this.folder, { databaseUrl, notify });
    this.requireGoingOn();
    await migrateDatabase(this.postgres.url, migrationsFolder(installation.checkout));
    this.requireGoingOn();
  }

  private async begin(): Promise<void> {
    await this.migrated;
    const { notify, installation } = this.options;
    this.preparing = this.options.prepare?.(this.folder, this.url()).catch((error: unknown) => {
      notify(`Not everything could be prepared: ${error instanceof Error ? error.message : String(error)}`);
    });
    for (const name of ['query', 'worker'] as const)
      this.children[name] = this.fork({ name, file: installation.programs[name] });
    await Promise.all([this.children.query?.ready, this.children.worker?.ready]);
  }

  private async startWeb(port: number | undefined): Promise<string> {
    const { installation, notify } = this.options;
    const { nonce } = this.ownership.owner();
    const opened = await openWebProcess({
      pageBuild: installation.pageBuild,
      port,
      nonce,
      notify,
      signal: this.abort.signal,
      fork: async (webPort) => {
        await this.migrated;
        this.requireGoingOn();
        const web = this.fork({ name: 'web', file: installation.programs.web, port: webPort });
        this.children.web = web;
        return web;
      },
    });
    await this.ready;
    this.ownership.update({ url: opened });
    return opened;
  }

  private fork(program: { readonly name: string; readonly file: string; readonly port?: number }): Supervised {
    return supervise({
      name: program.name,
      file: program.file,
      logFile: path.join(this.folder.logs, `${program.name}.log`),
      notify: this.options.notify,
      environment: {
        ...process.env,
        NODE_ENV: 'production',
        SLUICE_DATA: this.folder.root,
        DATABASE_URL: this.url(),
        SLUICE_NONCE: this.ownership.owner().nonce,
        SLUICE_QUERY_SOCKET: this.querySocket,
        ...(program.port !== undefined && { SLUICE_PORT: String(program.port) }),
      },
    });
  }

  private async end(): Promise<void> {
    this.abort.abort();
    this.control?.close();
    await this.stopChildren();
    // A start that is still under way ends at its next step, since `stopping` is set; what it began meanwhile ends too.
    await Promise.allSettled([this.web, this.ready, this.preparing]);
    await this.stopChildren();
    await this.postgres?.stop();
    this.ownership.release();
    this.settleStopped();
  }

  /** The page first, so that nobody asks for what is going away. */
  private async stopChildren(): Promise<void> {
    for (const name of ['web', 'query', 'worker'] as const) await this.children[name]?.stop();
  }

  private url(): string {
    if (this.postgres === undefined) throw new Error('the database was asked for before it was there');
    return this.postgres.url;
  }

  private requireGoingOn(): void {
    if (this.stopping !== undefined) throw new AppError('canceled', 'The studio was stopped while it started.');
  }
}
