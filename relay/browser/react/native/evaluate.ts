// Runs one compiled file of the artifact, under its own name, so that stacks and developer tools show the source's lines.
import type { NativeFile } from '../../../shared/native.ts';
import { loopGuard } from './loop-guard.ts';

/** What the file's code can name. */
export interface FileScope {
  module: { exports: Record<string, unknown> };
  exports: Record<string, unknown>;
  require: (specifier: string) => unknown;
  $import: (specifier: unknown) => Promise<unknown>;
  $meta: object;
  refresh: [register: unknown, sign: unknown];
}

/** Lines before the file's first. */
export const linesBefore = 1;

/**
 * @returns a promise when the file awaits something at its top level
 * @throws what the file throws
 */
export function evaluateFile(path: string, file: NativeFile, scope: FileScope): Promise<void> | undefined {
  const parameters = 'module,exports,require,$import,$meta,$loop,$RefreshReg$,$RefreshSig$';
  const name = new URL(path, location.origin).href;
  // biome-ignore lint/security/noGlobalEval: running artifacts is what this page is for
  const run = globalThis.eval(
    `(${file.isAsync ? 'async ' : ''}function(${parameters}){\n${file.code}\n})\n//# sourceURL=${name}`,
  );
  const { module, exports, require, $import, $meta, refresh } = scope;
  const result: unknown = run(module, exports, require, $import, $meta, loopGuard, ...refresh);
  return file.isAsync ? (result as Promise<void>) : undefined;
}
