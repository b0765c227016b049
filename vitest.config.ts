import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', environment: 'node', include: ['lib/**/*.test.ts', 'components/**/*.test.ts?(x)'] } },
      {
        test: {
          name: 'server',
          environment: 'node',
          include: ['server/**/*.test.ts'],
          globalSetup: ['server/testing/postgres-setup.ts'],
        },
      },
    ],
  },
});
