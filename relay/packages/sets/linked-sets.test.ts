import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import cacache from 'cacache';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadPacks, readPacks, requireFromPacks } from '../../../test/packages/run-packs.ts';
import { bundlerPackages } from '../../../test/registry/bundler-packages.ts';
import { packageErrorOf } from '../../../test/registry/set-up-registry.ts';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import {
  startTestRegistry,
  type TestPackage,
  type TestVersion,
} from '../../../test/registry/test-registry.ts';
import { silentLog } from '../base/package-log.ts';
import { createPackageEngine } from '../engine.ts';
import { parsePackagePatterns } from '../policy/package-pattern.ts';
import { openPolicy } from '../policy/package-policy.ts';

type EngineOptions = Partial<Parameters<typeof createPackageEngine>[0]>;

const version = (code: string, manifest: Record<string, unknown> = {}): TestVersion => ({
  files: { '/index.js': code },
  manifest,
});
const one = (code: string, manifest: Record<string, unknown> = {}): TestPackage => ({
  versions: { '1.0.0': version(code, manifest) },
});

const packages: Record<string, TestPackage> = {
  ...bundlerPackages,
  'node-libs-browser': { versions: { '2.2.1': version('', { dependencies: { events: '^3.0.0' } }) } },
  events: { versions: { '3.3.0': { files: { '/events.js': 'module.exports = "events of browsers";' } } } },
  paint: {
    versions: {
      '1.0.0': {
        files: {
          '/index.js': 'exports.colour = require("pigment")("paint"); exports.more = require("./more");',
          '/more.js': 'module.exports = "more";',
        },
        manifest: { dependencies: { pigment: '^1.0.0' } },
      },
    },
  },
  pigment: {
    versions: {
      '1.0.0': version('module.exports = (by) => "red 1 of " + by;'),
      '2.0.0': version('module.exports = (by) => "red 2 of " + by;'),
    },
  },
  canvas: {
    versions: {
      '1.0.0': {
        files: {
          '/index.js':
            'import "./canvas.css"; import data from "./data.json"; import events from "events"; export default [data, events]; // end',
          '/canvas.css': '.canvas { background: url("./dot.png") }',
          '/dot.png': 'png',
          '/data.json': '{"__proto__": 1, "line": "\u2028</script>"}',
          '/sub.js': 'export const sub = 1;',
        },
        manifest: { type: 'module' },
      },
    },
  },
};
async function setUp(options: EngineOptions = {}, more: Record<string, TestPackage> = {}) {
  const upstream = await startTestRegistry({ packages: { ...packages, ...more } });
  onTestFinished(() => upstream.close());
  const dataDir = await makeTemporaryFolder();
  const open = (changed: EngineOptions = {}) => {
    const { linked } = createPackageEngine({
      npm: upstream.npm,
      dataDir,
      offline: false,
      timeoutMs: 1_500,
      maxTarballBytes: 2 ** 20,
      log: silentLog,
      ...options,
      ...changed,
    });
    onTestFinished(() => linked.close());
    return linked;
  };
  return { upstream, dataDir, open, linked: open() };
}

const ask = (dependencies: Record<string, string>, imports: string[] = Object.keys(dependencies)) => ({
  dependencies,
  resolutions: {},
  imports,
});

/** What each import of an answer evaluates to. */
async function evaluate(
  linked: Awaited<ReturnType<typeof setUp>>['linked'],
  request: ReturnType<typeof ask>,
) {
  const answer = await linked.get(request);
  const modules = loadPacks(await readPacks(linked, answer));
  const load = requireFromPacks(modules);
  const values = Object.fromEntries(Object.entries(answer.roots).map(([name, path]) => [name, load(path)]));
  return { answer, modules, values };
}

/** Names of the packs on disk. */
async function readPackNames(dataDir: string): Promise<string[]> {
  return Object.keys(await cacache.ls(join(dataDir, 'packs')));
}

describe('A native preview’s packages', () => {
  test('run from packs, each require where the tree leads it', async () => {
    const { linked } = await setUp();
    const { answer, values } = await evaluate(linked, ask({ paint: '1', pigment: '2' }));
    expect(values.paint).toEqual({ colour: 'red 1 of paint', more: 'more' });
    expect(values.pigment('me')).toBe('red 2 of me');
    expect(answer.roots.pigment).toBe('/node_modules/pigment/.kit/main.js');
    expect(answer).toMatchObject({ missing: {}, fallbacks: [], undeclared: {} });
    expect(answer.tree).toMatch(/^[0-9a-f]{32}$/);
  });

  test('may go by another name', async () => {
    const { linked } = await setUp();
    const { values } = await evaluate(linked, ask({ colour: 'npm:pigment@1', paint: '1' }));
    expect(values.colour('alias')).toBe('red 1 of alias');
    expect(values.paint.colour).toBe('red 1 of paint');
  });

  test('bring styles, data and what stands in for built-in modules', async () => {
    const { linked } = await setUp();
    const { modules, values } = await evaluate(linked, ask({ canvas: '1' }, ['canvas', 'node:events']));
    const [data, events] = values.canvas.default;
    expect(data.line).toBe('\u2028</script>');
    expect([events, values['node:events']]).toEqual(['events of browsers', 'events of browsers']);
    expect(modules['/node_modules/canvas/canvas.css']).toContain(
      'https://cdn.jsdelivr.net/npm/canvas@1.0.0/dot.png',
    );
  });

  test('are said to be missing one by one', async () => {
    const { linked } = await setUp();
    const { answer, values } = await evaluate(
      linked,
      ask({ paint: '1', canvas: '1' }, ['paint', 'canvas/sub.js', 'canvas/none', 'fs', 'pain', 'zq']),
    );
    expect(answer.missing).toEqual({
      'canvas/none': '"canvas/none" is not in canvas@1.0.0.',
      fs: '"fs" is a module of Node.js that browsers have nothing like.',
      pain: 'There is no package "pain" in the npm registry. Did you mean "paint"?',
      zq: 'There is no package "zq" in the npm registry.',
    });
    expect(Object.keys(values).sort()).toEqual(['canvas/sub.js', 'paint']);
  });

  test('are missing too where every object has something of their name', async () => {
    const { linked } = await setUp();
    const names = ['constructor', 'toString', '__proto__', '@/lib', 'paint@1'];
    const { missing, roots } = await linked.get(ask({}, names));
    expect(Object.keys(missing).sort()).toEqual(names.sort());
    expect(Object.values(missing).every((reason) => typeof reason === 'string')).toBe(true);
    expect(roots).toEqual({});
  });

  test('that cannot be built are named, and the others run', async () => {
    const { linked } = await setUp({}, { torn: one('let let = (') });
    const { answer, values } = await evaluate(linked, ask({ paint: '1', torn: '1' }));
    expect(answer.fallbacks).toEqual(['torn']);
    expect(answer.missing).toEqual({
      torn: "torn@1.0.0 cannot be built for a preview; the relay's log says why.",
    });
    expect(values.paint.more).toBe('more');
  });

  test('that are declared and do not exist fail the whole', async () => {
    const { linked } = await setUp();
    expect((await packageErrorOf(linked.get(ask({ paint: '7' })))).code).toBe('VERSION_NOT_FOUND');
    expect((await packageErrorOf(linked.get(ask({ paint: '1', pain: '1' })))).code).toBe('PACKAGE_NOT_FOUND');
  });

  test('include what React itself needs, in a pack that all artifacts share', async () => {
    const react = (name: string): TestPackage => ({
      versions: {
        '18.3.1': {
          files: Object.fromEntries(
            ['index', 'jsx-runtime', 'jsx-dev-runtime', 'client'].map((file) => [
              `/${file}.js`,
              `exports.is = "${name} ${file}";`,
            ]),
          ),
        },
      },
    });
    const { linked } = await setUp(
      {},
      {
        react: react('react'),
        'react-dom': react('react-dom'),
        'react-refresh': {
          versions: { '0.9.0': { files: { '/runtime.js': 'exports.is = "refresh";' } } },
        },
      },
    );
    const dependencies = { react: '18', 'react-dom': '18', paint: '1' };
    const [bare, painted] = [
      await linked.get(ask(dependencies, [])),
      await linked.get(ask(dependencies, ['paint'])),
    ];
    expect(Object.keys(bare.roots).sort()).toEqual([
      'react',
      'react-dom',
      'react-dom/client',
      'react-refresh/runtime',
      'react/jsx-dev-runtime',
      'react/jsx-runtime',
    ]);
    expect(bare.packs).toHaveLength(1);
    expect(painted.packs).toHaveLength(2);
    expect(painted.packs[0]).toEqual(bare.packs[0]);
  });

  test('are the same packs after a restart, without a look at a package', async () => {
    const { linked, open, dataDir } = await setUp();
    const first = await linked.get(ask({ paint: '1', canvas: '1' }));
    const texts = await readPacks(linked, first);
    await linked.settled();
    await rm(join(dataDir, 'prebundles'), { recursive: true });
    await rm(join(dataDir, 'packages'), { recursive: true });
    const later = open({ offline: true });
    const again = await later.get(ask({ paint: '1', canvas: '1' }));
    expect(again).toEqual(first);
    expect(await readPacks(later, again)).toEqual(texts);
  });

  test('are packed again when a pack is gone, for whoever asks for it or for an answer', async () => {
    const { linked, dataDir, open } = await setUp();
    const first = await linked.get(ask({ paint: '1' }));
    const texts = await readPacks(linked, first);
    await linked.settled();
    for (const look of ['pack', 'answer'] as const) {
      const later = open();
      await later.get(ask({ paint: '1' }));
      await rm(join(dataDir, 'packs', 'content-v2'), { recursive: true });
      if (look === 'answer') expect(await later.get(ask({ paint: '1' }))).toEqual(first);
      expect(await readPacks(later, first)).toEqual(texts);
      await later.settled();
    }
  });

  test('may be asked of another relay on the same folder at once', async () => {
    const { linked, open } = await setUp();
    const answer = await linked.get(ask({ paint: '1', canvas: '1' }));
    expect(await readPacks(open(), answer)).toEqual(await readPacks(linked, answer));
  });

  test('are there while nothing of them is on disk', async () => {
    const { linked } = await setUp();
    const request = ask({ paint: '1' });
    const [one, other] = await Promise.all([linked.get(request), linked.get(request)]);
    expect(other).toEqual(one);
    expect(await readPacks(linked, one)).toHaveLength(1);
    expect(await linked.pack('0'.repeat(64))).toBeUndefined();
    expect(await linked.pack('../x')).toBeUndefined();
  });
});

describe('What is prepared', () => {
  const told = () => {
    const nodes: string[] = [];
    let trees = 0;
    return {
      nodes,
      trees: () => trees,
      onTree: () => {
        trees += 1;
      },
      onBuilt: ({ name }: { name: string }) => {
        nodes.push(name);
      },
    };
  };

  test('is an answer that needs no build, undeclared packages included', async () => {
    const { linked, open, dataDir } = await setUp();
    const request = ask({ paint: '1' }, ['paint', 'canvas']);
    const progress = told();
    await linked.prepare(request, progress);
    expect(progress.trees()).toBe(1);
    expect(progress.nodes).toEqual(expect.arrayContaining(['paint', 'pigment']));
    await linked.settled();
    await rm(join(dataDir, 'prebundles'), { recursive: true });
    const built: string[] = [];
    const later = open({ offline: true, log: { ...silentLog, debug: (_, message) => built.push(message) } });
    const { answer, values } = await evaluate(later, request);
    expect(answer.undeclared).toEqual({ canvas: '1.0.0' });
    expect(values.paint).toEqual({ colour: 'red 1 of paint', more: 'more' });
    expect(built).not.toContain('package pre-bundled');
  });

  test('waits for its turn with each package, and holds up nobody who asks for the same', async () => {
    const { linked } = await setUp();
    let turns = 0;
    const never = new Promise<never>(() => {});
    const held = linked.prepare(ask({ paint: '1' }), told(), () => {
      turns += 1;
      return never;
    });
    held.catch(() => {});
    expect((await evaluate(linked, ask({ paint: '1' }))).values.paint).toMatchObject({ more: 'more' });
    expect(turns).toBeGreaterThan(0);
  });

  test('once is not prepared again', async () => {
    const { linked, open } = await setUp();
    const [answer, packs] = [ask({ paint: '1' }), ask({ canvas: '1', paint: '1' })];
    await linked.prepare(answer, told());
    await linked.prepareConstantPacks(packs, told());
    await linked.settled();
    const later = open({ offline: true });
    const progress = told();
    await later.prepare(answer, progress);
    await later.prepareConstantPacks(packs, progress);
    expect([progress.trees(), progress.nodes]).toEqual([0, []]);
  });

  test('without knowing an artifact are packs of large packages, and not those that small ones share', async () => {
    const large = (name: string): TestPackage => one(`exports.is = "${name}"; /*! ${'x'.repeat(50_000)} */`);
    const { linked, dataDir } = await setUp({}, { charts: large('charts'), icons: large('icons') });
    const dependencies = { charts: '1', icons: '1', paint: '1', canvas: '1' };
    await linked.prepareConstantPacks(ask(dependencies), told());
    await linked.settled();
    const stored = async () => (await readPackNames(dataDir)).length;
    expect(await stored()).toBe(2);
    const { packs } = await linked.get(ask(dependencies, ['charts', 'icons', 'paint']));
    await linked.settled();
    expect(packs).toHaveLength(3);
    expect(await stored()).toBe(3);
  });
});

describe('An import that is not declared', () => {
  const react = { versions: { '17.0.2': version(''), '18.3.1': version(''), '19.1.0': version('') } };
  const hook: TestPackage = {
    versions: {
      '1.0.0': version('module.exports = "hook 1";', { peerDependencies: { react: '^16 || ^17' } }),
      '2.0.0': version('module.exports = "hook 2.0";', { peerDependencies: { react: '^18' } }),
      '2.1.0-beta.1': version('module.exports = "beta";', { peerDependencies: { react: '^18' } }),
      '3.0.0': version('module.exports = "hook 3";', { peerDependencies: { react: '^19' } }),
    },
    tags: { latest: '3.0.0' },
  };

  test('is the latest version', async () => {
    const { linked } = await setUp();
    const { answer, values } = await evaluate(linked, ask({ canvas: '1' }, ['canvas', 'pigment']));
    expect(answer.undeclared).toEqual({ pigment: '2.0.0' });
    expect(values.pigment('me')).toBe('red 2 of me');
  });

  test('is what came along with a declared package, where that is at the root', async () => {
    const { linked } = await setUp();
    const { answer, values } = await evaluate(linked, ask({ paint: '1' }, ['paint', 'pigment']));
    expect(answer.undeclared).toEqual({});
    expect(values.pigment('me')).toBe('red 1 of me');
  });

  test.each([
    ['17', '1.0.0'],
    ['18', '2.0.0'],
    ['19', '3.0.0'],
    ['^18.0.0', '2.0.0'],
  ])('fits React %s', async (declared, expected) => {
    const { linked } = await setUp({}, { react, hook });
    const answer = await linked.get(ask({ react: declared }, ['react', 'hook']));
    expect(answer.undeclared).toEqual({ hook: expected });
    expect(answer.missing).toEqual({});
  });

  test('is the latest when none fits', async () => {
    const only = one('module.exports = "old";', { peerDependencies: { react: '^15' } });
    const { linked } = await setUp({}, { react, hook: only });
    const { answer, values } = await evaluate(linked, ask({ react: '19' }, ['react', 'hook']));
    expect(answer.undeclared).toEqual({ hook: '1.0.0' });
    expect(values.hook).toBe('old');
  });

  test('leaves what is declared at its version', async () => {
    const brush = one('module.exports = require("paint").colour;', { dependencies: { paint: '*' } });
    const { linked } = await setUp({}, { brush });
    const before = await linked.get(ask({ paint: '1', pigment: '1' }));
    const after = await evaluate(linked, ask({ paint: '1', pigment: '1' }, ['paint', 'pigment', 'brush']));
    expect(after.answer.roots).toMatchObject(before.roots);
    expect(after.values.brush).toBe('red 1 of paint');
  });

  test('is held to the operator’s rules', async () => {
    const deny = { ...openPolicy, deny: parsePackagePatterns('canvas pigment@2') };
    const { linked, open } = await setUp({ policy: deny });
    const denied = await linked.get(ask({}, ['canvas', 'pigment', 'paint']));
    expect(denied.undeclared).toEqual({ paint: '1.0.0', pigment: '1.0.0' });
    expect(denied.missing).toEqual({ canvas: 'canvas may not be used here: PACKAGES_DENY forbids it.' });
    const allow = { ...openPolicy, allow: parsePackagePatterns('paint pigment@1') };
    const allowed = await open({ policy: allow }).get(ask({ paint: '1' }, ['paint', 'canvas']));
    expect(allowed.missing).toEqual({ canvas: 'canvas may not be used here: PACKAGES_ALLOW forbids it.' });
    expect((await open({ policy: allow }).get(ask({}, ['pigment']))).undeclared).toEqual({
      pigment: '1.0.0',
    });
  });

  test('is old enough', async () => {
    const publishedAt = new Date(Date.now() - 10 * 86_400_000);
    const young = {
      versions: {
        '1.0.0': { ...version('module.exports = 1;'), publishedAt },
        '2.0.0': { ...version('module.exports = 2;'), publishedAt: new Date() },
      },
    };
    const { linked } = await setUp({ policy: { ...openPolicy, minReleaseAgeMs: 86_400_000 } }, { young });
    expect((await linked.get(ask({}, ['young']))).undeclared).toEqual({ young: '1.0.0' });
  });

  test('is taken from the store when there is no registry', async () => {
    const { linked, open } = await setUp();
    await linked.get(ask({ pigment: '1' }));
    await linked.get(ask({ canvas: '1' }));
    const offline = open({ offline: true });
    const answer = await offline.get(ask({ canvas: '1' }, ['canvas', 'pigment', 'paint']));
    expect(answer.undeclared).toEqual({ pigment: '1.0.0' });
    expect(answer.missing.paint).toContain('paint');
    expect(answer.missing.paint).toContain('the relay is offline');
  });

  test('is refused when only what is declared may be used', async () => {
    const { linked, upstream } = await setUp({ undeclared: 'declared' });
    const answer = await linked.get(ask({ paint: '1' }, ['paint', 'pigment', 'canvas', 'canvas/sub.js']));
    const sentence =
      '"canvas" is not among the artifact\'s dependencies, and UNDECLARED_PACKAGES=declared allows no others.';
    expect(answer.missing).toEqual({ canvas: sentence, 'canvas/sub.js': sentence });
    expect(answer.roots).toHaveProperty('pigment');
    expect(upstream.requests).not.toContain('GET /canvas');
  });

  test('that cannot be installed costs itself only', async () => {
    const broken = one('', { dependencies: { 'not-there': '1' } });
    const torn: TestPackage = { ...one('module.exports = 1;'), tarballFault: { kind: 'flip' } };
    const { linked } = await setUp({}, { broken, torn });
    const answer = await linked.get(ask({ paint: '1' }, ['paint', 'broken', 'torn', 'canvas']));
    expect(answer.undeclared).toEqual({ canvas: '1.0.0' });
    expect(Object.keys(answer.roots).sort()).toEqual(['canvas', 'paint']);
    expect(answer.missing.broken).toContain('not-there');
    expect(answer.missing.torn).toContain('torn@1.0.0 was damaged');
  });

  test('that does not exist is asked for once, whatever is edited meanwhile', async () => {
    const { linked, upstream } = await setUp();
    for (const imports of [['nowhere'], ['nowhere', 'paint'], ['nowhere/x']])
      await linked.get(ask({}, imports));
    expect(upstream.requests.filter((request) => request === 'GET /nowhere')).toHaveLength(1);
  });
});
