// Runs in the bundler's page before any of its scripts and defines `__previewKit`, which the patched bundler calls
// (bundler-build/patches.ts): where files come from, and how packages arrive: one request for the whole dependency set.
import { mirrorPath } from '../packages/cdn-hosts.ts';
import { findImports, type Modules } from './imports.ts';
import { PackageClient, type SetManifest } from './package-client.ts';
import { allowWorkersFrom } from './package-workers.ts';
import { isCompile, isMetricsRequest, isSandpackMessage } from './sandpack-messages.ts';
import { type CompilerReady, type LoaderContext, transpile } from './transpile.ts';

interface FrameConfig {
  /** Base host, protocol-relative, with a slash at the end. */
  base: string;
  /** Folder of the bundler's files, likewise. */
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

const config = (window as unknown as { __previewKitConfig: FrameConfig }).__previewKitConfig;
const absolute = (address: string): string => new URL(address, location.href).href;
const base = absolute(config.base);
const assets = absolute(config.files);
const packages = new PackageClient(`${base}-/`);
let modules: Modules = {};
/** Nested by the shell; with ISOLATION=shared the embedder opens this page itself. */
const nested = location.origin !== new URL(base).origin;

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

  /** Sets the address of a script or style that the embedder asked for; CDNs are answered by the kit. */
  external(element: HTMLElement, attribute: string, address: string): void {
    const path = URL.canParse(address) ? mirrorPath(new URL(address)) : undefined;
    element.setAttribute(attribute, path === undefined ? address : absolute(config.base + path.slice(1)));
    if (path !== undefined) element.setAttribute('crossorigin', 'anonymous');
  },

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
    const manifest = await packages.manifest({
      dependencies,
      resolutions: resolutions ?? {},
      imports: findImports(modules),
    });
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
    const contents = await packages.modules(path);
    if (!contents) return undefined;
    for (const [file, { content, requires }] of Object.entries(contents)) {
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
allowWorkersFrom(`${base}-/`);

/** Has the browser fetch a script before the bundler adds it to the page. */
function preload(address: string): void {
  const path = URL.canParse(address) ? mirrorPath(new URL(address)) : undefined;
  if (path === undefined || /\.css$|^\/-\/cdn\/fonts\./.test(path)) return;
  const link = document.createElement('link');
  Object.assign(link, {
    rel: 'preload',
    as: 'script',
    crossOrigin: 'anonymous',
    href: absolute(config.base + path.slice(1)),
  });
  document.head.append(link);
}

window.addEventListener('message', (event) => {
  const { data } = event;
  if (isSandpackMessage(data) && isCompile(data)) modules = data.modules;
  if (event.source !== window.parent || (nested && event.origin !== new URL(base).origin)) return;
  if (data?.type === 'preview-kit:peek' && isCompile(data.compile)) {
    modules = data.compile.modules;
    packages.prefetch(modules);
    if (data.compile.template !== 'create-react-app' && config.babelWorker)
      earlyBabel ??= startWorker(config.babelWorker);
    for (const address of data.compile.externalResources ?? []) preload(address);
  } else if (isMetricsRequest(data)) {
    const entries = performance.getEntries() as PerformanceResourceTiming[];
    const loads = entries.filter(({ entryType }) => entryType === 'resource' || entryType === 'navigation');
    const bytes = loads.reduce((sum, { transferSize }) => sum + (transferSize || 0), 0);
    window.parent.postMessage(
      { type: 'preview-kit:metrics', origin: location.origin, requests: loads.length, bytes },
      event.origin,
    );
  }
});

if (window.parent !== window) window.parent.postMessage({ type: 'preview-kit:hello' }, new URL(base).origin);
