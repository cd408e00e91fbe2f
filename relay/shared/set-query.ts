// How a dependency set is named in a request: the same artifact always gives the same text, so that one answer serves all.
import { findImports, type Modules } from './imports.ts';

/** What identifies a set, and what the frame asks for. */
export interface SetRequest {
  /** Ranges by package name, as the artifact's package.json has them. */
  dependencies: Record<string, string>;
  /** Yarn-style resolutions: they win over every range in the tree. */
  resolutions: Record<string, string>;
  /** Bare specifiers that the artifact imports. */
  imports: string[];
}

/** Packages that the bundler's presets add to what an artifact names; see codesandbox-client's `compile.ts`. */
const notInstalled = /^@types\/|^react-scripts(-ts)?$|^parcel-bundler$|^web-vitals$/;

/** Added by the bundler to every set, with these ranges; the server adds what is needed of them itself, so that one key names one set. */
const bundlerOwn: Record<string, string[]> = {
  'node-libs-browser': ['2.2.0', '2.2.1'],
  '@babel/runtime': ['^7.3.1', '^7.3.4', '^7.17.9'],
  '@babel/core': ['^7.3.3'],
  'react-refresh': ['0.9.0'],
};

/** The compiler that the bundler adds to every set with Vue in it. */
const vueCompiler = { '@vue/babel-plugin-jsx': '1.0.6' };

/** The `q` of a request for this set. */
export function formatSetQuery({ dependencies, resolutions, imports }: SetRequest): string {
  return JSON.stringify({ d: installed(dependencies), r: resolutions, i: imports });
}

/** Without what the bundler's presets add and do not install; sorted. */
export function installed(dependencies: Record<string, string>): Record<string, string> {
  const needed = Object.entries(dependencies)
    .filter(([name, range]) => !notInstalled.test(name) && !bundlerOwn[name]?.includes(range))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(needed);
}

/**
 * Ranges by package name.
 * @param packageJson text of an artifact's package.json
 * @throws SyntaxError when it cannot be read
 */
export function declaredIn(packageJson: string): Record<string, string> {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(packageJson) as Partial<
    Record<'dependencies' | 'peerDependencies', Record<string, string>>
  >;
  return { ...peerDependencies, ...dependencies };
}

/** The set that the bundler will ask for when it gets these files; undefined when their package.json cannot be read. */
export function setOf(modules: Modules): SetRequest | undefined {
  try {
    const declared = declaredIn(modules['/package.json']?.code ?? '{}');
    return {
      dependencies: { ...declared, ...('vue' in declared ? vueCompiler : {}) },
      resolutions: {},
      imports: findImports(modules),
    };
  } catch {
    // The bundler reports it.
    return undefined;
  }
}
