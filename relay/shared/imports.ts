// Which packages an artifact imports: the modules reachable from its entry, and the bare specifiers in them.
// A scan, not a parser: a specifier too many costs some bytes, one too few is fetched on demand. The lexers of the field know no
// JSX, and a parser would be a multiple of the code that carries this in the browser.

/** Files by absolute path, as Sandpack's `compile` message carries them. */
export type Modules = Record<string, { code: string }>;

const specifier =
  /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(['"])([^'"\n]+)\1|@import\s+(?:url\()?(['"])~?([^'"\n]+)\3/g;
const extensions = [
  '',
  '.tsx',
  '.ts',
  '.jsx',
  '.js',
  '.mjs',
  '.json',
  '.css',
  '.vue',
  '.svelte',
  '/index.tsx',
  '/index.ts',
  '/index.jsx',
  '/index.js',
];

/**
 * Bare specifiers that the artifact imports, e.g. `['react', 'three/addons/controls/OrbitControls.js']`, sorted.
 * @param modules files by path; the entry is `main` of `/package.json`
 */
export function findImports(modules: Modules): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const queue = entries(modules);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const code = modules[path]?.code;
    if (seen.has(path) || typeof code !== 'string') continue;
    seen.add(path);
    for (const match of code.matchAll(specifier)) {
      const name = (match[2] ?? match[4]) as string;
      const local = resolveLocal(modules, path, name);
      if (local) queue.push(local);
      else if (/^(@[\w.-]+\/)?[\w][\w./-]*$/.test(name) && !name.startsWith('//')) found.add(name);
    }
  }
  return [...found].sort();
}

function entries(modules: Modules): string[] {
  const all = Object.keys(modules);
  try {
    const { main } = JSON.parse(modules['/package.json']?.code ?? '{}') as { main?: string };
    const entry =
      main &&
      resolveLocal(
        modules,
        '/package.json',
        main.startsWith('.') || main.startsWith('/') ? main : `./${main}`,
      );
    // The page and styles may pull in packages without being imported by the entry.
    if (entry) return [entry, ...all.filter((path) => path.endsWith('.css'))];
  } catch {
    // An unreadable package.json is reported by the bundler; here it only means: look everywhere.
  }
  return all;
}

/** The path of the file that a relative, absolute or `@/` specifier means; undefined when there is none. */
export function resolveLocal(
  modules: Readonly<Record<string, unknown>>,
  from: string,
  name: string,
): string | undefined {
  const base = name.startsWith('/')
    ? name
    : name.startsWith('@/')
      ? name.slice(1)
      : name.startsWith('.')
        ? new URL(name, `file://${from}`).pathname
        : undefined;
  if (base === undefined) return undefined;
  const hit = extensions.find((extension) => modules[base + extension] !== undefined);
  return hit === undefined ? undefined : base + hit;
}
