import { defineConfig } from 'vitest/config';

/** Integration and browser tests start real servers and browsers: one file at a time keeps two cores honest. */
const withServers = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 180_000 };
/** With real servers, browsers, Docker, or packages that come over the network: in CI, a bad moment of these is tried again once. */
const withTheWorld = { ...withServers, retry: process.env.CI ? 1 : 0 };

/** Artifacts that load from CDNs, what people reported broken elsewhere, other templates, pages around published pages: beside the other tests. */
const withCdnFiles = [
  'pages',
  'shares-pages',
  'field-cases',
  'cdn-modules-and-fonts',
  'es-modules',
  'native-imports',
  'tailwind-look',
  'templates',
];

/** The package engine with other and failing registries, through kills, and ahead of time: long, and so beside the other integration tests. */
const ofPackages = ['preparation', 'registry-faults', 'store-survival', 'verdaccio'].map(
  (name) => `test/integration/${name}.test.ts`,
);

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
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ofPackages,
          ...withTheWorld,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: ['packages', 'lost-registry', ...withCdnFiles].map(
            (name) => `test/browser/${name}.test.ts`,
          ),
          ...withTheWorld,
        },
      },
      {
        extends: true,
        // The same with CodeSandbox's bundler, as far as artifacts go through it.
        test: {
          name: 'bundler',
          include: ['artifacts', 'bad-input', 'editing', 'egress', 'isolation'].map(
            (name) => `test/browser/${name}.test.ts`,
          ),
          env: { ENGINE: 'bundler' },
          ...withTheWorld,
        },
      },
      {
        extends: true,
        // As many at once as the test has tabs.
        test: {
          name: 'packages',
          include: ['test/browser/packages.test.ts', 'test/browser/lost-registry.test.ts', ...ofPackages],
          maxConcurrency: 2,
          ...withTheWorld,
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: withCdnFiles.map((name) => `test/browser/${name}.test.ts`),
          // Pages are shown side by side.
          maxConcurrency: 2,
          ...withTheWorld,
        },
      },
      {
        extends: true,
        // Hostile and runaway artifacts in a real browser, behind TLS.
        test: { name: 'attacks', include: ['test/attacks/**/*.test.ts'], ...withTheWorld },
      },
      {
        extends: true,
        // The first run installs the engines.
        test: {
          name: 'browsers',
          include: ['test/browsers/**/*.test.ts'],
          ...withTheWorld,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        // Real parts of a deployment, installed by the tests themselves: Docker, nginx, certbot, name servers.
        test: {
          name: 'deploy',
          include: ['test/deploy/**/*.test.ts'],
          ...withTheWorld,
          testTimeout: 180_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        extends: true,
        // One test for hundreds of addresses, whose packages may all have to be fetched first.
        test: { name: 'cdn', include: ['test/cdn/**/*.test.ts'], ...withTheWorld, testTimeout: 3_600_000 },
      },
    ],
  },
});
