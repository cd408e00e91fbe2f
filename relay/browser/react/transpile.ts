// The hook in the bundler's Babel transpiler: project modules of React artifacts go to the fast compiler when it can take them.
import type { CompiledModule, CompileOptions } from './fast-compiler.ts';

/** What of the bundler's loader context is used here (codesandbox-client, `LoaderContext`). */
export interface LoaderContext {
  path: string;
  options: {
    config?: { plugins?: unknown[]; presets?: unknown[] };
    configurations?: { babel?: { parsed?: unknown; generated?: boolean } };
  };
  addDependency(path: string): Promise<unknown>;
}

type Compile = (source: string, options: CompileOptions) => CompiledModule | undefined;

/** Resolves to the compiler once its script has run, or to undefined when it could not be loaded. */
export type CompilerReady = Promise<Compile | undefined>;

/**
 * Compiles a module of the artifact.
 * @returns undefined when Babel has to: other presets, a Babel configuration of the artifact's own, code the compiler declines
 */
export async function transpile(
  source: string,
  context: LoaderContext,
  ready: CompilerReady,
): Promise<{ transpiledCode: string } | undefined> {
  const jsxRuntime = jsxRuntimeOf(context.options.config);
  const own = context.options.configurations?.babel;
  if (
    !jsxRuntime ||
    (own?.parsed && !own.generated) ||
    context.path.startsWith('/node_modules/') ||
    !/\.[cm]?[jt]sx?$/.test(context.path)
  )
    return undefined;
  const compile = await ready;
  const compiled = compile?.(source, {
    path: context.path,
    jsxRuntime,
    refresh: JSON.stringify(context.options.config?.plugins).includes('react-refresh'),
  });
  if (!compiled) return undefined;
  await Promise.all(compiled.requires.map((path) => context.addDependency(path)));
  return { transpiledCode: compiled.code };
}

/** The JSX runtime of create-react-app's Babel configuration; undefined for the configuration of any other preset. */
function jsxRuntimeOf(config: LoaderContext['options']['config']): 'automatic' | 'classic' | undefined {
  const presets = config?.presets ?? [];
  if (!presets.includes('typescript')) return undefined;
  const react = presets.find(
    (preset): preset is ['react', { runtime?: string }] => Array.isArray(preset) && preset[0] === 'react',
  );
  return react?.[1]?.runtime === 'automatic' ? 'automatic' : react ? 'classic' : undefined;
}
