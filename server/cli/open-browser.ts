/** Opens an address in the person's browser, where there is one to open. */

import { spawn } from 'node:child_process';

/** Does nothing without a display, over SSH, or in CI; a browser that cannot start is not an error. */
export function openBrowser(url: string): void {
  const command = browserCommand();
  if (command === undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function browserCommand(): readonly [string, ...string[]] | undefined {
  const environment = process.env;
  if (environment['CI'] !== undefined || environment['SSH_CONNECTION'] !== undefined) return undefined;
  switch (process.platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['cmd', '/c', 'start', ''];
    default:
      return environment['DISPLAY'] === undefined && environment['WAYLAND_DISPLAY'] === undefined
        ? undefined
        : ['xdg-open'];
  }
}
