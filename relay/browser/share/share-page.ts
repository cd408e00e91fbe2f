// The page of a published component: runs its packages and files as a preview does, without a client, a service worker or a bundler. The
// script for inner documents (relay/browser/mirror/inner) ran before it, and sees to what the page asks of CDNs.
import { resolveLocal } from '../../shared/imports.ts';
import type { NativeAnswer, PackModules } from '../../shared/native.ts';
import type { SharedPage } from '../../shared/shared-page.ts';
import { ArtifactFiles } from '../react/native/artifact-files.ts';
import { ModuleRegistry } from '../react/native/module-registry.ts';
import { defineBuffer, defineNodeGlobals } from '../react/native/node-globals.ts';
import { PageDocument } from '../react/native/page-document.ts';
import { PageImports } from '../react/native/page-imports.ts';
import { handOver } from '../react/native/tailwind.ts';
import { allowWorkersOfFiles } from '../react/native/worker-files.ts';

/** Where the script for inner documents keeps what it knows. */
interface Realm {
  texts: { cdn: { rewrite(text: string): string } };
}

const realmKey = Symbol.for('preview-kit:realm');
const playCdn = 'https://cdn.tailwindcss.com/3.4.17';
const probe = 'https://esm.sh/';

const realm = (globalThis as unknown as Record<symbol, Realm | undefined>)[realmKey];
/** The kit's own address for one of a CDN; undefined where there is none. */
const mirrored = (address: string): string | undefined => {
  const own = realm?.texts.cdn.rewrite(address);
  return own === address ? undefined : own;
};

const packages = new ModuleRegistry((css) =>
  css.replaceAll(
    'https://cdn.jsdelivr.net/npm/',
    mirrored('https://cdn.jsdelivr.net/npm/') ?? 'https://cdn.jsdelivr.net/npm/',
  ),
);
const requireModule = (path: string) => packages.require(path);
const page = new PageDocument(mirrored);
const pageImports = new PageImports({ mirrored, requireModule });
const unrefreshed: [unknown, unknown] = [() => {}, () => (type: unknown) => type];

const files: ArtifactFiles = new ArtifactFiles({
  requireModule,
  importUrl: (url) => pageImports.import(url),
  importLater,
  refresh: { of: () => unrefreshed, isBoundary: () => false, register: () => {}, isReplaced: () => false },
});

/** What no file spelled out: only what was published with the page is there. */
async function importLater(specifier: string, from: string): Promise<unknown> {
  if (/^(https?:|blob:|data:|\/\/)/.test(specifier))
    return pageImports.import(new URL(specifier, location.href).href);
  const local = resolveLocal(files.files, from, specifier);
  if (local !== undefined) return files.importFile(local);
  throw new Error(`“${specifier}”, which ${from} imports, was not published with this page.`);
}

const base = (mirrored(probe) ?? '').replace(/-\/inner\/esm\.sh\/$/, '');
defineNodeGlobals(base);

Object.assign(window, {
  previewKitPack(modules: PackModules) {
    packages.define(modules);
    defineBuffer(Object.keys(modules), requireModule);
  },
  previewKitPage(given: SharedPage) {
    void show(given);
  },
});

async function show({ answer, html, title, worker, hasTailwind }: SharedPage): Promise<void> {
  if (worker) allowWorkers(worker);
  try {
    const imports = pageImports.more(answer as NativeAnswer);
    if (imports) page.addImports(imports);
    await page.write(html);
    document.title = title;
    await files.start(answer.files, answer.entry);
  } catch (error) {
    console.error(error);
    fail(error);
  }
  const styles = document.querySelector<HTMLStyleElement>('style[data-preview-kit-styles]');
  if (hasTailwind && styles) handOver(styles, () => page.load([playCdn]));
}

function allowWorkers({ script, packs }: NonNullable<SharedPage['worker']>): void {
  const absolute = (path: string) => new URL(path, location.href).href;
  allowWorkersOfFiles(absolute(script), (path) => {
    const own = files.files;
    return own[path] && { base, packs: packs.map(absolute), files: own, entry: path };
  });
}

/** What a visitor sees in place of an empty page. */
function fail(error: unknown): void {
  if (document.getElementById('root')?.hasChildNodes()) return;
  const note = document.createElement('p');
  note.textContent = `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  note.setAttribute(
    'style',
    'font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:20vh auto;padding:0 1.5rem',
  );
  document.body.append(note);
}
