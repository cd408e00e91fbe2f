// Compiles the TypeScript sources into dist/: server and command-line tools, browser code, the playground.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { compiled, innerRealm } from './page-code.mjs';
import { raw } from './raw-texts.mjs';

/** Of LibreChat's data package the playground needs texts only; the package itself is made for Node and for the whole client. */
const shadcnTexts = {
  name: 'shadcn-texts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^librechat-data-provider$/ }, ({ path }) => ({ path, namespace: 'shadcn-texts' }));
    onLoad({ filter: /.*/, namespace: 'shadcn-texts' }, async () => {
      const { shadcnComponents } = await import('librechat-data-provider');
      return { contents: `export const shadcnComponents=${JSON.stringify(shadcnComponents)};` };
    });
  },
};

/** Sandpack's Nodebox client is never used here, and its licence is not one to hand on. */
const noNodebox = {
  name: 'no-nodebox',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@codesandbox\/nodebox$/ }, ({ path }) => ({ path, namespace: 'no-nodebox' }));
    onLoad({ filter: /.*/, namespace: 'no-nodebox' }, () => ({
      contents:
        'export const Nodebox = undefined;export const PREVIEW_LOADED_MESSAGE_TYPE = undefined;export const INJECT_MESSAGE_TYPE = undefined;',
    }));
  },
};

const present = (entries) => entries.filter((entry) => existsSync(entry));

export async function compile({ outDir = 'dist' } = {}) {
  await rm(outDir, { recursive: true, force: true });
  await Promise.all([
    build({
      entryPoints: present([
        'relay/main.ts',
        'bundler-build/main.ts',
        'relay/cli/warm.ts',
        'relay/cli/bundle.ts',
        'relay/cli/prune.ts',
        'relay/cli/share.ts',
        'relay/cli/setup.ts',
        'relay/cli/doctor.ts',
        'relay/cli/smoke.ts',
        'client/hosts.ts',
        'bench/first.ts',
        'bench/serve.ts',
        'bench/memory.ts',
        'bench/shares.ts',
        'bench/warm.ts',
        'bench/main.ts',
      ]),
      outbase: '.',
      outdir: outDir,
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      plugins: [raw],
      logLevel: 'warning',
    }),
    build({
      entryPoints: present([
        'relay/browser/react/shell.ts',
        'relay/browser/react/frame-prelude.ts',
        'relay/browser/react/native/native-frame.ts',
        'relay/browser/react/native/native-worker.ts',
        'relay/browser/static/relay-frame.ts',
        'relay/browser/static/service-worker.ts',
        'relay/browser/mirror/mirror-worker.ts',
        'relay/browser/react/fast-compiler.ts',
        'relay/browser/static/fallback-page.ts',
        'relay/browser/share/share-page.ts',
        'relay/browser/manage/manage-page.ts',
        'relay/browser/bar/bar.ts',
      ]),
      outdir: `${outDir}/browser`,
      entryNames: '[name]',
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      plugins: [raw, compiled],
      logLevel: 'warning',
    }),
    build({ ...innerRealm, outdir: `${outDir}/browser` }),
    writeLibreChatFiles(`${outDir}/browser/librechat-files.json`),
    existsSync('playground/main.tsx') &&
      build({
        // The relay reads the samples too, to prepare what they need.
        entryPoints: ['playground/main.tsx', 'playground/samples.ts'],
        outdir: `${outDir}/playground`,
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        jsx: 'automatic',
        define: {
          'process.env.NODE_ENV': '"production"',
          'process.env.SANDPACK_CLIENT_VERSION': 'undefined',
        },
        plugins: [raw, shadcnTexts, noNodebox],
        logLevel: 'warning',
      }).then(() => copyFile('playground/index.html', `${outDir}/playground/index.html`)),
  ]);
}

/** The files that LibreChat gives to every component, for those that are published: the relay has no packages of the playground's. */
async function writeLibreChatFiles(file) {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { sharedFiles } from './playground/librechat.ts';",
      resolveDir: '.',
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    plugins: [raw, shadcnTexts],
    logLevel: 'warning',
  });
  const text = Buffer.from(outputFiles[0].contents).toString('base64');
  const { sharedFiles } = await import(`data:text/javascript;base64,${text}`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(sharedFiles));
}

if (process.argv[1] === new URL(import.meta.url).pathname) await compile();
