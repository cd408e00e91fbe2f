import { afterEach, expect, it, vi } from 'vitest';
import { formatSetQuery, setOf } from '../../shared/set-query.ts';
import { PackageClient } from './package-client.ts';

afterEach(() => vi.unstubAllGlobals());

const request = (name: string) => ({ dependencies: { [name]: '1.0.0' }, resolutions: {}, imports: [name] });

/** Answers of a package server that come when the test says so, by what is asked. */
function heldAnswers() {
  const held = new Map<string, () => void>();
  const asked: string[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    const { pathname, searchParams } = new URL(address);
    const name = pathname === '/-/set' ? Object.keys(JSON.parse(searchParams.get('q') ?? '').d)[0] : pathname;
    asked.push(name ?? '');
    const answer = { tree: `tree-of-${name}`, contents: {}, missing: [], replaces: false };
    return new Promise((resolve) => held.set(name ?? '', () => resolve(Response.json(answer))));
  });
  return { release: (name: string) => held.get(name)?.(), asked };
}

it('asks once for a set that was prefetched', async () => {
  const { release, asked } = heldAnswers();
  const client = new PackageClient('http://preview.test/-/');
  client.prefetch(request('vue'));
  const manifest = client.manifest(request('vue'));
  release('vue');
  expect((await manifest).tree).toBe('tree-of-vue');
  expect(asked).toEqual(['vue']);
});

it.each([
  ['before', ['guess', 'vue']],
  ['after', ['vue', 'guess']],
])(
  'takes additions from the set the bundler asked for, a prefetched one answered %s it',
  async (_when, order) => {
    const { release, asked } = heldAnswers();
    const client = new PackageClient('http://preview.test/-/');
    client.prefetch(request('guess'));
    const manifest = client.manifest(request('vue'));
    for (const name of order) {
      release(name);
      await new Promise((done) => setImmediate(done));
    }
    await manifest;
    void client.addition('vue/dist', []);
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    expect(asked[2]).toBe('/-/tree/tree-of-vue/modules');
  },
);

it('takes additions from the later of two sets, though the earlier is answered last', async () => {
  const { release, asked } = heldAnswers();
  const client = new PackageClient('http://preview.test/-/');
  const manifests = [client.manifest(request('old')), client.manifest(request('new'))];
  release('new');
  await manifests[1];
  release('old');
  await manifests[0];
  void client.addition('new/deep', []);
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[2]).toBe('/-/tree/tree-of-new/modules');
});

it('foresees the compiler that the bundler adds for Vue', () => {
  const modules = (dependencies: object) => ({ '/package.json': { code: JSON.stringify({ dependencies }) } });
  const query = (dependencies: object) => formatSetQuery(setOf(modules(dependencies)) ?? request(''));
  expect(JSON.parse(query({ vue: '^3' })).d).toEqual({ '@vue/babel-plugin-jsx': '1.0.6', vue: '^3' });
  expect(JSON.parse(query({ react: '^18' })).d).toEqual({ react: '^18' });
});
