// Bare import specifiers, as code writes them.

/** Splits `@scope/name/sub/path` into package name and subpath (`.` or `./sub/path`). */
export function splitSpecifier(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/');
  const name = parts.splice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const rest = parts.join('/').replace(/\/+$/, '');
  return { name, subpath: rest === '' ? '.' : `./${rest}` };
}
