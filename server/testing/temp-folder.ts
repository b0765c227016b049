/** Temporary folders of tests. */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A new folder below the system's temporary one; disposing removes it. */
export function tempFolder(options: { readonly mode?: number } = {}): Disposable & { readonly path: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sluice-test-'));
  chmodSync(folder, options.mode ?? 0o755);
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
