/** The READMEs of components, as they lie beside their specs in this installation. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Catalog } from '../../lib/catalog/index';
import { specOf } from '../../lib/pipeline/spec-of';
import { findInstallation } from '../launcher/installation';

/** The README of a component; empty where it has none, or where there is no such component. */
export async function readComponentReadme(catalog: Catalog, component: string): Promise<string> {
  // Only names of the catalog become paths.
  const spec = specOf(catalog, component);
  if (spec === undefined) return '';
  const folder = spec.type.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
  const file = path.join(findInstallation().checkout, 'lib/catalog', folder, 'README.md');
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
