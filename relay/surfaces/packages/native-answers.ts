// What a native preview is answered with: its files compiled, its packages linked, and where each import leads.
import semver from 'semver';
import { z } from 'zod';
import type { ArtifactCompiler, CompiledArtifact } from '../../compile/compile-artifact.ts';
import type { LinkedSets } from '../../packages/sets/linked-sets.ts';
import type { ImportTarget, LinkedPackages, NativeAnswer, NativeRequest } from '../../shared/native.ts';
import { declaredIn, installed } from '../../shared/set-query.ts';

/** A request, as {@link NativeRequest} has it. */
export const nativeRequest = z.object({
  files: z.record(z.string().max(1000), z.string()),
  imports: z.array(z.string().min(1).max(300)).max(1000),
});

/** A relay of one's own may show an artifact whose packages cannot be had only up to its own files. */
const noPackages: LinkedPackages = {
  tree: '',
  packs: [],
  roots: {},
  missing: {},
  fallbacks: [],
  undeclared: {},
};

export class NativeAnswers {
  readonly #compiler: ArtifactCompiler;
  readonly #linked: LinkedSets;

  constructor(parts: { compiler: ArtifactCompiler; linked: LinkedSets }) {
    this.#compiler = parts.compiler;
    this.#linked = parts.linked;
  }

  /** @throws PackageError when a package that the artifact declares cannot be had */
  async answer({ files, imports }: NativeRequest): Promise<NativeAnswer> {
    let declared: Record<string, string>;
    try {
      declared = declaredIn(files['/package.json'] ?? '{}');
    } catch (error) {
      const problem = { message: (error as Error).message, path: '/package.json', line: 1, column: 0 };
      return { entry: '', files: {}, problems: [problem], packages: noPackages };
    }
    const dependencies = installed(declared);
    const artifact = await this.#compiler.compile(files, {
      react: jsxRuntimeOf(dependencies.react),
      refresh: dependencies['react-dom'] !== undefined,
    });
    const packages = await this.#linked.get({
      dependencies,
      resolutions: {},
      imports: [...new Set([...artifact.bare, ...imports])].sort(),
    });
    return { ...pick(artifact), files: withTargets(artifact, packages), packages };
  }
}

function pick({ entry, problems }: CompiledArtifact): Pick<NativeAnswer, 'entry' | 'problems'> {
  return { entry, problems };
}

/** React has `react/jsx-runtime` since 17 (https://react.dev/blog/2020/09/22/introducing-the-new-jsx-transform). */
function jsxRuntimeOf(range = '*'): 'automatic' | 'classic' {
  const lowest = semver.validRange(range) ? semver.minVersion(range) : undefined;
  return lowest && lowest.major > 0 && lowest.major < 17 ? 'classic' : 'automatic';
}

function withTargets({ files }: CompiledArtifact, packages: LinkedPackages): NativeAnswer['files'] {
  const filled = Object.entries(files).map(([path, file]) => {
    const bare = [...file.imports, ...file.laterImports].filter((specifier) => !file.targets[specifier]);
    const found = bare.map((specifier) => [specifier, targetOf(specifier, packages)] as const);
    return [path, { ...file, targets: { ...file.targets, ...Object.fromEntries(found) } }] as const;
  });
  return Object.fromEntries(filled);
}

function targetOf(specifier: string, { roots, missing }: LinkedPackages): ImportTarget {
  const module = roots[specifier];
  if (module !== undefined) return { module };
  return { missing: missing[specifier] ?? `Could not find dependency: '${specifier}'` };
}
