// What compiling one file of an artifact gives: the file, or what is wrong with it. esbuild's and acorn's complaints become problems
// here, and places in compiled code become places in the source.
import { SourceMap } from 'node:module';
import type { Message } from 'esbuild';
import { EsbuildEnded, isBuildFailure } from '../esbuild/esbuild-call.ts';
import type { CompiledFile, CompileProblem } from '../shared/native.ts';

/** How long esbuild may take for a file. */
export const timeoutMs = 10_000;

export interface FileResult {
  /** Absent when there are problems. */
  file?: CompiledFile;
  problems: CompileProblem[];
}

/** A file that is no code of its own: it exports what `code` says, and imports nothing. */
export function plainFile(code: string, more: Partial<CompiledFile> = {}): FileResult {
  return {
    file: {
      code: `"use strict";${code}`,
      isAsync: false,
      imports: [],
      laterImports: [],
      importsComputed: false,
      mappings: '',
      ...more,
    },
    problems: [],
  };
}

/** One problem, at the start of the file unless said otherwise. */
export function problemWith(path: string, message: string, place = { line: 1, column: 0 }): FileResult {
  return { problems: [{ message, path, ...place }] };
}

/** A file for which the artifact has to be shown by the bundler. */
export function leftToBundler(path: string, message: string): FileResult {
  return { problems: [{ message, path, line: 1, column: 0, isForBundler: true }] };
}

/**
 * What esbuild says about an artifact's files. Throws what is no complaint about them.
 * @param pathOf the artifact's name for a file of esbuild's
 */
export function problemsOf(error: unknown, pathOf: (file: string) => string): FileResult {
  if (error instanceof EsbuildEnded) return problemWith(pathOf(''), error.message);
  if (!isBuildFailure(error)) throw error;
  return { problems: error.errors.map((message) => problemOf(message, pathOf)) };
}

function problemOf({ text, location }: Message, pathOf: (file: string) => string): CompileProblem {
  const path = pathOf(location?.file ?? '');
  if (!location) return { message: text, path, line: 1, column: 0 };
  // esbuild counts columns in bytes.
  const before = Buffer.from(location.lineText).subarray(0, location.column).toString();
  return { message: text, path, line: location.line, column: before.length };
}

/** Where a place in compiled code was in its source. */
export function sourcePlace(mappings: string, code: string, index: number): { line: number; column: number } {
  const before = code.slice(0, index);
  const line = before.split('\n').length - 1;
  const entry = new SourceMap(JSON.parse(mappings)).findEntry(line, index - before.lastIndexOf('\n') - 1);
  return 'originalLine' in entry
    ? { line: entry.originalLine + 1, column: entry.originalColumn }
    : { line: 1, column: 0 };
}

/** Where a file imports a specifier, in its source. */
export function importPlace(
  file: CompiledFile,
  source: string,
  specifier: string,
): { line: number; column: number } {
  const index = file.code.indexOf(`require(${JSON.stringify(specifier)})`);
  if (file.mappings !== '' && index >= 0)
    return sourcePlace(file.mappings, file.code, index + 'require('.length);
  const before = source.slice(0, Math.max(source.indexOf(specifier), 0));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') - 1 };
}
