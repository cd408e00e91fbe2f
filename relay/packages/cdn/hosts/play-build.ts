// Builds Tailwind's Play script for one version of Tailwind 3: the compiler's own sources, plugins, and the kit's page around them.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Plugin } from 'esbuild';
import playPage from '../../../browser/tailwind/play-page.ts?raw';
import { callEsbuild, esbuildVersion } from '../../../esbuild/esbuild-call.ts';
import { splitSpecifier } from '../../base/specifier.ts';
import { type PackageFolder, replaceByBrowserField, resolveEntry } from '../../sources/entry-points.ts';
import { isBuiltin } from '../../sources/node-builtins.ts';
import { codeExtensions } from '../../sources/package-plugin.ts';
import type { PlayPackages } from './play-packages.ts';

const pageModule = 'kit:play-page';
const target = 'es2022';

/** Part of the name of every build: the same sources make another script when this differs. */
export const playBuildVersion = createHash('sha256')
  .update(JSON.stringify([3, esbuildVersion, target, playPage]))
  .digest('hex')
  .slice(0, 12);

/** Tailwind's public modules, which are published compiled, by where their sources are: one copy of each is enough. */
const publicSources: Record<string, string> = {
  './plugin': 'create-plugin',
  './colors': 'colors',
  './defaultTheme': 'default-theme',
  './defaultConfig': 'default-config',
  './resolveConfig': 'resolve-config',
};

function entryText(id: string, plugins: readonly string[]): string {
  const imports = plugins.map((name, index) => `import plugin${index} from ${JSON.stringify(name)};`);
  return `import { startPlay } from ${JSON.stringify(pageModule)};
import postcss from 'postcss';
import processFeatures from 'tailwindcss/src/processTailwindFeatures.js';
import colors from 'tailwindcss/src/public/colors.js';
import plugin from 'tailwindcss/src/public/create-plugin.js';
import resolveConfig from 'tailwindcss/src/public/resolve-config.js';
${imports.join('\n')}
startPlay({
  id: ${JSON.stringify(id)}, postcss, processFeatures, resolveConfig, plugins: [${plugins.map((_, index) => `plugin${index}`)}],
  members: {
    colors, plugin, resolveConfig,
    // Copies of the whole theme, which few pages look at.
    get defaultTheme() { return require('tailwindcss/src/public/default-theme.js').default; },
    get defaultConfig() { return require('tailwindcss/src/public/default-config.js').default; },
  },
});`;
}

/**
 * @param packages where imports lead, Tailwind's own first
 * @param plugins names of packages, in the order in which Tailwind takes them
 * @throws the failure of esbuild or of the registry
 */
export async function buildPlay(packages: PlayPackages, plugins: readonly string[]): Promise<string> {
  const { tailwind } = packages;
  const preflight = await readFile(join(tailwind.dir, 'src/css/preflight.css'), 'utf8');
  const { version } = tailwind.packageJson;
  const { outputFiles, metafile } = await callEsbuild({ what: `tailwindcss@${version}` }, ({ build }) =>
    build({
      stdin: { contents: entryText(packages.id, plugins), resolveDir: tailwind.dir, sourcefile: 'entry.js' },
      absWorkingDir: tailwind.dir,
      bundle: true,
      write: false,
      metafile: true,
      format: 'iife',
      preserveSymlinks: true,
      platform: 'browser',
      target,
      minify: true,
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
      tsconfigRaw: '{}',
      define: {
        'process.env.NODE_ENV': '"production"',
        'process.env': '{}',
        __dirname: '""',
        // 3.3 and later have two builds of their sources.
        __OXIDE__: 'false',
      },
      plugins: [playPlugin(packages, withoutComments(preflight))],
    }),
  );
  const used = packages.namesOf(Object.keys(metafile.inputs).map((path) => join(tailwind.dir, path)));
  const notice = `/*! Tailwind CSS ${version} | MIT License | https://tailwindcss.com | built by librechat-preview-kit from ${used.join(', ')} */\n`;
  return notice + (outputFiles[0]?.text ?? '');
}

/** They are read with every new configuration. */
function withoutComments(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\n\s*\n/g, '\n');
}

function playPlugin(packages: PlayPackages, preflight: string): Plugin {
  /** Of Node, Tailwind uses a file system to read its own base styles. */
  const builtins: Record<string, string> = {
    fs: `module.exports={readFileSync:()=>${JSON.stringify(preflight)}};`,
    path: `module.exports={join:(...parts)=>parts.join('/')};`,
  };
  const code = (folder: PackageFolder, file: string) => ({
    path: `${folder.dir}${sep}${file.replace(/^\.\//, '').split('/').join(sep)}`,
  });
  return {
    name: 'play',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^./]/ }, async ({ path, importer, kind }) => {
        if (kind === 'entry-point') return undefined;
        if (path === pageModule) return { path, namespace: 'kit' };
        const bare = path.replace(/^node:/, '');
        const owner = packages.ownerOf(importer);
        const replacement = replaceByBrowserField(owner, bare);
        if (replacement === '') return { path: bare, namespace: 'empty' };
        const { name, subpath } = splitSpecifier(bare);
        if (builtins[name] !== undefined || isBuiltin(bare)) return { path: bare, namespace: 'builtin' };
        const folder = await packages.open(name, owner);
        if (folder === undefined) return { path: bare, namespace: 'empty' };
        if (folder === packages.tailwind) {
          const source = publicSources[subpath.replace(/\.js$/, '')];
          if (source !== undefined) return { path: source, namespace: 'public' };
          return code(folder, subpath.replace(/^\.\/lib\//, './src/'));
        }
        const file = resolveEntry(folder, subpath);
        if (file === undefined || !codeExtensions.has(extname(file)))
          return { errors: [{ text: `${bare} is not in ${name}@${folder.packageJson.version}` }] };
        return code(folder, file);
      });
      onLoad({ filter: /.*/, namespace: 'kit' }, () => ({ contents: playPage, loader: 'ts' }));
      // Plugins are CommonJS: for them, these modules are functions and objects.
      onLoad({ filter: /.*/, namespace: 'public' }, ({ path }) => ({
        contents: `module.exports=require('tailwindcss/src/public/${path}.js').default;`,
      }));
      onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports={};' }));
      onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents: builtins[path] ?? 'module.exports={};',
      }));
    },
  };
}
