// `import code from './file.ts?compiled'` gives a module and what it imports as one line of code for a page. For whatever bundles the
// service worker of static previews, and how the code for documents within a page is built.
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** Plugin for esbuild. */
export const compiled = {
  name: 'compiled',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?compiled$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice(0, -'?compiled'.length)),
      namespace: 'compiled',
    }));
    onLoad({ filter: /.*/, namespace: 'compiled' }, async ({ path }) => {
      const { outputFiles, metafile } = await build({
        entryPoints: [path],
        write: false,
        metafile: true,
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        // A template literal would hold line breaks as they are.
        supported: { 'template-literal': false },
        logLevel: 'warning',
      });
      return {
        contents: outputFiles[0].text.trim(),
        loader: 'text',
        watchFiles: Object.keys(metafile.inputs),
      };
    });
  },
};

/** Options for esbuild: a function of its configuration, which gives itself, as text, to what an artifact makes within its page. */
export const innerRealm = {
  entryPoints: [resolve(import.meta.dirname, '../relay/browser/mirror/inner/inner-realm.ts')],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  banner: { js: '(function previewKitInner(previewKitConfig){' },
  footer: { js: '})' },
  logLevel: 'warning',
};
