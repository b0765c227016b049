import { defineConfig, devices } from '@playwright/test';

const ci = process.env['CI'] === 'true';
/** `npm test` finds a browser and names it here; without it Playwright uses its own. */
const executablePath = process.env['SLUICE_BROWSER'];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Each spec starts a studio of its own, on a machine that may have two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: ci,
  retries: ci ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    trace: ci ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: executablePath ? { executablePath } : {},
  },
});
