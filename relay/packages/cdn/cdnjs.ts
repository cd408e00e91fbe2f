// cdnjs.cloudflare.com, `/ajax/libs/<library>/<version>/<file>`. cdnjs has its own list of libraries and files; what the bundler
// itself needs of it is here: the TypeScript compiler, whose minified form is in no npm package.
import { transform } from 'esbuild';
import { LRUCache } from 'lru-cache';
import type { Registry } from '../registry.ts';
import { type CdnAnswer, fileAnswer, mediaType } from './answer.ts';

/** Where a library's files are: the npm package, and the folder in it that cdnjs shows as the library's root. */
const libraries: Readonly<Record<string, { packageName: string; folder: string }>> = {
  typescript: { packageName: 'typescript', folder: 'lib' },
};

/** Minified files by address; the promise, so that requests at the same time share the work. */
const minified = new LRUCache<string, Promise<string>>({ max: 4 });

/**
 * A library's file; `<name>.min.js` is made from `<name>.js` where the package has none.
 * @returns undefined when the library is not known
 * @throws PackageError
 */
export async function answerCdnjs(registry: Registry, path: string): Promise<CdnAnswer | undefined> {
  const [, name = '', version = '', file = ''] = /^\/ajax\/libs\/([^/]+)\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const library = Object.hasOwn(libraries, name) ? libraries[name] : undefined;
  if (!library) return undefined;
  const files = await registry.files(
    library.packageName,
    await registry.resolve(library.packageName, version),
  );
  const published = `/${library.folder}/${file}`;
  const source = published.replace(/\.min\.js$/, '.js');
  const present = new Set((await files.list()).map((entry) => entry.path));
  if (present.has(published) || !present.has(source)) return fileAnswer(files, published, true);
  const key = `${name}@${version}${source}`;
  const pending = minified.get(key) ?? files.read(source).then((code) => minify(code.toString('utf8')));
  minified.set(key, pending);
  pending.catch(() => minified.delete(key));
  return { kind: 'content', body: await pending, type: mediaType(file), lifetime: 'immutable' };
}

/** Names at the top level stay: a classic script's are its interface. */
async function minify(code: string): Promise<string> {
  const result = await transform(code, {
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  });
  return result.code;
}
