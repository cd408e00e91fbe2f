// Runs a compiled artifact in Node, for this folder's tests: the smallest loader that does what the contract says, with stubs in
// place of packages.
import type { NativeFile } from '../shared/native.ts';
import { ArtifactCompiler, type ArtifactOptions } from './compile-artifact.ts';

interface Module {
  exports: Record<string, unknown>;
}

/** What a run is given besides the files. */
export interface RunOptions extends Partial<ArtifactOptions> {
  packages?: Record<string, unknown>;
  loop?: { rounds: number; check: () => void };
  register?: (type: unknown, name: string) => void;
  signature?: () => (...facts: unknown[]) => void;
}

const compiler = new ArtifactCompiler();

/** Compiles the files, which must have no problem, and runs them from the entry, `/index.tsx` unless there is another. */
export async function runArtifact(
  files: Record<string, string>,
  options: RunOptions = {},
): Promise<Record<string, unknown>> {
  const { react = 'automatic', refresh = false, packages = {} } = options;
  const artifact = await compiler.compile(files, { react, refresh, later: options.later ?? [] });
  if (artifact.problems.length > 0) throw new Error(JSON.stringify(artifact.problems));
  const modules = new Map<string, Module>();

  const load = async (path: string): Promise<Record<string, unknown>> => {
    const known = modules.get(path);
    if (known) return known.exports;
    const module: Module = { exports: {} };
    modules.set(path, module);
    const file = artifact.files[path] as NativeFile;
    // Files that await must have run before what imports them.
    for (const specifier of file.imports) {
      const target = file.targets[specifier];
      if (target && 'file' in target && awaits(artifact.files, target.file, new Set()))
        await load(target.file);
    }
    const require = (specifier: string): unknown => {
      const target = file.targets[specifier];
      if (target && 'file' in target) return loadNow(target.file);
      if (specifier in packages) return packages[specifier];
      throw new Error(`No '${specifier}' for ${path}`);
    };
    const loadNow = (other: string): unknown => {
      void load(other);
      return modules.get(other)?.exports;
    };
    const meta = { url: `https://preview.test${path}` };
    const importLater = async (specifier: string) => {
      const target = file.targets[specifier];
      if (target && 'file' in target) return load(target.file);
      return packages[specifier] ?? load(new URL(specifier, meta.url).pathname);
    };
    const Maker = file.isAsync ? Object.getPrototypeOf(async () => {}).constructor : Function;
    const run = new Maker(
      ...['module', 'exports', 'require', '$import', '$meta', '$loop', '$RefreshReg$', '$RefreshSig$'],
      file.code,
    );
    const outcome = run(
      module,
      module.exports,
      require,
      importLater,
      meta,
      options.loop ?? { rounds: 0, check: () => {} },
      options.register ?? (() => {}),
      options.signature ?? (() => () => {}),
    );
    if (file.isAsync) await outcome;
    return module.exports;
  };
  return load(artifact.entry);
}

function awaits(files: Record<string, NativeFile>, path: string, seen: Set<string>): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  const { isAsync, imports, targets } = files[path] as NativeFile;
  return (
    isAsync ||
    imports.some((specifier) => {
      const target = targets[specifier];
      return target && 'file' in target && awaits(files, target.file, seen);
    })
  );
}
