// Runs in the bundler's page before any of its scripts and defines `__previewKit`, which the patched bundler calls
// (bundler-build/patches.ts): where files come from, and how packages arrive: one request for the whole dependency set.
import { mirrorPath } from '../packages/cdn-hosts.ts';
import { findImports, type Modules } from './imports.ts';
import { PackageClient, type SetManifest } from './package-client.ts';
import { isCompile, isMetricsRequest, isSandpackMessage } from './sandpack-messages.ts';

interface FrameConfig {
  /** Base host, protocol-relative, with a slash at the end. */
  base: string;
  /** Folder of the bundler's files, likewise. */
  files: string;
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

const previewKit = {
  /** Folder of the bundler's files; webpack's public path. */
  assets,
  /** Every third-party address has its twin at `<cdn><host>/<path>`. */
  cdn: `${base}-/cdn/`,

  /** Starts one of the bundler's workers: same-origin by a blob: URL, its own imports resolved against the assets. */
  worker(name: string): Worker {
    const source = `self.__previewKit=${JSON.stringify({ assets, cdn: `${base}-/cdn/` })};
const load=self.importScripts.bind(self);
self.importScripts=(...list)=>load(...list.map((item)=>item.startsWith("/")?__previewKit.assets+item.slice(1):item));
load(__previewKit.assets+${JSON.stringify(name)});`;
    return new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { name });
  },

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

window.addEventListener('message', (event) => {
  const { data } = event;
  if (isSandpackMessage(data) && isCompile(data)) modules = data.modules;
  if (event.source !== window.parent || event.origin !== new URL(base).origin) return;
  if (data?.type === 'preview-kit:peek' && isCompile(data.compile)) {
    modules = data.compile.modules;
    packages.prefetch(modules);
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
