import { defineConfig } from 'vitest/config';

/** Integration and browser tests start real servers and browsers: one file at a time keeps two cores honest. */
const withServers = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['relay/**/*.test.ts', 'bundler-build/**/*.test.ts', 'playground/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...withServers },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: ['test/browser/packages.test.ts'],
          ...withServers,
        },
      },
      {
        extends: true,
        // As many at once as the test has tabs.
        test: {
          name: 'packages',
          include: ['test/browser/packages.test.ts'],
          maxConcurrency: 2,
          ...withServers,
        },
      },
    ],
  },
});
