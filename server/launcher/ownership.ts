/**
 * One owner per data folder. Claims are files `run/owner-<generation>`, made whole by a hard link that fails when the
 * name exists. The highest generation counts; it is free when its owner released it or is no longer alive. A released
 * claim stays as a file, so that a slow rival with an old view of the folder collides instead of owning it as well.
 */

import { linkSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';

import * as z from 'zod';

import { processBirth } from './process-identity';

const zOwner = z.object({
  pid: z.number().int(),
  /** Start time of that process: a number alone is handed out again. */
  birth: z.string(),
  nonce: z.string(),
  /** `studio`: somebody started it to look at; `background`: command lines started it and it ends with the last of them. */
  kind: z.enum(['studio', 'background']),
  /** Which build of Sluice it runs. */
  build: z.string(),
  /** Address of the studio, once its page answers. */
  url: z.string().optional(),
  released: z.boolean().optional(),
});
/** Who owns a data folder. */
export type Owner = z.infer<typeof zOwner>;

/** A claim that succeeded. */
export type Ownership = {
  readonly owner: () => Owner;
  /** Adds facts that others read, such as the address. */
  readonly update: (facts: Partial<Pick<Owner, 'url'>>) => void;
  readonly release: () => void;
};

/** What a claim gives: the folder, or who has it. */
export type Claim =
  { readonly state: 'owned'; readonly ownership: Ownership } | { readonly state: 'held'; readonly owner: Owner };

/** Claims the data folder whose `run` folder this is. Never waits. */
export function claimFolder(run: string, about: Pick<Owner, 'kind' | 'build'>): Claim {
  const mine: Owner = { pid: process.pid, birth: processBirth(process.pid) ?? '', nonce: randomUUID(), ...about };
  for (;;) {
    const last = highestGeneration(run);
    const holder = last === undefined ? undefined : readLive(fileOf(run, last));
    if (holder !== undefined) return { state: 'held', owner: holder };
    const generation = (last ?? 0) + 1;
    if (!createClaim(run, generation, mine)) continue;
    if (highestGeneration(run) !== generation) {
      rmSync(fileOf(run, generation), { force: true });
      continue;
    }
    removeOlder(run, generation);
    return { state: 'owned', ownership: hold(run, generation, mine) };
  }
}

/** The live owner of a data folder, or undefined. */
export function findOwner(run: string): Owner | undefined {
  const last = highestGeneration(run);
  return last === undefined ? undefined : readLive(fileOf(run, last));
}

function hold(run: string, generation: number, first: Owner): Ownership {
  let current = first;
  const write = (next: Owner) => {
    current = next;
    const unfinished = path.join(run, `.owner.tmp-${current.nonce}`);
    writeFileSync(unfinished, JSON.stringify(current), { mode: 0o600 });
    renameSync(unfinished, fileOf(run, generation));
  };
  return {
    owner: () => current,
    update: (facts) => {
      write({ ...current, ...facts });
    },
    release: () => {
      if (current.released !== true) write({ ...current, released: true });
    },
  };
}

function createClaim(run: string, generation: number, owner: Owner): boolean {
  const unfinished = path.join(run, `.owner.tmp-${owner.nonce}`);
  writeFileSync(unfinished, JSON.stringify(owner), { mode: 0o600 });
  try {
    linkSync(unfinished, fileOf(run, generation));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function readLive(file: string): Owner | undefined {
  try {
    const owner = zOwner.parse(JSON.parse(readFileSync(file, 'utf8')));
    return owner.released !== true && processBirth(owner.pid) === owner.birth ? owner : undefined;
  } catch {
    return undefined;
  }
}

const CLAIM = /^owner-(\d+)$/;

function fileOf(run: string, generation: number): string {
  return path.join(run, `owner-${generation}`);
}

function generations(run: string): readonly number[] {
  return readdirSync(run).flatMap((name) => {
    const match = CLAIM.exec(name)?.[1];
    return match === undefined ? [] : [Number(match)];
  });
}

function highestGeneration(run: string): number | undefined {
  return generations(run).reduce<number | undefined>((most, next) => Math.max(most ?? 0, next), undefined);
}

function removeOlder(run: string, generation: number): void {
  for (const other of generations(run)) if (other < generation) rmSync(fileOf(run, other), { force: true });
}
