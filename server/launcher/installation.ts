/** Where the parts of this installation lie: the checkout, and the bundle this process was started from. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as z from 'zod';

/** The bundles that the launcher forks. */
export type Programs = {
  readonly worker: string;
  readonly query: string;
  readonly web: string;
};

/** Places of one installation, absolute. */
export type Installation = {
  readonly checkout: string;
  /** Names the build: two processes of the same build agree on everything. */
  readonly build: string;
  readonly programs: Programs;
  /** The launcher without a studio, forked by command lines. */
  readonly background: string;
  /** The script that builds the page where its sources changed. */
  readonly pageBuild: string;
};

const zPackageName = z.object({ name: z.string() });

/** Finds the installation around a bundle (`<checkout>/dist/<build>/…`). */
export function findInstallation(bundle: string = fileURLToPath(import.meta.url)): Installation {
  const folder = path.dirname(bundle);
  const at = (name: string) => path.join(folder, `${name}.js`);
  const checkout = findCheckout(folder);
  return {
    checkout,
    build: path.basename(folder),
    programs: { worker: at('worker'), query: at('query'), web: at('web') },
    background: at('background'),
    pageBuild: path.join(checkout, 'server/scripts/build-page.mjs'),
  };
}

function findCheckout(start: string): string {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file) && zPackageName.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.name === 'sluice')
      return folder;
    if (folder === path.dirname(folder)) throw new Error(`no package.json of sluice above ${start}`);
  }
}
