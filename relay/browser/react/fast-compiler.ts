// Compiles an artifact's own TypeScript and JSX in a few milliseconds, in place of Babel's worker (4 MB of scripts to boot).
// Loaded by the frame beside the bundler. What it is not sure about it leaves to Babel: the caller gets undefined.
import { transform } from 'sucrase';

/** A compiled module: CommonJS for today's browsers, line for line as the source. */
export interface CompiledModule {
  code: string;
  /** Specifiers that the code requires. */
  requires: string[];
}

/** How to compile. */
export interface CompileOptions {
  path: string;
  jsxRuntime: 'automatic' | 'classic';
  /** Register components with React Refresh, so that an edit keeps their state. */
  refresh: boolean;
}

/**
 * Babel is asked for what this compiler does not do: pragmas that choose another JSX factory, TypeScript namespaces and
 * decorators, macros, and loops that may never end, which Babel's plugin of the bundler guards.
 */
const needsBabel =
  /@jsx(ImportSource|Runtime|Frag)?\s|^\s*(export\s+)?(declare\s+)?namespace\s+\w|^\s*@\w+[\w.]*(\(|\s*$)|\.macro['"]|\bwhile\s*\(|\bdo\s*\{|\bfor\s*\([^;)]*;\s*(true\s*)?;/m;

/** Compiles one module; undefined when Babel should, also to report what is wrong with the code. */
export function compileModule(source: string, options: CompileOptions): CompiledModule | undefined {
  if (needsBabel.test(source)) return undefined;
  const isTypeScript = /\.[cm]?tsx?$/.test(options.path);
  const hasJsx = !/\.[cm]?ts$/.test(options.path);
  let code: string;
  let map: { mappings: string };
  try {
    const compiled = transform(source, {
      transforms: [
        ...(hasJsx ? (['jsx'] as const) : []),
        ...(isTypeScript ? (['typescript'] as const) : []),
        'imports',
      ],
      jsxRuntime: options.jsxRuntime,
      production: true,
      disableESTransforms: true,
      filePath: options.path,
      sourceMapOptions: { compiledFilename: options.path },
    });
    code = compiled.code;
    map = { ...compiled.sourceMap, ...{ sourcesContent: [source] } } as unknown as { mappings: string };
  } catch {
    return undefined;
  }
  const requires = new Set(
    [...code.matchAll(/\brequire\(\s*(['"])([^'"\n]+)\1\s*\)/g)].map((match) => match[2] as string),
  );
  const registration = options.refresh ? registerComponents(source) : '';
  return {
    code: `${code}${registration}\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${toBase64(JSON.stringify(map))}`,
    requires: [...requires],
  };
}

/**
 * What `react-refresh/babel` adds: each top-level component is registered by name, with a signature of the hooks in use.
 * The signature covers all hooks of the module: an edit to any of them remounts its components, which is always safe.
 */
function registerComponents(source: string): string {
  const names = new Set(
    [
      ...source.matchAll(
        /^(?:export\s+)?(?:default\s+)?(?:(?:async\s+)?function|const|let|var|class)\s+([A-Z]\w*)/gm,
      ),
    ].map((match) => match[1] as string),
  );
  if (names.size === 0) return '';
  const hooks = [...source.matchAll(/\buse[A-Z]\w*\s*(?:<[^>(]*>)?\([^)\n]{0,60}/g)]
    .map((match) => match[0])
    .join(';');
  const key = JSON.stringify(hooks);
  const each = [...names].map(
    (name) =>
      `try{typeof ${name}==="function"&&$RefreshSig$()(${name},${key});$RefreshReg$(${name},"${name}")}catch{}`,
  );
  return `\n;${each.join(';')}`;
}

function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

Object.assign(globalThis, { __previewKitCompile: compileModule });
