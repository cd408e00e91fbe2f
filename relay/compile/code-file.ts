// Compiles one file of code to a function's body: esbuild makes a script of it, as it would for Node; a parse finds what it imports.
// esbuild's scripts keep live bindings, cycles and the places of the source. It takes no `await` at the top level of one, so that
// is marked on the way in and put back on the way out.
import { createHash } from 'node:crypto';
import type { Loader, TransformOptions, TransformResult } from 'esbuild';
import { callEsbuild, isBuildFailure } from '../esbuild/esbuild-call.ts';
import { withoutCopies } from '../esbuild/module-helpers.ts';
import { type Decorators, hasDecorators } from './decorators.ts';
import {
  type FileResult,
  leftToBundler,
  problemsOf,
  problemWith,
  sourcePlace,
  timeoutMs,
} from './file-result.ts';
import { guardLoops } from './loop-guards.ts';
import { refuseNesting, tooDeep } from './nesting.ts';
import { registerComponents } from './refresh-registration.ts';
import { applyEdits, lexicalNames, markAwaits, readScript, type ScriptNames } from './script-facts.ts';

export interface CodeOptions {
  react: 'automatic' | 'classic';
  /** Register components with React Refresh. */
  refresh: boolean;
  decorators: Decorators;
}

const codeExtension = /\.([cm]?)([jt]sx?)$/;
/** Names a factory, which only the classic form of JSX has. */
const factoryPragma = /\*\s{0,9}@jsx\s{1,9}[\w$]/;
const parameters = [
  'module',
  'exports',
  'require',
  '$import',
  '$meta',
  '$loop',
  '$RefreshReg$',
  '$RefreshSig$',
];

export function isCodePath(path: string): boolean {
  return codeExtension.test(path);
}

/** @param path absolute, in the artifact */
export async function compileCode(path: string, source: string, options: CodeOptions): Promise<FileResult> {
  const refusal = refuseNesting(source);
  // A long file has as many branches as a deep one. The bundler compiles it in the browser, where nobody else waits.
  if (refusal) return leftToBundler(path, refusal);
  const names: ScriptNames = {
    import: freeName('$import', source),
    meta: freeName('$meta', source),
    loop: freeName('$loop', source),
    buffer: freeName('$Buffer', source),
    await: freeName('$await', source),
    forAwait: freeName('$forAwait', source),
  };
  try {
    const script = await makeScript(path, source, transformOptions(path, source, options, names), names);
    const mappings = withSource(script.map, path);
    const strict = script.code.startsWith('"use strict"') ? script.code : `"use strict";${script.code}`;
    // A function's body has no hashbang.
    const withoutHashbang = strict.replace('"use strict";#!', '"use strict";//');
    const code = script.code.includes(names.buffer)
      ? withoutHashbang.replace(
          '"use strict";',
          `"use strict";const ${names.buffer}=require("buffer").Buffer;`,
        )
      : withoutHashbang;
    const { program, edits, ...facts } = parsing(code, mappings, () => readScript(code, names));
    const registration =
      options.refresh && !source.includes('$Refresh') ? registerComponents(code, program) : '';
    const inBlock = [...lexicalNames(program)].some((name) => parameters.includes(name));
    const body = applyEdits(code, [...edits, ...guardLoops(program, names.loop)]).trimEnd();
    return {
      file: { code: withNames(body + registration, names, inBlock), mappings, ...facts },
      problems: [],
    };
  } catch (error) {
    return error instanceof MalformedCode
      ? problemWith(path, error.message, error.place)
      : problemsOf(error, () => path);
  }
}

async function makeScript(
  path: string,
  source: string,
  options: TransformOptions,
  names: ScriptNames,
): Promise<TransformResult> {
  const compile = (code: string, more: TransformOptions) =>
    callEsbuild({ what: path, timeoutMs }, ({ transform }) => transform(code, { ...options, ...more }));
  const compileLast = async (code: string, more: TransformOptions) => {
    const script = await compile(code, { ...more, format: 'cjs' });
    return { ...script, code: withoutCopies(script.code) };
  };
  try {
    return await compileLast(source, {});
  } catch (error) {
    if (!isBuildFailure(error) || !source.includes('await')) throw error;
  }
  // Throws what else is wrong with the source. The map travels with the code, and esbuild traces the second one back through it.
  const { code, map } = await compile(source, { format: 'esm', sourcemap: 'both' });
  const marked = parsing(code, map, () => markAwaits(code, names));
  return compileLast(marked, { loader: 'js' });
}

/** What acorn minds in code that esbuild let pass: a malformed regular expression, sloppy code in a script. */
class MalformedCode extends Error {
  constructor(
    message: string,
    readonly place: { line: number; column: number },
  ) {
    super(message);
  }
}

function parsing<T>(code: string, mappings: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    // Few get as deep as the stack of a walk.
    if (error instanceof RangeError) throw new MalformedCode(tooDeep, { line: 1, column: 0 });
    if (!(error instanceof SyntaxError) || !('pos' in error)) throw error;
    const place = sourcePlace(mappings, code, Number(error.pos));
    throw new MalformedCode(error.message.replace(/ \(\d+:\d+\)$/, ''), place);
  }
}

function transformOptions(
  path: string,
  source: string,
  { react, decorators }: CodeOptions,
  names: ScriptNames,
): TransformOptions {
  const [, , extension = 'js'] = codeExtension.exec(path) ?? [];
  const isTypeScript = extension.startsWith('t');
  // esbuild knows legacy decorators in TypeScript only, which is nearly all of JavaScript; imports then stay as they are.
  const asTypeScript = !isTypeScript && decorators.legacy && hasDecorators(source);
  const loader: Loader = asTypeScript ? 'tsx' : isTypeScript ? (extension as 'ts' | 'tsx') : 'jsx';
  return {
    loader,
    // With the extension of an ES module for Node, esbuild would ignore what other modules say of their default export.
    sourcefile: path.replace(codeExtension, '.$2'),
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    jsx: react === 'automatic' && !factoryPragma.test(source) ? 'automatic' : 'transform',
    define: { 'import.meta': names.meta, Buffer: names.buffer },
    sourcemap: 'external',
    sourcesContent: false,
    tsconfigRaw: {
      compilerOptions: {
        experimentalDecorators: decorators.legacy,
        useDefineForClassFields: decorators.defineFields,
        verbatimModuleSyntax: asTypeScript,
      },
    },
  };
}

/**
 * The code declares a parameter's name itself: in a block, it may. Where it says `$import`, `$meta` or `$loop` anywhere, our own go by
 * another name.
 */
function withNames(code: string, names: ScriptNames, inBlock: boolean): string {
  const aliases = [
    ...(names.import === '$import' ? [] : [`${names.import}=$import`]),
    ...(names.meta === '$meta' ? [] : [`${names.meta}=$meta`]),
    ...(names.loop === '$loop' ? [] : [`${names.loop}=$loop`]),
  ];
  if (aliases.length === 0 && !inBlock) return code;
  const head = aliases.length > 0 ? `const ${aliases.join(',')};` : '';
  const body = code.slice('"use strict";'.length);
  return `"use strict";${head}${inBlock ? `{${body}\n}` : body}`;
}

/** Another name where the source has this one, which no source can have foreseen. */
function freeName(name: string, source: string): string {
  if (!source.includes(name)) return name;
  return `${name}_${createHash('sha256').update(source).digest('hex').slice(0, 12)}`;
}

function withSource(map: string, path: string): string {
  const { version, mappings, names } = JSON.parse(map) as {
    version: number;
    mappings: string;
    names: string[];
  };
  return JSON.stringify({ version, sources: [path], names, mappings });
}
