// What the test registry publishes for the package surface, good and bad; and the headers that every answer of it has.
import { bundlerPackages } from '../registry/bundler-packages.ts';
import type { TestPackage } from '../registry/test-registry.ts';

/** Packages by name; `fault-…` misbehave as their names say. */
export const packages: Record<string, TestPackage> = {
  ...bundlerPackages,
  greeting: {
    versions: {
      '1.0.0': { files: { '/index.js': 'module.exports = "old";' } },
      '1.2.0': {
        files: {
          '/lib/index.js': 'module.exports = require("shout")("hello");',
          '/lib/loud.js': 'module.exports = require("shout")("HELLO");',
          '/dist/greeting.umd.js': 'window.greeting = "hello";',
          '/style.css': 'b { color: red }',
          '/README.md': '# greeting',
        },
        manifest: {
          main: 'lib/index.js',
          unpkg: 'dist/greeting.umd.js',
          jsdelivr: 'dist/greeting.umd.js',
          dependencies: { shout: '^2.0.0' },
        },
      },
      '2.0.0-beta.1': { files: { '/index.js': '' } },
    },
    tags: { latest: '1.2.0', next: '2.0.0-beta.1' },
  },
  shout: { versions: { '2.1.0': { files: { '/index.js': 'module.exports = (t) => t + "!";' } } } },
  // No "exports", so that any file may be imported; two of them share a third.
  drawers: {
    versions: {
      '1.0.0': {
        files: {
          '/index.js': 'export { left } from "./left.js"; export { right } from "./right.js";',
          '/left.js': 'import { next } from "./inner/counter.js"; export const left = next();',
          '/right.js': 'import { next } from "./inner/counter.js"; export const right = next();',
          '/inner/counter.js':
            'console.debug("one counter for all"); let count = 0; export const next = () => ++count;',
        },
        manifest: { module: 'index.js' },
      },
    },
  },
  '@scope/part': { versions: { '1.0.0': { files: { '/index.js': 'module.exports = 1;' } } } },
  'needs-missing': { versions: { '1.0.0': { manifest: { dependencies: { 'not-there': '^1.0.0' } } } } },
  tailwindcss: { versions: { '3.3.3': { files: tailwindSources('3.3.3') }, '4.1.0': {} } },
  '@tailwindcss/forms': {
    versions: {
      '0.4.0': { files: { '/index.js': "module.exports = 'forms 0.4.0';" } },
      '0.5.9': {
        files: {
          '/index.js': "module.exports = [require('tailwindcss/plugin'), require('tiny'), 'forms 0.5.9'];",
        },
        manifest: { dependencies: { tiny: '^1.0.0' }, peerDependencies: { tailwindcss: '>=3' } },
      },
    },
  },
  tiny: { versions: { '1.0.0': { files: { '/index.js': "module.exports = 'tiny 1.0.0';" } } } },
  'fault-refused': { versions: { '1.0.0': {} }, packumentFault: { kind: 'status', status: 403 } },
  'fault-failing': { versions: { '1.0.0': {} }, packumentFault: { kind: 'status', status: 500 } },
  'fault-limited': {
    versions: { '1.0.0': {} },
    packumentFault: { kind: 'status', status: 429, retryAfter: '60' },
  },
  'fault-hanging': { versions: { '1.0.0': {} }, packumentFault: { kind: 'hang' } },
  'fault-trickling': { versions: { '1.0.0': {} }, packumentFault: { kind: 'trickle', everyMs: 50 } },
  'fault-garbage': { versions: { '1.0.0': {} }, packumentFault: { kind: 'garbage' } },
  'fault-broken-off': { versions: { '1.0.0': {} }, packumentFault: { kind: 'break-off' } },
  'fault-tarball': { versions: { '1.0.0': { integrity: 'sha512-AAAA' } } },
};

/** Headers of whatever preview origins load from the base host. */
export const sharedHeaders = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** As much of a version of Tailwind as the kit builds its Play script of. */
function tailwindSources(version: string): Record<string, string> {
  const modules = ['colors', 'create-plugin', 'default-config', 'default-theme', 'resolve-config'];
  return {
    '/src/css/preflight.css': '/* notes */ a { color: inherit }',
    '/src/processTailwindFeatures.js':
      "import fs from 'fs'; import 'not-declared'; export default () => fs.readFileSync();",
    ...Object.fromEntries(
      modules.map((name) => [`/src/public/${name}.js`, `export default '${name} of ${version}';`]),
    ),
  };
}
