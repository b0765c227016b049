/** What every spec starts from: one studio per worker, and pages that must not break the policy or log an error. */

import { expect, test as base } from '@playwright/test';

import { startStudio, type Studio } from './support/studio';

/** A build of the page may come first. */
const START_LIMIT_MS = 400_000;

/** Errors that a test provokes on purpose: a stopped or refused server. */
const EXPECTED = /net::ERR_|status of 4\d\d|status of 503/;

type TestFixtures = { readonly guarded: undefined };
type WorkerFixtures = { readonly studio: Studio };

/** Playwright's `test` with a studio. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  studio: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      const studio = await startStudio();
      await use(studio);
      await studio.stop();
    },
    { scope: 'worker', timeout: START_LIMIT_MS },
  ],
  baseURL: async ({ studio }, use) => {
    await use(studio.url);
  },
  guarded: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' && !EXPECTED.test(message.text())) errors.push(message.text());
      });
      context.on('weberror', (error) => {
        errors.push(error.error().message);
      });
      await use(undefined);
      expect(errors, 'errors in the console').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
