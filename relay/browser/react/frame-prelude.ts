// Runs in the bundler's page before any of its scripts and defines `__previewKit`, which the patched bundler calls
// (bundler-build/patches.ts): where files come from, and how packages arrive: one request for the whole dependency set.
import { findImports, type Modules } from '../../shared/imports.ts';
import type { SetManifest } from '../../shared/set-manifest.ts';
import { formatSetQuery, setOf } from '../../shared/set-query.ts';
import { type ConsoleLine, listenToConsole } from '../console/console-lines.ts';
import { leaveBundlerPath } from './bundler-path.ts';
import { type FrameConfig, openFrame } from './frame-base.ts';
import { laterImports, rememberImports } from './later-imports.ts';
import { type Place, watchNavigation } from './navigation.ts';
import { PackageClient } from './package-client.ts';
import type { RawAnswer } from './package-request.ts';
import { tellRefusal } from './refusal.ts';
import { isCompile, isSandpackMessage } from './sandpack-messages.ts';
import { type CompilerReady, type LoaderContext, transpile } from './transpile.ts';

interface BundlerFrameConfig extends FrameConfig {
  /** Folder of the bundler's files, protocol-relative, with a slash at the end. */
  files: string;
  /** The fast compiler's file in that folder. */
  compiler: string;
  /** The Babel worker's. */
  babelWorker?: string;
}

/** What of the bundler's module manager the kit touches. */
interface ModuleManager {
  addModule(module: { path: string; code: string; requires?: string[] }): void;
  resetResolverCache(): void;
  resolveTranspiledModule(path: string, parent: string, extensions: string[]): Promise<unknown>;
  transpiledModules: Record<string, unknown>;
  manifest: SetManifest;
}

const config = (window as unknown as { __previewKitConfig: BundlerFrameConfig }).__previewKitConfig;
const frame = openFrame(config, 'bundler');
leaveBundlerPath();
const { base, mirrorReady } = frame;
const assets = new URL(config.files, location.href).href;
const packages = new PackageClient(`${base}-/`);
let modules: Modules = {};

/** What the artifact imports, as far as its code says it or it was asked for at run time. */
function importsNow(): string[] {
  return [...new Set([...findImports(modules), ...laterImports()])].sort();
}

/**
 * Loads this page anew, with everything that is imported by now in one set. The alternative would be a package's inner modules
 * twice, with a context or a registry in each. The client sends the artifact again when the bundler reports back.
 */
function startAgainWith(specifier: string): Promise<never> {
  console.info(`[preview-kit] ${specifier} needs its package split differently: the preview starts again.`);
  rememberImports([specifier, ...findImports(modules)]);
  location.reload();
  return new Promise(() => {});
}

/** Starts a worker: same-origin by a blob: URL, its own imports resolved against the assets. */
function startWorker(name: string): Worker {
  const source = `self.__previewKit=${JSON.stringify({ assets, cdn: `${base}-/cdn/` })};
const load=self.importScripts.bind(self);
self.importScripts=(...list)=>load(...list.map((item)=>item.startsWith("/")?__previewKit.assets+item.slice(1):item));
load(__previewKit.assets+${JSON.stringify(name)});`;
  return new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { name });
}

/** Artifacts that are not React's need Babel, which takes longest to boot: its worker starts before the bundler asks; it waits for a ping. */
let earlyBabel: Worker | undefined;

const compilerReady = loadCompiler();

/** Loads the fast compiler beside the bundler's scripts; undefined when it does not come, and Babel compiles instead. */
function loadCompiler(): CompilerReady {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.onload = () =>
      resolve((window as unknown as { __previewKitCompile: Awaited<CompilerReady> }).__previewKitCompile);
    script.onerror = () => resolve(undefined);
    Object.assign(script, { async: true, crossOrigin: 'anonymous', src: assets + config.compiler });
    document.head.append(script);
  });
}

const previewKit = {
  /** Folder of the bundler's files; webpack's public path. */
  assets,
  /** Every third-party address has its twin at `<cdn><host>/<path>`. */
  cdn: `${base}-/cdn/`,

  /** One of the bundler's workers. */
  worker(name: string): Worker {
    const started = name === config.babelWorker ? earlyBabel : undefined;
    if (started) earlyBabel = undefined;
    return started ?? startWorker(name);
  },

  /** Compiles a module of the artifact; undefined when Babel has to. */
  transpile: (source: string, context: LoaderContext) => transpile(source, context, compilerReady),

  /** Tells the bundler where the artifact is, at first and whenever that changes. */
  watchNavigation(tell: (place: Place) => void): void {
    watchNavigation(tell);
    setTimeout(() => tell({ url: location.href, back: false, forward: false }));
  },

  /** Whether an unhandled rejection is a refusal of the browser's, which covers nothing. */
  tellRefusal,

  /** Sets the address of a script or style that the embedder asked for; CDNs are answered by the kit. */
  external(element: HTMLElement, attribute: string, address: string): void {
    const own = frame.mirrored(address);
    element.setAttribute(attribute, own ?? address);
    if (own !== undefined) element.setAttribute('crossorigin', 'anonymous');
  },

  /** Calls `pass` for what is logged from now on. */
  listenToConsole: (pass: (lines: ConsoleLine[]) => void): void => listenToConsole((line) => pass([line])),

  /** Whether the artifact has tests, which alone need the test runner. */
  hasTests: (): boolean =>
    Object.keys(modules).some((path) => /\.(test|spec)\.[jt]sx?$|__tests__\//.test(path)),

  /** The manifest of a dependency set, as the bundler's own packager client would have merged it. */
  async loadManifest(
    dependencies: Record<string, string>,
    resolutions: Record<string, string> | undefined,
    onProgress: (state: {
      done: number;
      total: number;
      remainingDependencies: string[];
      dependencyName: string;
    }) => void,
  ): Promise<SetManifest> {
    const names = Object.keys(dependencies);
    const request = { dependencies, resolutions: resolutions ?? {}, imports: importsNow() };
    const [manifest] = await Promise.all([packages.manifest(request), mirrorReady]);
    onProgress({
      done: names.length,
      total: names.length,
      remainingDependencies: [],
      dependencyName: names.at(-1) ?? '',
    });
    return manifest;
  },

  /** The lowest version a plain range allows, e.g. `18.0.0` for `^18.0.0`; undefined when only the registry knows. */
  lowestVersion(range: string): string | undefined {
    const match = /^[~^]?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(range);
    return match ? [match[1], match[2] ?? 0, match[3] ?? 0].join('.') : undefined;
  },

  /** Brings one more module (and what it requires) into the manager; undefined when the kit does not have it. */
  async loadModule(
    manager: ModuleManager,
    path: string,
    parent: string,
    query: string,
    extensions: string[],
  ): Promise<unknown> {
    const addition = await packages.addition(path, importsNow());
    if (!addition) return undefined;
    if (addition.replaces) return startAgainWith(path);
    for (const [file, { content, requires }] of Object.entries(addition.contents)) {
      if (manager.transpiledModules[file]) continue;
      const built = requires ? { requires } : {};
      manager.manifest.contents[file] = { content, ...built };
      manager.addModule({ path: file, code: content, ...built });
    }
    manager.resetResolverCache();
    const suffix = query === '' ? '' : `?${query}`;
    return manager
      .resolveTranspiledModule(`/node_modules/${path}${suffix}`, parent, extensions)
      .catch(() => undefined);
  },
};

Object.assign(window, { __previewKit: previewKit, _env_: { IS_ONPREM: 'true' } });
/** Has the browser fetch a script before the bundler adds it to the page. */
function preload(address: string): void {
  const own = frame.mirrored(address);
  if (own === undefined || /\.css$|\/-\/cdn\/fonts\./.test(own)) return;
  const link = document.createElement('link');
  Object.assign(link, {
    rel: 'preload',
    as: 'script',
    crossOrigin: 'anonymous',
    href: own,
  });
  document.head.append(link);
}

let answered: (answer: RawAnswer) => void = () => {};
/** The shell's answer to the set that it asked for when the artifact arrived, which is before this page was there. */
const answerOfShell = new Promise<RawAnswer>((resolve) => {
  answered = resolve;
});

/** Has the packages come before the bundler asks for them. @param asked the query that the shell is already waiting for */
function prefetch(asked: string | undefined): void {
  const set = setOf(modules);
  if (!set) return;
  const request = { ...set, imports: importsNow() };
  packages.prefetch(request, formatSetQuery(request) === asked ? answerOfShell : undefined);
}

// The guard above lets the embedder's messages through only.
window.addEventListener('message', (event) => {
  const { data } = event;
  if (isSandpackMessage(data) && isCompile(data)) modules = data.modules;
  if (data?.type === 'preview-kit:peek' && isCompile(data.compile)) {
    modules = data.compile.modules;
    prefetch(data.query);
    if (data.compile.template !== 'create-react-app' && config.babelWorker)
      earlyBabel ??= startWorker(config.babelWorker);
    for (const address of data.compile.externalResources ?? []) preload(address);
  } else if (data?.type === 'preview-kit:set') {
    answered(data.answer as RawAnswer);
  }
});

frame.greet();
