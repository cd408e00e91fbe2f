// Runs packs as a native preview's page does: each is one call, and a `require` goes where the module's links say, and nowhere else.
import { createContext, runInContext } from 'node:vm';
import type { LinkedSets } from '../../relay/packages/sets/linked-sets.ts';
import type { LinkedPackages, PackModules } from '../../relay/shared/native.ts';

// biome-ignore lint/suspicious/noExplicitAny: what modules export is the tests' own business.
export type Exports = any;

/** The text of each pack of an answer. */
export async function readPacks(
  linked: Pick<LinkedSets, 'pack'>,
  { packs }: LinkedPackages,
): Promise<string[]> {
  return Promise.all(
    packs.map(async ({ path }) => {
      const name = /^\/-\/pack\/([0-9a-f]{64})\.js$/.exec(path)?.[1] ?? path;
      const pack = await linked.pack(name);
      if (!pack) throw new Error(`There is no pack ${name}`);
      return String(await pack.encode('identity'));
    }),
  );
}

/** Evaluates packs, and gives what they registered. */
export function loadPacks(texts: readonly string[]): PackModules {
  const modules: PackModules = {};
  const calls: number[] = [];
  const previewKitPack = (more: PackModules): void => {
    calls.push(Object.keys(more).length);
    Object.assign(modules, more);
  };
  for (const text of texts) runInContext(text, createContext({ previewKitPack }));
  if (calls.length !== texts.length) throw new Error(`${texts.length} packs made ${calls.length} calls`);
  return modules;
}

/** A function that evaluates a module by its path. */
export function requireFromPacks(modules: PackModules): (path: string) => Exports {
  const loaded = new Map<string, { exports: Exports }>();
  return function load(path: string): Exports {
    const known = loaded.get(path);
    if (known) return known.exports;
    const entry = modules[path];
    if (entry === undefined) throw new Error(`No pack has ${path}`);
    const module = { exports: {} as Exports };
    loaded.set(path, module);
    if (typeof entry === 'string') module.exports = { css: entry };
    else {
      const [run, links] = entry;
      run(module, module.exports, (id) => {
        const target = links[id];
        if (target === undefined) throw new Error(`Cannot find module '${id}'`);
        return load(target);
      });
    }
    return module.exports;
  };
}
