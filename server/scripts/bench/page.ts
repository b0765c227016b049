/** The built page, which some claims need. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const BUILD = path.resolve(import.meta.dirname, '../build-page.mjs');

/** Builds the page where its sources changed. Throws when that fails. */
export async function ensurePage(): Promise<void> {
  const child = spawn(process.execPath, [BUILD], { stdio: ['pipe', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as unknown[];
  if (code !== 0) throw new Error('the page could not be built');
}
