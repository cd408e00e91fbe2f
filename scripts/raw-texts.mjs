// `import text from './file?raw'` gives the file's text, as with Vite. For every script that bundles the relay's modules.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Plugin for esbuild. */
export const raw = {
  name: 'raw',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice(0, -4)),
      namespace: 'raw',
    }));
    onLoad({ filter: /.*/, namespace: 'raw' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
      watchFiles: [path],
      resolveDir: dirname(path),
    }));
  },
};
