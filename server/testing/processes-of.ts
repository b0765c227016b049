/** The processes that serve a data folder, as Linux lists them. */

import { readFileSync, readdirSync } from 'node:fs';

import { isAlive } from '../launcher/process-identity';

/** Numbers of all processes that serve a data folder: children by their environment, PostgreSQL by its command line. */
export function processesOf(data: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isAlive(pid) && speaksOf(pid, data));
}

function speaksOf(pid: number, data: string): boolean {
  const read = (file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  return read('cmdline').includes(data) || read('environ').includes(`SLUICE_DATA=${data}\0`);
}
