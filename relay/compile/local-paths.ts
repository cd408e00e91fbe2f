// Where an import in an artifact's file leads, among the artifact's own files. Pure.
import { posix } from 'node:path';
import type { ImportTarget } from '../shared/native.ts';
import type { TypeScriptSettings } from './typescript-settings.ts';

const extensions = ['.tsx', '.ts', '.jsx', '.js', '.mjs', '.cjs', '.json', '.css'];
/** TypeScript wants imports to name the file that it would write. */
const written: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};
/** `?raw` and `?url` make another module of a file. Other queries say nothing to us. */
const kindQuery = /[?&](raw|url)(?:[&=]|$)/;

export type LocalTarget = Exclude<ImportTarget, { module: string }>;

export class LocalPaths {
  readonly #files: Record<string, string>;
  readonly #settings: TypeScriptSettings;

  constructor(files: Record<string, string>, settings: TypeScriptSettings) {
    this.#files = files;
    this.#settings = settings;
  }

  /** Undefined for a bare specifier, which names a package. A file may have `?raw` or `?url` after its path. */
  resolve(specifier: string, from: string): LocalTarget | undefined {
    if (/^(?:https?|blob|data):|^\/\//.test(specifier)) return { url: specifier };
    const [path = ''] = specifier.split('?', 1);
    const query = kindQuery.exec(specifier.slice(path.length))?.[1];
    for (const place of this.#places(path, from)) {
      const file = this.#find(place);
      if (file !== undefined) return { file: query ? `${file}?${query}` : file };
    }
    if (!/^(?:\.{0,2}\/|[@~]\/|\.{1,2}$)/.test(path)) return undefined;
    return { missing: `Could not find module '${specifier}' relative to '${from}'` };
  }

  *#places(path: string, from: string): Generator<string> {
    if (/^\.{1,2}(?:\/|$)/.test(path)) {
      yield posix.join(posix.dirname(from), /(?:^|\/)\.{1,2}$/.test(path) ? `${path}/` : path);
      return;
    }
    for (const [pattern, places] of Object.entries(this.#settings.paths)) {
      const rest = matchPattern(pattern, path);
      if (rest !== undefined) yield* places.map((place) => place.replace('*', () => rest));
    }
    if (path.startsWith('/')) yield posix.normalize(path);
    else if (/^[@~]\//.test(path)) {
      yield posix.join('/', path.slice(2));
      yield posix.join('/src', path.slice(2));
    } else if (this.#settings.baseUrl !== undefined && path !== '') {
      yield posix.join(this.#settings.baseUrl, path);
    }
  }

  #find(place: string): string | undefined {
    const inFolder = extensions.map((end) => posix.join(place, `index${end}`));
    const extension = posix.extname(place);
    const candidates = place.endsWith('/')
      ? inFolder
      : [
          place,
          ...extensions.map((end) => place + end),
          ...(written[extension] ?? []).map((end) => place.slice(0, -extension.length) + end),
          ...inFolder,
        ];
    return candidates.find((candidate) => Object.hasOwn(this.#files, candidate));
  }
}

/** What the pattern's `*` stands for. */
function matchPattern(pattern: string, path: string): string | undefined {
  const [start = '', end] = pattern.split('*', 2);
  if (end === undefined) return pattern === path ? '' : undefined;
  return path.length >= start.length + end.length && path.startsWith(start) && path.endsWith(end)
    ? path.slice(start.length, path.length - end.length)
    : undefined;
}

/** The file that runs first: as package.json says, else the first that is there of those that templates use. */
export function findEntry(files: Record<string, string>, paths: LocalPaths): string | undefined {
  for (const specifier of [mainOf(files['/package.json']), '/index', '/src/index', '/src/main']) {
    const target = specifier === undefined ? undefined : paths.resolve(specifier, '/package.json');
    if (target && 'file' in target) return target.file;
  }
  return undefined;
}

function mainOf(manifest: string | undefined): string | undefined {
  try {
    const { main } = JSON.parse(manifest ?? '{}') as { main?: unknown };
    return typeof main === 'string' ? posix.join('/', main) : undefined;
  } catch {
    return undefined;
  }
}
