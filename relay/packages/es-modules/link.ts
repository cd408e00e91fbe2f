// Fills in where a module's imports lead. Who decides that is someone else: the tree of a package, or one of a whole page.
import type { EsFile, EsImport } from './es-package.ts';

/** Where an import leads: an address, or a specifier for the page's import map. */
export type ResolveImport = (entry: EsImport) => string;

/** The module as a browser takes it. */
export function link({ content, imports }: EsFile, resolve: ResolveImport): string {
  let text = '';
  let done = 0;
  for (const entry of imports) {
    // Inside a string literal, whatever its quotes.
    const target = JSON.stringify(resolve(entry)).slice(1, -1);
    text += content.slice(done, entry.start) + target;
    done = entry.end;
  }
  return text + content.slice(done);
}
