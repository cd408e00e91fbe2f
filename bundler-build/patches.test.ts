import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { applyPatches, BundlerBuildError } from './build.ts';
import { type Patch, patches } from './patches.ts';

// Thirty megabytes of scripts take a while on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const files = (contents: Record<string, string>): Map<string, Buffer> =>
  new Map(Object.entries(contents).map(([path, text]) => [path, Buffer.from(text)]));

const patch = (fields: Partial<Patch>): Patch => ({
  name: 'example',
  why: 'for the test',
  files: /\.js$/,
  find: /old(\d)/g,
  replace: 'new$1',
  count: 2,
  ...fields,
});

describe('applyPatches', () => {
  it('changes every match in the files it names, and no other file', () => {
    const all = files({ 'a.js': 'old1 x old2', 'b.js': 'nothing', 'c.css': 'old3' });
    applyPatches(all, [patch({})]);
    expect(Object.fromEntries([...all].map(([path, text]) => [path, String(text)]))).toEqual({
      'a.js': 'new1 x new2',
      'b.js': 'nothing',
      'c.css': 'old3',
    });
  });

  it('counts over all files together', () => {
    expect(() => applyPatches(files({ 'a.js': 'old1', 'b.js': 'old2' }), [patch({})])).not.toThrow();
  });

  it('applies one patch after the other', () => {
    const all = files({ 'a.js': 'old1' });
    applyPatches(all, [
      patch({ count: 1 }),
      patch({ name: 'second', find: /new1/g, replace: 'newest', count: 1 }),
    ]);
    expect(String(all.get('a.js'))).toBe('newest');
  });

  it('stops with the name and the number found of every patch that is off, and with the remedy', () => {
    const all = files({ 'a.js': 'old1 old2 old3' });
    const table = [
      patch({ name: 'too often' }),
      patch({ name: 'absent', find: /gone/g, count: 1 }),
      patch({ name: 'fine', find: /new/g, count: 3 }),
    ];
    expect(() => applyPatches(all, table)).toThrow(
      new BundlerBuildError(
        'This bundler is not one the patch table knows:\n  - patch “too often” matched 3 times, expected 2\n  - patch “absent” matched 0 times, expected 1\nUse the locked @codesandbox/sandpack-client, or adapt bundler-build/patches.ts.',
      ),
    );
  });
});

describe('the patch table', () => {
  let source: Map<string, Buffer>;
  beforeAll(() => {
    const entry = createRequire(import.meta.url).resolve('@codesandbox/sandpack-client');
    const folder = join(dirname(dirname(entry)), 'sandpack');
    source = new Map(
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.js$/.test(path))
        .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path))]),
    );
  });

  it('names each change once, with a reason', () => {
    expect(new Set(patches.map(({ name }) => name)).size).toBe(patches.length);
    for (const { why, find, count } of patches) {
      expect(why).toMatch(/^\S.*\.$/);
      expect(find.flags).toContain('g');
      expect(count).toBeGreaterThan(0);
    }
  });

  it.each(patches)('$name matches the locked bundler exactly $count times', (row) => {
    const patched = new Map(source);
    applyPatches(patched, [row]);
    const changed = [...patched].filter(([path, content]) => content !== source.get(path));
    expect(changed.length).toBeGreaterThan(0);
    for (const [path] of changed) expect(path).toMatch(row.files);
  });

  it.each(patches)('$name stops the build when the bundler has changed there', (row) => {
    const changed = new Map(source);
    for (const [path, content] of source)
      if (row.files.test(path)) changed.set(path, Buffer.from(String(content).replace(row.find, '')));
    expect(() => applyPatches(changed, [row])).toThrow(
      `patch “${row.name}” matched 0 times, expected ${row.count}`,
    );
  });

  it('applies as a whole and leaves every script well-formed', async () => {
    const patched = new Map(source);
    applyPatches(patched, patches);
    const { transform } = await import('esbuild');
    for (const [path, content] of patched)
      if (content !== source.get(path))
        await expect(transform(String(content), { loader: 'js' }), path).resolves.toBeDefined();
  });
});
