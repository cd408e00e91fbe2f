// Stylesheets of packages: local `@import`s are put in place, and `url()`s become addresses that the kit answers. Sandpack inserts
// a package's CSS as it is, where relative addresses would mean the preview's own origin.
import { extname, posix, relative, sep } from 'node:path';
import { callEsbuild } from '../../esbuild/esbuild-call.ts';
import { nameOf } from './build-failure.ts';
import type { PackageFolder } from './entry-points.ts';
import { publicAddress } from './package-asset.ts';

/**
 * A stylesheet that works wherever it is inserted.
 * @param file relative to the package
 * @returns undefined when it is not CSS that can be read; it then stays as published
 */
export async function buildStylesheet(folder: PackageFolder, file: string): Promise<string | undefined> {
  if (extname(file) !== '.css') return undefined;
  try {
    const { outputFiles } = await callEsbuild({ what: nameOf(folder, file) }, ({ build }) =>
      build({
        absWorkingDir: folder.dir,
        entryPoints: [`${folder.dir}${sep}${file.split('/').join(sep)}`],
        outdir: `${folder.dir}${sep}__out__`,
        bundle: true,
        write: false,
        minifyWhitespace: true,
        charset: 'utf8',
        legalComments: 'inline',
        logLevel: 'silent',
        plugins: [
          {
            name: 'addresses',
            setup({ onResolve }) {
              onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) => {
                if (kind === 'entry-point' || kind === 'import-rule') {
                  return /^(https?:|\/\/|data:)/.test(path) ? { path, external: true } : undefined;
                }
                if (/^([a-z][a-z\d+.-]*:|\/|#|$)/i.test(path)) return { path, external: true };
                const base = relative(folder.dir, resolveDir).split(sep).join('/');
                const [, name = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(path) ?? [];
                return {
                  path: publicAddress(folder, posix.join(base, name.replace(/^~/, ''))) + suffix,
                  external: true,
                };
              });
            },
          },
        ],
      }),
    );
    return outputFiles[0]?.text;
  } catch {
    return undefined;
  }
}
