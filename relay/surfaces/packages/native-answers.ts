// What a native preview is answered with: its files compiled, its packages linked, and where each import leads.
import { createHash } from 'node:crypto';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ArtifactCompiler, CompiledArtifact } from '../../compile/compile-artifact.ts';
import { compileWithNeeds } from '../../compile/package-needs.ts';
import type { LinkedSets } from '../../packages/sets/linked-sets.ts';
import type { ImportTarget, LinkedPackages, NativeAnswer, NativeRequest } from '../../shared/native.ts';
import { ownReact } from '../../shared/own-react.ts';
import { declaredIn } from '../../shared/set-query.ts';
import type { TailwindStyles } from '../../tailwind/tailwind-styles.ts';

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

/** Of React's own, what packages import. */
const reactFamily = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'];

const quotedAddress = /(['"`])(https:\/\/[^\s'"`]{1,300})/g;
/** How long one may take to be looked into: its package may have to be built. */
const maxPageImportsMs = 15_000;
/** Of an artifact, which are looked into. */
const maxAddresses = 50;

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
    const pageImports = await this.#findPageImports(artifact, files, set.dependencies);
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

  /**
   * What modules at the artifact's addresses ask the page for; where they can be computed, what most ask for. Its own React, so that
   * there are no two.
   */
  async #findPageImports(
    artifact: CompiledArtifact,
    files: Record<string, string>,
    declared: Record<string, string>,
  ): Promise<string[]> {
    const addresses = addressesIn(artifact, files);
    if (declared.react === undefined || addresses.length === 0) return [];
    const ownFamily = reactFamily.filter((specifier) =>
      Object.hasOwn(declared, splitSpecifier(specifier).name),
    );
    const found = await Promise.all(
      addresses.map((address) => {
        const own = ownReact(address);
        if (own === undefined) return [];
        if ('specifier' in own)
          return Object.hasOwn(declared, splitSpecifier(own.specifier).name) ? [own.specifier] : [];
        // The page can do without what takes longer: it is built all the same, and there next time.
        const tooLate = delay<string[]>(maxPageImportsMs, [], { ref: false });
        return Promise.race([this.#pageImports(own.url), tooLate]);
      }),
    );
    return [...new Set([...ownFamily, ...found.flat()])].sort();
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

/** Addresses that files import, or that stand in a file which imports what it computes. */
function addressesIn({ files }: CompiledArtifact, sources: Record<string, string>): string[] {
  const found = Object.entries(files).flatMap(([path, { targets, importsComputed }]) => [
    ...Object.values(targets).flatMap((target) => ('url' in target ? [target.url] : [])),
    ...(importsComputed
      ? [...(sources[path] ?? '').matchAll(quotedAddress)].map(([, , text = '']) => text)
      : []),
  ]);
  return [...new Set(found)].filter((address) => /^https?:/.test(address)).slice(0, maxAddresses);
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
