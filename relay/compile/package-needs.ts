// Compiles an artifact and says which packages it then asks for: for an answer, and for what is prepared ahead of one. Both must ask
// for the same, or what is prepared is never found.
import semver from 'semver';
import { splitSpecifier } from '../packages/base/specifier.ts';
import { installed, type SetRequest } from '../shared/set-query.ts';
import type { ArtifactCompiler, CompiledArtifact } from './compile-artifact.ts';

/** A compiled artifact, and the packages for it. */
export interface ArtifactNeeds {
  artifact: CompiledArtifact;
  set: SetRequest;
}

const quotedSpecifier = /(['"`])((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(?:\/[\w./-]+)?)\1/g;

/**
 * Throws what compiling throws.
 * @param files text by absolute path
 * @param options `declared`: ranges by package name, as package.json has them; `imports`: what was asked for at run time: bare specifiers,
 *   and paths of files
 */
export async function compileWithNeeds(
  compiler: ArtifactCompiler,
  files: Record<string, string>,
  { declared, imports = [] }: { declared: Record<string, string>; imports?: readonly string[] },
): Promise<ArtifactNeeds> {
  const dependencies = installed(declared);
  const artifact = await compiler.compile(files, {
    react: jsxRuntimeOf(dependencies.react),
    refresh: dependencies['react-dom'] !== undefined,
    later: imports.filter((specifier) => specifier.startsWith('/') && files[specifier] !== undefined),
  });
  const bare = imports.filter((specifier) => !specifier.startsWith('/'));
  const all = [...artifact.bare, ...likelyImports(artifact, files, dependencies), ...bare];
  return { artifact, set: { dependencies, resolutions: {}, imports: [...new Set(all)].sort() } };
}

/**
 * What a computed `import()` may ask for: texts of the file that name a declared package. Linked from the start, they need no package
 * in another form later, which would start the preview again.
 */
function likelyImports(
  { files }: CompiledArtifact,
  sources: Record<string, string>,
  declared: Record<string, string>,
): string[] {
  return Object.entries(files)
    .filter(([, { importsComputed }]) => importsComputed)
    .flatMap(([path]) => [...(sources[path] ?? '').matchAll(quotedSpecifier)].map(([, , text = '']) => text))
    .filter((text) => Object.hasOwn(declared, splitSpecifier(text).name));
}

/** React has `react/jsx-runtime` since 17 (https://react.dev/blog/2020/09/22/introducing-the-new-jsx-transform). */
function jsxRuntimeOf(range = '*'): 'automatic' | 'classic' {
  const lowest = semver.validRange(range) ? semver.minVersion(range) : undefined;
  return lowest && lowest.major > 0 && lowest.major < 17 ? 'classic' : 'automatic';
}
