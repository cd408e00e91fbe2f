// What a relay prepares by itself after its start: it is there before anybody asks, gives way to those who do, and costs
// nothing where it is not wanted or cannot be had.
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Config } from '../../relay/config.ts';
import type { NpmOptions } from '../../relay/packages/npm/npm-config.ts';
import { parsePackagePatterns } from '../../relay/packages/policy/package-pattern.ts';
import { libreChatFiles, reactArtifactFiles } from '../../relay/packages/sets/librechat-files.ts';
import { findImports } from '../../relay/shared/imports.ts';
import type { NativeAnswer } from '../../relay/shared/native.ts';
import { artifactSets } from '../../relay/shared/standard-sets.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import type { TestPackage } from '../registry/test-registry.ts';
import { root } from './compiled-code.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const tailwindPlugins = ['forms', 'typography', 'aspect-ratio', 'container-queries', 'line-clamp'];

/** Small stand-ins for everything that LibreChat's sets, its pages and the playground's samples name. */
function packagesOfLibreChat(): Record<string, TestPackage> {
  const one = (version: string, files: Record<string, string> = {}): TestPackage => ({
    versions: { [version]: { files: { '/index.js': 'module.exports = {};', ...files } } },
  });
  const script = 'self.loaded = true;';
  const lowest = (range: string): string => range.replace(/^[^\d]*/, '');
  const dependencies = Object.entries(artifactSets['react-18']).map(([name, range]) => [
    name,
    one(lowest(range)),
  ]);
  const react = {
    '/jsx-runtime.js': '',
    '/jsx-dev-runtime.js': '',
    '/client.js': '',
    '/runtime.js': '',
    '/addons/controls/OrbitControls.js': '',
    '/examples/jsm/controls/OrbitControls.js': '',
  };
  const both = (): TestPackage => ({
    versions: {
      '18.3.1': { files: { '/index.js': '', ...react } },
      '19.2.0': { files: { '/index.js': '', ...react } },
    },
  });
  return {
    ...Object.fromEntries(dependencies),
    ...bundlerPackages,
    react: both(),
    'react-dom': both(),
    'react-is': both(),
    three: one('0.167.1', react),
    'react-refresh': one('0.9.0', react),
    ...Object.fromEntries(tailwindPlugins.map((name) => [`@tailwindcss/${name}`, one('0.5.0')])),
    marked: one('15.0.12', { '/marked.min.js': script }),
    jszip: one('3.10.1', { '/dist/jszip.min.js': script }),
    'docx-preview': one('0.3.7', { '/dist/docx-preview.min.js': script }),
    'pptx-preview': one('1.0.7', { '/dist/pptx-preview.umd.js': script }),
    '@tailwindcss/ui': one('0.7.2', { '/dist/tailwind-ui.min.css': 'a{}' }),
  };
}

async function start(
  options: { packages?: Record<string, TestPackage>; config?: Partial<Config>; npm?: NpmOptions } = {},
): Promise<TestRelay> {
  const relay = await startTestRelay({
    ...options,
    packages: options.packages ?? packagesOfLibreChat(),
    config: { prepareSets: 'auto', playground: true, registryTimeoutMs: 2_000, ...options.config },
  });
  onTestFinished(() => relay.close());
  return relay;
}

/** What the frame asks for when it opens one of the playground's samples. */
async function setPath(sample: string, base: 'react-18' | 'react-19' = 'react-18'): Promise<string> {
  const code = await readFile(join(root, 'examples', `${sample}.tsx`), 'utf8');
  return pathOf(artifactSets[base], findImports(reactArtifactFiles(code)));
}

const pathOf = (dependencies: object, imports: string[]): string =>
  `/-/set?q=${encodeURIComponent(JSON.stringify({ d: dependencies, r: {}, i: imports }))}`;

/** The answer to one of the playground's samples, without the files that it does not import. */
async function askNative(
  relay: TestRelay,
  sample: string,
  base: 'react-18' | 'react-19',
): Promise<NativeAnswer> {
  const code = await readFile(join(root, 'examples', `${sample}.tsx`), 'utf8');
  const files = Object.entries(reactArtifactFiles(code)).map(([path, file]) => [path, file.code]);
  const packageJson = JSON.stringify({ main: '/index.tsx', dependencies: artifactSets[base] });
  const { status, text } = await relay.ask('/-/native', {
    method: 'POST',
    body: JSON.stringify({
      files: { ...Object.fromEntries(files), '/package.json': packageJson },
      imports: [],
      tailwind: false,
    }),
  });
  expect(status, text).toBe(200);
  return JSON.parse(text);
}

const readFolders = ({ dataDir }: TestRelay): Promise<string[]> => readdir(dataDir);

const warnings = (relay: TestRelay) =>
  relay.log.filter(({ part, level }) => part === 'preparation' && Number(level) > 30);

describe('A relay that has just been started', () => {
  it('prepares what the bundler will be asked for first, and then answers it without asking the registry', async () => {
    const relay = await start({ config: { engine: 'bundler' } });
    await relay.prepared;
    expect(warnings(relay)).toEqual([]);
    const { done, total, end } = relay.preparing.at(-1) ?? {};
    expect(end).toMatchObject({ isComplete: true });
    expect(done).toBe(total);
    const asked = relay.registry.requests.length;
    const components = Object.keys(libreChatFiles()).map(
      (path) => `import '${path.replace(/\.tsx?$/, '')}';`,
    );
    const everyComponent = findImports(reactArtifactFiles(components.join('\n')));
    const paths = [
      '/-/cdn/cdn.tailwindcss.com/3.4.17',
      '/-/cdn/cdn.tailwindcss.com/?plugins=forms,typography',
      '/-/cdn/cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js',
      await setPath('dashboard'),
      await setPath('three-scene'),
      await setPath('dashboard', 'react-19'),
      pathOf(artifactSets['react-18'], everyComponent),
      pathOf(artifactSets['react-19'], everyComponent),
    ];
    for (const path of paths) expect((await relay.ask(path)).status, path).toBe(200);
    expect(relay.registry.requests.slice(asked)).toEqual([]);
    expect(relay.log.filter(({ msg }) => msg === 'dependency set assembled')).toEqual([]);
  });

  it('prepares what the native engine will be asked for first, packs included', async () => {
    const relay = await start({ config: { engine: 'native' } });
    await relay.prepared;
    expect(warnings(relay)).toEqual([]);
    expect(relay.preparing.at(-1)?.end).toMatchObject({ isComplete: true });
    const [asked, built] = [relay.registry.requests.length, await readFolders(relay)];
    expect(built).not.toContain('finished');
    // Whatever had to be built now would be written there.
    await rm(join(relay.dataDir, 'prebundles'), { recursive: true });
    const again = await start({
      config: { engine: 'native', dataDir: relay.dataDir, prepareSets: 'off' },
      npm: relay.registry.npm,
    });
    for (const [sample, base] of [
      ['dashboard', 'react-18'],
      ['three-scene', 'react-18'],
      ['dashboard', 'react-19'],
    ] as const) {
      const { packages, problems } = await askNative(again, sample, base);
      expect([problems, packages.missing, packages.undeclared], sample).toEqual([[], {}, {}]);
      expect(packages.packs.length).toBeGreaterThan(0);
      for (const { path } of packages.packs) expect((await again.ask(path)).status).toBe(200);
    }
    expect(relay.registry.requests.slice(asked)).toEqual([]);
    expect(await readFolders(relay)).not.toContain('prebundles');
  });

  it('begins with the first sample', async () => {
    const relay = await start();
    await relay.prepared;
    const { requests } = relay.registry;
    const position = (name: string) => requests.findIndex((request) => request.startsWith(`GET /${name}/-/`));
    expect(position('recharts')).toBeGreaterThan(0);
    expect(position('recharts')).toBeLessThan(position('vaul'));
    expect(position('vaul')).toBeLessThan(position('marked'));
  });

  it("has Tailwind's script without asking the registry", async () => {
    const relay = await start({ packages: {} });
    const { status, text } = await relay.ask('/-/cdn/cdn.tailwindcss.com/3.4.17');
    expect(status).toBe(200);
    expect(text).toMatch(/^\/\*! Tailwind CSS 3\.4\.17 \| MIT License/);
    expect(relay.registry.requests.filter((request) => request.includes('tailwind'))).toEqual([]);
  });

  for (const engine of ['native', 'bundler'] as const)
    it(`has nothing to do, and says nothing, when all of it is stored, with ENGINE=${engine}`, async () => {
      const first = await start({ config: { engine } });
      await first.prepared;
      const asked = first.registry.requests.length;
      const again = await start({ config: { engine, dataDir: first.dataDir }, npm: first.registry.npm });
      await again.prepared;
      expect(again.preparing).toEqual([]);
      expect(again.log).toEqual([]);
      expect(first.registry.requests.slice(asked)).toEqual([]);
    });

  it('prepares nothing that the operator forbids, and does not complain about it', async () => {
    const relay = await start({ config: { packagesDeny: parsePackagePatterns('vaul') } });
    await relay.prepared;
    expect(warnings(relay)).toEqual([]);
    expect(relay.registry.requests.filter((request) => request.includes('vaul'))).toEqual([]);
    expect(relay.registry.requests).toContain('GET /marked/-/marked-15.0.12.tgz');
  });

  for (const [what, config] of [
    ['OFFLINE=true', { offline: true }],
    ['PREPARE_SETS=off', { prepareSets: 'off' }],
  ] as const)
    it(`prepares nothing with ${what}`, async () => {
      const relay = await start({ config });
      await relay.prepared;
      expect(relay.registry.requests).toEqual([]);
      expect(relay.preparing).toEqual([]);
      expect(relay.log).toEqual([]);
    });
});

describe('While a relay prepares,', () => {
  it('a request goes first: nothing more is begun until it is answered', async () => {
    const packages: Record<string, TestPackage> = {
      ...packagesOfLibreChat(),
      slow: { versions: { '1.0.0': {} }, packumentFault: { kind: 'late', afterMs: 1_500 } },
    };
    // Its first step builds Tailwind's script: the request is there before the second.
    const relay = await start({ packages });
    const answer = relay.ask(pathOf({ slow: '1' }, []));
    await expect.poll(() => relay.registry.requests).toContain('GET /slow');
    expect((await answer).status).toBe(200);
    expect(relay.registry.requests.filter((request) => request.includes('recharts'))).toEqual([]);
    await relay.prepared;
    expect(relay.registry.requests).toContain('GET /recharts/-/recharts-2.12.7.tgz');
  });

  it('a request for what it is preparing shares the work, and does not wait for its turn', async () => {
    const packages = packagesOfLibreChat();
    const recharts = packages.recharts as TestPackage;
    packages.recharts = { ...recharts, tarballFault: { kind: 'late', afterMs: 500 } };
    const relay = await start({ packages });
    await expect
      .poll(() => relay.registry.requests, { timeout: 20_000 })
      .toContain('GET /recharts/-/recharts-2.12.7.tgz');
    const { status } = await relay.ask(await setPath('dashboard'));
    expect(status).toBe(200);
    await relay.prepared;
    const { requests } = relay.registry;
    expect(requests.length).toBe(new Set(requests).size);
  });

  it('closing the relay ends it at once', async () => {
    const packages = packagesOfLibreChat();
    const marked = packages.marked as TestPackage;
    packages.marked = { ...marked, tarballFault: { kind: 'late', afterMs: 6_000 } };
    const relay = await start({ packages, config: { playground: false, registryTimeoutMs: 20_000 } });
    await expect
      .poll(() => relay.registry.requests, { timeout: 20_000 })
      .toContain('GET /marked/-/marked-15.0.12.tgz');
    const told = relay.preparing.length;
    const asked = relay.registry.requests.length;
    const startedAt = performance.now();
    await relay.close();
    // What is being compressed is finished, what is being fetched is not waited for.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await relay.prepared;
    expect(relay.registry.requests).toHaveLength(asked);
    expect(warnings(relay)).toEqual([]);
    expect(relay.preparing).toHaveLength(told);
  });
});

describe('What cannot be had', () => {
  it('costs one line of the log that says what to do, and one attempt, when the registry is down', async () => {
    const down = Object.entries(packagesOfLibreChat()).map(([name, given]): [string, TestPackage] => [
      name,
      { ...given, packumentFault: { kind: 'status', status: 503 } },
    ]);
    const relay = await start({ packages: Object.fromEntries(down) });
    await relay.prepared;
    expect(warnings(relay)).toHaveLength(1);
    expect(warnings(relay)[0]?.msg).toMatch(/registry.*PREPARE_SETS=off/);
    // What comes after the first sample is not even tried.
    expect(relay.registry.requests).not.toContain('GET /marked');
    expect((await relay.ask('/readyz')).status).toBe(200);
  });

  it('is named in one line, and the rest is prepared', async () => {
    const packages = packagesOfLibreChat();
    delete packages['pptx-preview'];
    delete packages.jszip;
    const relay = await start({ packages });
    await relay.prepared;
    expect(warnings(relay)).toMatchObject([{ code: 'PACKAGE_NOT_FOUND', more: 1 }]);
    expect(relay.preparing.at(-1)?.end?.isComplete).toBe(false);
    expect((await relay.ask(await setPath('dashboard', 'react-19'))).status).toBe(200);
  });
});
