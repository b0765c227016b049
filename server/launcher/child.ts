/**
 * The contract between the launcher and the processes it forks (`sluice-web`, `sluice-query`, `sluice-worker`).
 *
 * A child is forked with IPC and the environment of {@link readChildEnvironment}. It calls {@link exitWithParent} first,
 * starts its work, then calls {@link announceReady}. It ends on SIGTERM and when the IPC channel closes, which is how the
 * death of the launcher shows, SIGKILL included. SIGINT is ignored: Ctrl-C reaches the whole process group, and the
 * launcher alone decides the order in which processes stop.
 */

import * as z from 'zod';

const BYTES_PER_GB = 1e9;

const zEnvironment = z.object({
  SLUICE_DATA: z.string().min(1),
  DATABASE_URL: z.string().min(1),
  SLUICE_NONCE: z.string().min(1),
  SLUICE_QUERY_SOCKET: z.string().min(1),
  SLUICE_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  SLUICE_UPLOAD_LIMIT_GB: z.coerce.number().positive().default(20),
});

/** What the launcher tells a child through its environment. */
export type ChildEnvironment = {
  /** The data folder, absolute (`SLUICE_DATA`). Its layout stands in `data-folder.ts`. */
  readonly dataFolder: string;
  /** PostgreSQL, password included (`DATABASE_URL`): never to be logged. */
  readonly databaseUrl: string;
  /** Names this launch (`SLUICE_NONCE`): the health answer of the web process carries it. */
  readonly nonce: string;
  /** The local socket on which the query process listens, and on which others ask it (`SLUICE_QUERY_SOCKET`). */
  readonly querySocket: string;
  /** The port of the web process (`SLUICE_PORT`); undefined for the others. */
  readonly port: number | undefined;
  /** Most bytes of one upload (`SLUICE_UPLOAD_LIMIT_GB`, in units of 10⁹ bytes; default 20). */
  readonly uploadLimitBytes: number;
};

/** Parses the environment of a child. Throws when the launcher did not set it: the process was started by hand. */
export function readChildEnvironment(environment: NodeJS.ProcessEnv = process.env): ChildEnvironment {
  const parsed = zEnvironment.parse(environment);
  return {
    dataFolder: parsed.SLUICE_DATA,
    databaseUrl: parsed.DATABASE_URL,
    nonce: parsed.SLUICE_NONCE,
    querySocket: parsed.SLUICE_QUERY_SOCKET,
    port: parsed.SLUICE_PORT,
    uploadLimitBytes: parsed.SLUICE_UPLOAD_LIMIT_GB * BYTES_PER_GB,
  };
}

/** What a child says when it can work. The web process adds the port it listens on. */
export const zReadyMessage = z.object({
  type: z.literal('ready'),
  pid: z.number().int(),
  port: z.number().int().optional(),
});
/** See {@link zReadyMessage}. */
export type ReadyMessage = z.infer<typeof zReadyMessage>;

/** Tells the launcher that this process can work. Does nothing without a launcher. */
export function announceReady(details: { readonly port?: number } = {}): void {
  const message: ReadyMessage = { type: 'ready', pid: process.pid, ...details };
  process.send?.(message);
}

/** Why a child ends: the launcher asked (`asked`), or it is gone (`orphaned`), and nobody waits for a tidy end. */
export type ExitReason = 'asked' | 'orphaned';

/** Options of {@link exitWithParent}. */
export type ExitWithParentOptions = {
  /** Shown by `ps`: `sluice-worker`. */
  readonly title: string;
  /** Ends the work. Called once; the process exits when it settles, or after {@link STOP_LIMIT_MS}. */
  readonly stop: (reason: ExitReason) => Promise<void> | void;
  /** True where DuckDB or other native threads may be at work: `process.exit` would wait for them. Default false. */
  readonly nativeWork?: boolean;
};

/**
 * Ends this process at once, whatever its native threads do. `process.exit` joins them first, and so hangs for as long as
 * a DuckDB statement runs; only the operating system ends such a process.
 */
export function endNow(): never {
  process.kill(process.pid, 'SIGKILL');
  return process.exit(1);
}

/** How long a child's own `stop` may take, in ms. The launcher kills at 5 s. */
export const STOP_LIMIT_MS = 4_000;

/** Titles this process and ends it with its launcher: on SIGTERM and when the IPC channel closes. */
export function exitWithParent(options: ExitWithParentOptions): void {
  process.title = options.title;
  let stopping = false;
  const exit = (code: number): void => (options.nativeWork === true ? endNow() : process.exit(code));
  const end = (reason: ExitReason): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      exit(1);
    }, STOP_LIMIT_MS).unref();
    Promise.resolve()
      .then(() => options.stop(reason))
      .then(
        () => {
          exit(0);
        },
        (error: unknown) => {
          process.stderr.write(`${options.title} did not stop cleanly: ${String(error)}\n`);
          exit(1);
        },
      );
  };
  process.on('SIGTERM', () => {
    end('asked');
  });
  process.on('SIGINT', () => {
    if (process.send === undefined) end('asked');
  });
  process.on('disconnect', () => {
    end('orphaned');
  });
}
