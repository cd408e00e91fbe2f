// The sources compiled into a folder of the running test file, so that tests never see a stale or half-built dist/.
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export const root = resolve(import.meta.dirname, '../..');

let compiled: Promise<string> | undefined;

/** The `dist` folder with the compiled relay, browser code and playground; made once for each test file, removed with its end. */
export function compiledCode(): Promise<string> {
  compiled ??= compileSources();
  return compiled;
}

async function compileSources(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'preview-kit-dist-'));
  const outDir = join(folder, 'dist');
  const script: string = join(root, 'scripts', 'build.mjs');
  const { compile } = (await import(script)) as { compile(options: { outDir: string }): Promise<void> };
  await compile({ outDir });
  // Compiled code finds its dependencies as it does in the repository.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return outDir;
}

afterAll(async () => {
  if (compiled) await rm(join(await compiled, '..'), { recursive: true, force: true });
  compiled = undefined;
});
