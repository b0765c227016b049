/** An installation whose worker, query process and page are stand-ins, for tests of the launcher itself. */

import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Installation } from '../launcher/installation';
import { bundleSource } from './run-source';

/** What tests start: the installation, and a script `own-studio` that serves a data folder with it. */
export type StandInInstallation = { readonly installation: Installation; readonly ownStudio: string };

/** Bundles the stand-ins. Takes about a second. */
export async function standInInstallation(): Promise<StandInInstallation> {
  const child = await bundleSource('server/testing/stand-in-child.ts');
  const ownStudio = await bundleSource('server/testing/own-studio.ts');
  const folder = path.dirname(child);
  const at = (name: string) => path.join(folder, `${name}.mjs`);
  for (const name of ['worker', 'query', 'web']) copyFileSync(child, at(name));
  writeFileSync(at('no-page-build'), '');
  const installation: Installation = {
    checkout: path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'),
    build: 'stand-in',
    programs: { worker: at('worker'), query: at('query'), web: at('web') },
    background: ownStudio,
    pageBuild: at('no-page-build'),
  };
  return { installation, ownStudio };
}
