/**
 * As whom PostgreSQL runs. It refuses to run as root, so root hands it to `nobody`; where `nobody` cannot reach the
 * programs or the data (a folder with mode 0700 on the way), a user namespace helps, and where that is forbidden, a copy
 * of the programs and a data place outside.
 */

import { spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

import { binariesAt, type PostgresBinaries } from './binaries';

/** `nobody` and `nogroup` on Debian and everywhere else we know; initdb needs a uid with a name. */
const NOBODY = 65_534;

/** How the programs are started, and where. */
export type Account = {
  /** Switch to this user before the program starts; undefined: stay. */
  readonly uid: number | undefined;
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  /** Who owns the database's files on disk; undefined: whoever makes them. */
  readonly owner: number | undefined;
  readonly binaries: PostgresBinaries;
  /** The folder that holds everything of the database. */
  readonly folder: string;
  /** Said once to the person when something lies elsewhere than expected. */
  readonly notice: string | undefined;
};

/** What {@link chooseAccount} decides on; the last three are replaced in tests. */
export type AccountQuestion = {
  readonly binaries: PostgresBinaries;
  /** `<data>/postgres`. */
  readonly folder: string;
  readonly isRoot?: boolean;
  readonly canUnshare?: () => boolean;
  /** Where copies go that `nobody` must reach. */
  readonly outside?: string;
};

const UNSHARE = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'] as const;

/** Decides as whom PostgreSQL runs, and makes its folder belong to that user. */
export function chooseAccount(question: AccountQuestion): Account {
  const { binaries, folder, isRoot = process.getuid?.() === 0, canUnshare = unshareWorks } = question;
  const stay = { uid: undefined, prefix: [], owner: undefined, binaries, folder, notice: undefined };
  mkdirSync(path.dirname(folder), { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  if (!isRoot) return ready(stay);
  const asNobody = { ...stay, uid: NOBODY, owner: NOBODY };
  if (reachableByOthers(path.dirname(folder)) && reachableByOthers(binaries.postgres)) return ready(asNobody);
  if (canUnshare()) return ready({ ...stay, prefix: UNSHARE, owner: 0 });
  return ready(moveOutside(asNobody, question.outside ?? '/var/lib/sluice'));
}

function unshareWorks(): boolean {
  const [program, ...args] = UNSHARE;
  return spawnSync(program, [...args, 'true'], { stdio: 'ignore', cwd: '/' }).status === 0;
}

function moveOutside(account: Account, outside: string): Account {
  const reachable = 0o755;
  mkdirSync(outside, { recursive: true, mode: reachable });
  const root = path.join(outside, `postgres-${account.binaries.version}`);
  if (!existsSync(root)) {
    const copy = `${root}.tmp-${process.pid}`;
    cpSync(account.binaries.root, copy, { recursive: true, verbatimSymlinks: true });
    renameSync(copy, root);
  }
  const folder = path.join(outside, account.folder.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^-/, ''));
  return {
    ...account,
    binaries: binariesAt(root, account.binaries.version),
    folder,
    notice: `As root, PostgreSQL runs as "nobody", who cannot reach ${account.folder}. The database lies in ${folder} instead.`,
  };
}

/** True when somebody who owns nothing here can reach a path: every folder above it, and itself, lets others through. */
export function reachableByOthers(place: string): boolean {
  let current = realpathSync(place);
  for (;;) {
    if ((statSync(current).mode & 0o001) === 0) return false;
    const above = path.dirname(current);
    if (above === current) return true;
    current = above;
  }
}

function ready(account: Account): Account {
  mkdirSync(account.folder, { recursive: true, mode: 0o700 });
  if (account.owner !== undefined && statSync(account.folder).uid !== account.owner)
    giveTo(account.folder, account.owner);
  return account;
}

/** Gives a folder and all in it to a user; the folder itself last, so that an interrupted round is begun again. */
export function giveTo(place: string, owner: number): void {
  if (lstatSync(place).isDirectory()) for (const name of readdirSync(place)) giveTo(path.join(place, name), owner);
  if (!lstatSync(place).isSymbolicLink()) chownSync(place, owner, owner);
}
