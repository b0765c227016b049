/** A file that executions append to, so that tests see who computed, when, and whether two did at once. */

import { appendFileSync, existsSync, readFileSync } from 'node:fs';

import { isAlive } from '../../launcher/process-identity';

/** Appends `start <pid>`; `overlap <pid>` where an earlier execution of the same journal has not ended. */
export function beginJournal(journal: string | undefined): void {
  if (journal === undefined) return;
  const lines = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n') : [];
  const ended = new Set(lines.filter((line) => line.startsWith('end ')).map((line) => line.slice(4)));
  for (const line of lines) {
    const pid = line.startsWith('start ') ? line.slice(6) : '';
    if (pid !== '' && !ended.has(pid) && isAlive(Number(pid)) && Number(pid) !== process.pid)
      appendFileSync(journal, `overlap ${pid}\n`);
  }
  appendFileSync(journal, `start ${process.pid}\n`);
}

/** Appends `end <pid>`. */
export function endJournal(journal: string | undefined): void {
  if (journal !== undefined) appendFileSync(journal, `end ${process.pid}\n`);
}
