/**
 * Starts PostgreSQL under a small shell that holds the reading end of a pipe from this process. When this process ends,
 * even by SIGKILL, the pipe closes and the shell stops PostgreSQL: nothing stays behind, and nothing else has to notice.
 */

import { spawn, type ChildProcess } from 'node:child_process';

import type { Account } from './account';

const GUARD = `
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
{ read -r _ <&3; kill -INT $server; } 2>/dev/null &
reader=$!
exec 3<&-
wait $server
code=$?
kill $reader 2>/dev/null
exit $code
`;

/** A running PostgreSQL and its guard. */
export type GuardedProcess = {
  /** Settles with the exit code when PostgreSQL, or its guard, has ended. */
  readonly ended: Promise<number>;
  readonly hasEnded: () => boolean;
  /** Asks PostgreSQL to stop at once, its clients disconnected (fast shutdown). Does not wait. */
  readonly stop: () => void;
};

/** Starts a program as the account says; `log` is the file descriptor that takes all it prints. */
export function startGuarded(account: Account, command: readonly string[], log: number): GuardedProcess {
  const line = [...account.prefix, ...command];
  const isWindows = process.platform === 'win32';
  const [program = '', ...args] = isWindows ? line : ['/bin/sh', '-c', GUARD, 'sluice-postgres', ...line];
  const child = spawn(program, args, {
    stdio: ['pipe', log, log],
    // Its own process group: Ctrl-C in the terminal must not reach it before the others have stopped.
    detached: !isWindows,
    windowsHide: true,
    cwd: account.uid === undefined && account.prefix.length === 0 ? account.folder : '/',
    env: { ...process.env, LC_ALL: 'C' },
    ...(account.uid !== undefined && { uid: account.uid, gid: account.uid }),
  });
  return follow(child);
}

function follow(child: ChildProcess): GuardedProcess {
  let hasEnded = false;
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<number>((resolve) => {
    const settle = (code: number) => {
      hasEnded = true;
      resolve(code);
    };
    child.once('error', () => {
      settle(127);
    });
    child.once('exit', (code) => {
      settle(code ?? 1);
    });
  });
  return {
    ended,
    hasEnded: () => hasEnded,
    stop: () => {
      child.stdin?.end();
      if (process.platform === 'win32') child.kill('SIGINT');
    },
  };
}
