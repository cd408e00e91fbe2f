// Warming, end to end: afterwards a relay without a registry answers whatever only needs what was warmed, locks hold sets to
// their trees, and everything that could not be had is named.
import { spawn } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runWarm, type WarmSummary } from '../../relay/cli/warm-run.ts';
import { silentLog } from '../../relay/packages/base/package-log.ts';
import { createPackageEngine, type PackageEngine } from '../../relay/packages/engine.ts';
import { readSetsLock, type SetsLock } from '../../relay/packages/sets/sets-lock.ts';
import { readPins } from '../../relay/packages/upkeep/pins.ts';
import { listStore } from '../../relay/packages/upkeep/store-entries.ts';
import { planSet, type WarmPlan } from '../../relay/packages/upkeep/warm/warm-plan.ts';
import type { NativeAnswer } from '../../relay/shared/native.ts';
import { Progress } from '../../relay/terminal/progress.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import { startTestRegistry, type TestPackage, type TestRegistry } from '../registry/test-registry.ts';
import { compiledCode } from './compiled-code.ts';
import { startTestRelay } from './start-test-relay.ts';

const packages = (): Record<string, TestPackage> => ({
  ...bundlerPackages,
  paint: {
    versions: {
      '1.0.0': {
        files: {
          '/index.js': 'module.exports = require("pigment")("red");',
          '/brush.js': 'module.exports = require("pigment/mix");',
        },
        manifest: { dependencies: { pigment: '^1.0.0' } },
      },
    },
  },
  pigment: {
    versions: {
      '1.0.0': {
        files: { '/index.js': 'module.exports = (c) => c;', '/mix.js': 'module.exports = "mixed";' },
      },
    },
  },
  canvas: { versions: { '2.0.0': { files: { '/index.js': 'module.exports = 2;' } } } },
});

const studio = { paint: '^1.0.0', canvas: '^2.0.0' };
const plan = (): WarmPlan => ({ sets: [planSet('studio', studio)], files: [] });

interface Kit {
  upstream: TestRegistry;
  dataDir: string;
  open(options?: { dataDir?: string; lock?: SetsLock; offline?: boolean }): PackageEngine;
  warm(options?: {
    plan?: WarmPlan;
    refresh?: boolean;
    lockFile?: string;
    shownBy?: 'native' | 'bundler';
  }): Promise<WarmSummary>;
}

async function setUp(published = packages()): Promise<Kit> {
  const upstream = await startTestRegistry({ packages: published });
  onTestFinished(() => upstream.close());
  const dataDir = await makeTemporaryFolder();
  const open: Kit['open'] = (options = {}) =>
    createPackageEngine({
      npm: upstream.npm,
      dataDir,
      offline: false,
      timeoutMs: 2_000,
      maxTarballBytes: 2 ** 20,
      log: silentLog,
      ...options,
    });
  const warm: Kit['warm'] = ({ plan: what = plan(), refresh = false, lockFile, shownBy = 'bundler' } = {}) =>
    runWarm(open(), what, {
      dataDir,
      shownBy,
      pin: true,
      refresh,
      lockFile,
      progress: new Progress(new PassThrough().resume()),
    });
  return { upstream, dataDir, open, warm };
}

const setPath = (dependencies: Record<string, string>, imports: string[]): string =>
  `/-/set?q=${encodeURIComponent(JSON.stringify({ d: dependencies, r: {}, i: imports }))}`;

/** Publishes another version of a package. */
function publish({ packages: published }: TestRegistry, name: string, version: string, like: string): void {
  const found = published[name] as TestPackage;
  found.versions[version] = { ...found.versions[like] };
}

describe('After warming, a relay without a registry', () => {
  it('answers any imports of the set, and asks nobody', async () => {
    const { dataDir, warm } = await setUp();
    expect((await warm()).failures).toEqual([]);
    const relay = await startTestRelay({ config: { dataDir, offline: true } });
    try {
      for (const imports of [['paint'], ['canvas', 'paint'], ['paint/brush'], []]) {
        const { status, text } = await relay.ask(setPath(studio, imports));
        expect(status, text).toBe(200);
        for (const specifier of imports)
          expect(text).toContain(
            `/node_modules/${specifier === 'paint/brush' ? 'paint/brush.js' : specifier}`,
          );
      }
      expect(relay.registry.requests).toEqual([]);
    } finally {
      await relay.close();
    }
  });

  it("has Tailwind's script with plugins made, keeps what it is made of, and makes it anew with others", async () => {
    const forms = { files: { '/index.js': "require('hue')" }, manifest: { dependencies: { hue: '1' } } };
    const published = {
      ...packages(),
      '@tailwindcss/forms': { versions: { '0.5.9': forms } },
      '@tailwindcss/typography': { versions: { '0.5.15': { files: { '/index.js': '' } } } },
      hue: { versions: { '1.0.0': { files: { '/index.js': '' } } } },
    };
    const { dataDir, warm } = await setUp(published);
    const address = 'https://cdn.tailwindcss.com/?plugins=forms,typography';
    expect((await warm({ plan: { sets: [], files: [address] } })).failures).toEqual([]);
    expect((await readPins(dataDir)).flatMap((pin) => pin.packages)).toEqual([
      '@tailwindcss/forms@0.5.9',
      '@tailwindcss/typography@0.5.15',
      'hue@1.0.0',
      'tailwindcss@3.4.17',
    ]);
    const stored = await listStore(dataDir);
    expect(stored.filter(({ kind }) => kind === 'encoded').map(({ source }) => source)).toEqual([
      'tailwindcss@3.4.17',
    ]);
    const relay = await startTestRelay({ config: { dataDir, offline: true } });
    try {
      for (const query of ['forms,typography', 'forms', 'typography@0.5.15'])
        expect((await relay.ask(`/-/cdn/cdn.tailwindcss.com/?plugins=${query}`)).status, query).toBe(200);
      expect(relay.registry.requests).toEqual([]);
    } finally {
      await relay.close();
    }
  });

  it('answers another set of the same packages', async () => {
    const { dataDir, warm } = await setUp();
    await warm();
    const relay = await startTestRelay({ config: { dataDir, offline: true } });
    try {
      const { status, text } = await relay.ask(setPath({ paint: '1.x' }, ['paint']));
      expect(status, text).toBe(200);
      expect(relay.registry.requests).toEqual([]);
    } finally {
      await relay.close();
    }
  });

  it.each([
    [{ easel: '^4.0.0' }, 'easel@^4.0.0 is not stored here, and the relay is offline.'],
    [{ canvas: '^3.0.0' }, 'canvas@^3.0.0 is not stored here, and the relay is offline.'],
  ])('says what is missing of %j', async (dependencies, message) => {
    const { dataDir, warm } = await setUp();
    await warm();
    const relay = await startTestRelay({ config: { dataDir, offline: true } });
    try {
      const { status, text } = await relay.ask(setPath(dependencies, []));
      expect([status, JSON.parse(text).error]).toEqual([
        503,
        expect.objectContaining({ code: 'OFFLINE_MISSING', message }),
      ]);
      expect(relay.registry.requests).toEqual([]);
    } finally {
      await relay.close();
    }
  });

  it('names a CDN file that is missing', async () => {
    const { dataDir, warm } = await setUp();
    await warm({ plan: { ...plan(), files: ['https://cdn.jsdelivr.net/npm/canvas@2.0.0/index.js'] } });
    const relay = await startTestRelay({ config: { dataDir, offline: true } });
    try {
      expect((await relay.ask('/-/cdn/cdn.jsdelivr.net/npm/canvas@2.0.0/index.js')).text).toBe(
        'module.exports = 2;',
      );
      const missing = await relay.ask('/-/cdn/cdn.jsdelivr.net/npm/easel@4/index.js');
      expect(missing.status).toBe(503);
      expect(missing.text).toContain('easel@4 is not stored here');
    } finally {
      await relay.close();
    }
  });
});

describe('Warming for the native engine', () => {
  const code = "import paint from 'paint'; import 'canvas'; export default () => paint;";
  const native = (): WarmPlan => {
    const artifact = {
      imports: [],
      files: { '/package.json': '{"main":"/App.tsx"}', '/App.tsx': code },
      declared: { paint: '^1.0.0' },
    };
    return { sets: [{ ...planSet('studio', studio), artifacts: [artifact] }], files: [] };
  };
  const request = {
    files: {
      '/package.json': '{"main":"/App.tsx","dependencies":{"paint":"^1.0.0"}}',
      '/App.tsx': code,
    },
    imports: [],
    tailwind: false,
  };

  it('makes the packs of a known artifact: a relay without built packages or a registry has them', async () => {
    const { dataDir, warm } = await setUp();
    expect((await warm({ plan: native(), shownBy: 'native' })).failures).toEqual([]);
    await rm(join(dataDir, 'prebundles'), { recursive: true });
    const relay = await startTestRelay({ config: { dataDir, offline: true, engine: 'native' } });
    try {
      const { status, text } = await relay.ask('/-/native', {
        method: 'POST',
        body: JSON.stringify(request),
      });
      expect(status, text).toBe(200);
      const { packages: answered } = JSON.parse(text) as NativeAnswer;
      expect(Object.keys(answered.roots).sort()).toEqual(['canvas', 'paint']);
      for (const { path } of answered.packs) expect((await relay.ask(path)).status).toBe(200);
      expect(relay.registry.requests).toEqual([]);
      expect(await readdir(dataDir)).not.toContain('prebundles');
    } finally {
      await relay.close();
    }
  });

  it('makes no answers of the bundler’s, and for the bundler no packs', async () => {
    for (const [shownBy, made] of [
      ['native', ['linked', 'packs']],
      ['bundler', ['finished']],
    ] as const) {
      const { dataDir, warm } = await setUp();
      await warm({ plan: native(), shownBy });
      const folders = await readdir(dataDir);
      expect(folders.filter((name) => ['finished', 'linked', 'packs'].includes(name))).toEqual(made);
    }
  });
});

describe('Warming', () => {
  it('builds each package once: no import of the set makes another build', async () => {
    const { dataDir, warm } = await setUp();
    await warm();
    const built: string[] = [];
    const note = (details: object, message: string): void => {
      if (message === 'package pre-bundled') built.push((details as { package: string }).package);
    };
    const engine = createPackageEngine({
      npm: { registry: 'http://127.0.0.1:1/' },
      dataDir,
      offline: true,
      timeoutMs: 100,
      maxTarballBytes: 2 ** 20,
      log: { ...silentLog, debug: note },
    });
    for (const imports of [['paint'], ['canvas'], ['canvas', 'paint']])
      await engine.sets.manifest({ dependencies: studio, resolutions: {}, imports });
    expect(built).toEqual([]);
  });

  it('names what failed, and prepares the rest', async () => {
    const published = packages();
    (published.canvas as TestPackage).tarballFault = { kind: 'status', status: 404 };
    const { warm, open } = await setUp(published);
    const what: WarmPlan = {
      sets: [planSet('studio', studio), planSet('sketch', { paint: '^1.0.0' })],
      files: ['https://cdn.jsdelivr.net/npm/nothing@1/x.js', 'https://fonts.example.com/a.css'],
    };
    const { failures } = await warm({ plan: what });
    expect(failures.map(({ what: name }) => name)).toEqual(['canvas@2.0.0', ...what.files]);
    expect(failures[2]?.why).toBe('The kit does not answer for this address.');
    const offline = open({ offline: true });
    await expect(offline.registry.files('paint', '1.0.0')).resolves.toMatchObject({ name: 'paint' });
  });

  it('leaves out a package that does not exist, and names it', async () => {
    const { warm } = await setUp();
    const set = { ...planSet('studio', { ...studio, nothing: 'latest' }), added: ['nothing'] };
    const { failures, sets } = await warm({ plan: { sets: [set], files: [] } });
    expect(failures).toEqual([
      { what: 'nothing', why: 'The package nothing does not exist in the npm registry.' },
    ]);
    expect(Object.keys(sets[0]?.tree?.root ?? {})).toEqual(expect.arrayContaining(['paint', 'canvas']));
  });

  it('pins no set under the name of packages that do not exist', async () => {
    const { warm, dataDir } = await setUp();
    const set = { ...planSet('studio + nothing', { ...studio, nothing: 'latest' }), added: ['nothing'] };
    await warm({ plan: { sets: [set], files: [] } });
    expect(await readPins(dataDir)).toEqual([]);
  });

  it('pins the trees of its sets and the packages of its files', async () => {
    const { warm, dataDir } = await setUp();
    const { sets } = await warm({ plan: { ...plan(), files: ['https://unpkg.com/canvas'] } });
    expect(await readPins(dataDir)).toEqual([
      { name: 'files of CDNs', trees: [], packages: ['canvas@2.0.0'] },
      { name: 'studio', trees: [sets[0]?.tree?.id], packages: [] },
    ]);
  });

  it('picks newer versions only when told to, also for a relay that is running', async () => {
    const { warm, upstream, open } = await setUp();
    const request = { dependencies: studio, resolutions: {}, imports: [] };
    await warm();
    const running = open();
    const versionOf = async (): Promise<string | undefined> =>
      (await running.sets.manifest(request)).dependencies.find(({ name }) => name === 'canvas')?.version;
    publish(upstream, 'canvas', '2.1.0', '2.0.0');
    await running.registry.packument('canvas', { revalidate: true });
    await warm();
    expect(await versionOf()).toBe('2.0.0');
    // A packument this young would not be asked for again.
    await open().registry.packument('canvas', { revalidate: true });
    await warm({ refresh: true });
    expect(await versionOf()).toBe('2.1.0');
  });
});

describe('A lock of sets', () => {
  async function lockAndPublish(): Promise<Kit & { lockFile: string; elsewhere: string; tree: string }> {
    const kit = await setUp();
    const lockFile = join(kit.dataDir, 'sets.lock.json');
    const { sets } = await kit.warm({ lockFile });
    publish(kit.upstream, 'canvas', '2.1.0', '2.0.0');
    return { ...kit, lockFile, elsewhere: await makeTemporaryFolder(), tree: sets[0]?.tree?.id ?? '' };
  }

  it('gives the same tree on another machine, without asking the registry', async () => {
    const { open, lockFile, elsewhere, tree, upstream } = await lockAndPublish();
    const engine = open({ dataDir: elsewhere, lock: await readSetsLock(lockFile) });
    const before = upstream.requests.length;
    const found = await engine.sets.tree({
      dependencies: { canvas: '^2.0.0 ', paint: '^1.0.0' },
      resolutions: {},
    });
    expect(found.id).toBe(tree);
    expect(upstream.requests.slice(before)).toEqual([]);
    const { contents } = await engine.sets.manifest({
      dependencies: studio,
      resolutions: {},
      imports: ['canvas'],
    });
    expect(contents['/node_modules/canvas/package.json']?.content).toContain('"2.0.0"');
    const addition = await engine.sets.addition(tree, { known: ['canvas'], added: ['paint/brush'] });
    expect(addition?.contents).toHaveProperty('/node_modules/paint/brush.js');
  });

  it('leaves other sets alone', async () => {
    const { open, lockFile, elsewhere } = await lockAndPublish();
    const engine = open({ dataDir: elsewhere, lock: await readSetsLock(lockFile) });
    const tree = await engine.sets.tree({ dependencies: { canvas: '^2.0.0' }, resolutions: {} });
    expect(tree.nodes.canvas?.version).toBe('2.1.0');
  });

  it('refuses a tarball that is not the one it was made with', async () => {
    const { open, lockFile, elsewhere, upstream } = await lockAndPublish();
    const changed = (upstream.packages.canvas as TestPackage).versions['2.0.0'] as { files: object };
    changed.files = { '/index.js': 'module.exports = "hijacked";' };
    const engine = open({ dataDir: elsewhere, lock: await readSetsLock(lockFile) });
    await expect(
      engine.sets.manifest({ dependencies: studio, resolutions: {}, imports: ['canvas'] }),
    ).rejects.toMatchObject({ code: 'INTEGRITY_MISMATCH', packageName: 'canvas' });
  });

  it('that is damaged keeps the relay from starting, and says so', async () => {
    const { lockFile } = await lockAndPublish();
    const text = await readFile(lockFile, 'utf8');
    await writeFile(lockFile, text.replace('"version": "2.0.0"', '"version": "2.1.0"'));
    await expect(startTestRelay({ config: { setsLock: lockFile } })).rejects.toThrow(
      /^SETS_LOCK=.*sets\.lock\.json: the tree [0-9a-f]{32} was changed or damaged\. Write it again/,
    );
  });
});

describe('npm run warm', () => {
  async function run(args: string[], published = packages()) {
    const upstream = await startTestRegistry({ packages: published });
    onTestFinished(() => upstream.close());
    const folder = await makeTemporaryFolder();
    const script = join(await compiledCode(), 'relay', 'cli', 'warm.js');
    const child = spawn(process.execPath, [script, '--data-dir', join(folder, 'data'), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, npm_config_registry: upstream.url },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const code = await new Promise((resolve) => child.once('close', resolve));
    return { code, output };
  }

  it('ends with 0 and a summary', async () => {
    const { code, output } = await run([
      '--no-standard',
      'https://cdn.jsdelivr.net/npm/canvas@2.0.0/index.js',
    ]);
    expect(output).toMatch(/^\n0 sets, 0 packages \(0 B\) and 1 CDN files in \d+\.\d s; pinned\.\n$/);
    expect(code).toBe(0);
  });

  it('writes the lock that is in use anew, also when it is missing', async () => {
    const target = ['--no-standard', 'https://cdn.jsdelivr.net/npm/canvas@2.0.0/index.js'];
    const { code, output } = await run([...target, '--lock', 'sets.json', '--sets-lock', 'sets.json']);
    expect(output).toContain('The resolved trees are in sets.json.');
    expect(code).toBe(0);
    const other = await run([...target, '--lock', 'sets.json', '--sets-lock', 'other.json']);
    expect(other.output).toMatch(/^warm: SETS_LOCK=.*other\.json: there is no such file\./);
    expect(other.code).toBe(1);
  });

  it('ends with 1 and the reasons when something failed', async () => {
    const { code, output } = await run(['--no-standard', 'https://unpkg.com/nothing']);
    expect(output).toContain(
      'https://unpkg.com/nothing: The package nothing does not exist in the npm registry.',
    );
    expect(code).toBe(1);
  });

  it.each([
    [['--bogus'], "warm: Unknown option '--bogus'.\nSee npm run warm -- --help."],
    [['--no-standard'], 'warm: There is nothing to warm.'],
    [['--lock', 'gone/sets.json'], 'warm: gone/sets.json cannot be written: there is no folder'],
    [['--data-dir', '/dev/null/data'], 'warm: DATA_DIR=/dev/null/data cannot be written to (ENOTDIR)'],
    [['missing.tsx'], 'warm: missing.tsx cannot be read: there is no such file.'],
    [['UPPER CASE'], 'warm: “UPPER CASE” is neither a file nor a package'],
    [
      ['--sets', 'nope'],
      'warm: There is no set “nope”; LibreChat’s are react-18, react-19, mermaid, markdown.',
    ],
    [['--store-max-bytes', 'much'], '--store-max-bytes=much: must be a whole number'],
  ])('explains %j', async (args, message) => {
    const { code, output } = await run(args);
    expect(output).toContain(message);
    expect(code).toBe(1);
  });
});
