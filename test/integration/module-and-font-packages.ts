// What the test registry publishes for the CDNs of ES modules and of fonts.
import { bundlerPackages } from '../registry/bundler-packages.ts';
import type { TestPackage } from '../registry/test-registry.ts';

const face = (file: string, range: string, fields = 'font-style: normal; font-weight: 400;') =>
  [
    `/* ${file} */`,
    `@font-face { font-family: 'X'; font-display: swap; ${fields}`,
    `  src: url(./files/${file}.woff2) format('woff2'), url(./files/${file}.woff) format('woff');`,
    `${range && `  unicode-range: ${range};`}}\n`,
  ].join('\n');

/** Packages by name. */
export const packages: Record<string, TestPackage> = {
  ...bundlerPackages,
  react: {
    versions: Object.fromEntries(
      ['18.2.0', '18.3.1'].map((version) => [
        version,
        { files: { '/index.js': `exports.version = ${JSON.stringify(version)};`, '/jsx-runtime.js': '' } },
      ]),
    ),
  },
  'react-dom': {
    versions: Object.fromEntries(
      ['18.2.0', '18.3.1'].map((version) => [
        version,
        {
          files: {
            '/index.js': 'exports.react = require("react").version;',
            '/client.js': 'exports.react = require("react").version;',
          },
          manifest: { peerDependencies: { react: `^${version}` } },
        },
      ]),
    ),
  },
  tool: {
    versions: {
      '1.0.0': {
        files: {
          '/index.js': 'import { version } from "react"; export const seen = version; export default 1;',
          '/addons/extra.js': 'export const extra = true;',
          '/addons/label.js': 'export const label = "Set as default", hint = "export default x";',
          '/addons/renamed.js': 'const own = 1; export { own as "default" };',
          '/dist/tool.js': 'var tool = /* a tool */ { name: "tool" };',
          '/dist/style.css': 'b { color: red; background: url(./dot.png) }',
          '/dist/ready.min.js': 'var ready=1;',
          '/dist/ready.js': 'var ready = 1;',
          '/dist/broken.js': 'var = ;',
          '/dist/dot.png': 'png',
          '/data.json': '{"a":1}',
        },
        manifest: {
          type: 'module',
          main: 'dist/ready.js',
          module: 'index.js',
          dependencies: { react: '^18.0.0' },
        },
      },
    },
  },
  '@fontsource/plain-sans': {
    versions: {
      '5.0.0': {
        files: {
          '/metadata.json': JSON.stringify({ family: 'Plain Sans', variable: false }),
          '/400.css':
            face('plain-sans-greek-400-normal', 'U+0370-03FF') +
            face('plain-sans-latin-400-normal', 'U+0000-00FF'),
          '/400-italic.css': face(
            'plain-sans-latin-400-italic',
            'U+0000-00FF',
            'font-style: italic; font-weight: 400;',
          ),
          '/700.css': face(
            'plain-sans-latin-700-normal',
            'U+0000-00FF',
            'font-style: normal; font-weight: 700;',
          ),
          '/latin-400.css': face('plain-sans-latin-400-normal', ''),
          '/files/plain-sans-latin-400-normal.woff2': 'woff2 of 400',
        },
      },
    },
  },
  '@fontsource-variable/wide-sans': {
    versions: {
      '5.0.0': {
        files: {
          '/metadata.json': JSON.stringify({
            family: 'Wide Sans',
            variable: {
              wght: { default: '400', min: '100', max: '900' },
              wdth: { default: '100', min: '50', max: '100' },
            },
          }),
          '/wght.css': face('wide-sans-latin-wght-normal', 'U+0000-00FF', 'font-weight: 100 900;'),
          '/wdth.css': face(
            'wide-sans-latin-wdth-normal',
            'U+0000-00FF',
            'font-weight: 100 900; font-stretch: 50% 100%;',
          ),
          '/files/wide-sans-latin-wght-normal.woff2': 'woff2 of wght',
        },
      },
    },
  },
  '@fontsource/material-symbols-outlined': {
    versions: {
      '5.0.0': {
        files: {
          '/metadata.json': JSON.stringify({
            family: 'Material Symbols Outlined',
            variable: {
              FILL: { default: '0', min: '0', max: '1' },
              wght: { default: '400', min: '100', max: '700' },
            },
          }),
          '/400.css': face('material-symbols-outlined-latin-400-normal', ''),
        },
      },
    },
  },
  '@fontsource-variable/material-symbols-outlined': {
    versions: {
      '5.0.0': {
        files: {
          '/metadata.json': JSON.stringify({
            family: 'Material Symbols Outlined',
            variable: {
              FILL: { default: '0', min: '0', max: '1' },
              wght: { default: '400', min: '100', max: '700' },
            },
          }),
          '/full.css': face('material-symbols-outlined-latin-full-normal', '', 'font-weight: 100 700;'),
        },
      },
    },
  },
};
