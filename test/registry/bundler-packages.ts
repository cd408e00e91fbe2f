// What the bundler adds to every dependency set, in the smallest form that works; the real ones are large.
import type { TestPackage } from './test-registry.ts';

export const bundlerPackages: Record<string, TestPackage> = {
  'node-libs-browser': { versions: { '2.2.1': { files: { '/index.js': '' } } } },
  '@babel/runtime': {
    versions: {
      '7.26.0': {
        files: {
          '/helpers/interopRequireDefault.js':
            'module.exports = (m) => (m && m.__esModule ? m : { default: m });',
          '/helpers/interopRequireWildcard.js': 'module.exports = (m) => m;',
        },
      },
    },
  },
};
