// What a native preview is answered with: its files compiled, its packages linked, and where each import leads.
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ArtifactCompiler, CompiledArtifact } from '../compile/compile-artifact.ts';
import { compileWithNeeds } from '../compile/package-needs.ts';
import type { LinkedSets } from '../packages/sets/linked-sets.ts';
import type { ImportTarget, LinkedPackages, NativeAnswer, NativeRequest } from '../shared/native.ts';
import { declaredIn } from '../shared/set-query.ts';
import type { TailwindStyles } from '../tailwind/tailwind-styles.ts';
import { findPageImports } from './page-needs.ts';

/** A request, as {@link NativeRequest} has it. */
export const nativeRequest = z.object({
  files: z.record(z.string().max(1000), z.string()),
  imports: z.array(z.string().min(1).max(300)).max(1000),
  tailwind: z.boolean(),
});

/** Where styles are on the base host. */
const stylesPrefix = '/-/styles/';

/** Of an artifact that cannot be read. */
const noPackages: LinkedPackages = {
  tree: '',
  packs: [],
  roots: {},
  missing: {},
  fallbacks: [],
  undeclared: {},
};

/** Styles that a page has not fetched yet. */
const maxStyles = 500;

export class NativeAnswers {
  readonly #compiler: ArtifactCompiler;
  readonly #linked: LinkedSets;
  readonly #tailwind: TailwindStyles | undefined;
  readonly #pageImports: (address: string) => Promise<string[]>;
  readonly #log: Logger;
  readonly #styles = new LRUCache<string, Promise<string>>({ max: maxStyles });

  /** @param parts `pageImports`: as the package engine's; `tailwind`: undefined where only the Play CDN may make styles; `log`: told of each artifact that is left to the bundler */
  constructor(parts: {
    compiler: ArtifactCompiler;
    linked: LinkedSets;
    tailwind: TailwindStyles | undefined;
    pageImports: (address: string) => Promise<string[]>;
    log: Logger;
  }) {
    this.#pageImports = parts.pageImports;
    this.#log = parts.log;
    this.#compiler = parts.compiler;
    this.#linked = parts.linked;
    this.#tailwind = parts.tailwind;
  }

  /** The styles under a name of {@link NativeAnswer.styles}; undefined when nobody asked for them lately. */
  styles(name: string): Promise<string> | undefined {
    return this.#styles.get(name);
  }

  /** @throws PackageError when a package that the artifact declares cannot be had */
  async answer({ files, imports, tailwind }: NativeRequest): Promise<NativeAnswer> {
    let declared: Record<string, string>;
    try {
      declared = declaredIn(files['/package.json'] ?? '{}');
    } catch (error) {
      const problem = { message: (error as Error).message, path: '/package.json', line: 1, column: 0 };
      return { entry: '', files: {}, problems: [problem], packages: noPackages, pageImports: [] };
    }
    const { artifact, set } = await compileWithNeeds(this.#compiler, files, { declared, imports });
    const styles =
      tailwind && this.#tailwind
        ? await this.#startStyles(this.#tailwind, files, Object.keys(artifact.files))
        : undefined;
    const pageImports = await findPageImports(artifact, files, {
      declared: set.dependencies,
      lookInto: this.#pageImports,
    });
    const packages = await this.#linked.get({
      ...set,
      imports: [...new Set([...set.imports, ...pageImports])].sort(),
    });
    const bundlerOnly = bundlerReason(artifact, packages);
    if (bundlerOnly !== undefined) this.#log.info({ reason: bundlerOnly }, 'left to the bundler');
    return {
      entry: artifact.entry,
      files: withTargets(artifact, packages),
      problems: artifact.problems,
      packages,
      pageImports,
      ...(styles === undefined ? {} : { styles }),
      ...(bundlerOnly === undefined ? {} : { bundlerOnly }),
    };
  }

  /** Nobody waits for them here: the page fetches them beside its packages. @returns undefined when there will be none */
  async #startStyles(
    tailwind: TailwindStyles,
    files: Record<string, string>,
    reached: string[],
  ): Promise<string | undefined> {
    const paths = [...new Set([...reached.map((path) => path.replace(/\?.*/, '')), '/public/index.html'])];
    const texts = Object.fromEntries(paths.flatMap((path) => (files[path] ? [[path, files[path]]] : [])));
    const name = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);
    const css = this.#styles.get(name) ?? tailwind.css(texts);
    this.#styles.set(name, css);
    const isRefused = (await Promise.race([css, nextTurn()])) === '';
    return isRefused ? undefined : `${stylesPrefix}${name}.css`;
  }
}

/** Each such artifact is a limit of this engine, to be listed. */
function bundlerReason({ problems }: CompiledArtifact, { fallbacks }: LinkedPackages): string | undefined {
  if (fallbacks.length > 0) return `${fallbacks.join(', ')} can only be loaded file by file`;
  const problem = problems.find(({ isForBundler }) => isForBundler);
  return problem && `${problem.path}: ${problem.message}`;
}

function withTargets({ files }: CompiledArtifact, packages: LinkedPackages): NativeAnswer['files'] {
  const filled = Object.entries(files).map(([path, file]) => {
    const bare = [...file.imports, ...file.laterImports].filter(
      (specifier) => !Object.hasOwn(file.targets, specifier),
    );
    const found = bare.map((specifier) => [specifier, targetOf(specifier, packages)] as const);
    return [path, { ...file, targets: { ...file.targets, ...Object.fromEntries(found) } }] as const;
  });
  return Object.fromEntries(filled);
}

function targetOf(specifier: string, { roots, missing }: LinkedPackages): ImportTarget {
  const module = Object.hasOwn(roots, specifier) ? roots[specifier] : undefined;
  if (module !== undefined) return { module };
  const reason = Object.hasOwn(missing, specifier) ? missing[specifier] : undefined;
  return { missing: reason ?? `Could not find dependency: '${specifier}'` };
}
