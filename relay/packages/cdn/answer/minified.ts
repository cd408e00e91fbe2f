// Minified files that a CDN offers and the package does not hold: `x.min.js` is made from `x.js`, `x.min.css` from `x.css`.
import { callEsbuild, esbuildVersion } from '../../../esbuild/esbuild-call.ts';
import { type ContentAnswer, fileAnswer } from '../../answers/content-answer.ts';
import type { PackageFiles } from '../../store/package-files.ts';

/** A file of a package that an address means. */
export interface CdnFile {
  files: PackageFiles;
  /** With a leading slash. */
  path: string;
  /** Whether the address names the version. */
  exact: boolean;
  /** @throws PackageError FILE_NOT_FOUND when there is no such file, and none that it could be made from */
  answer(): Promise<ContentAnswer>;
}

/** @param path with a leading slash */
export function cdnFile(files: PackageFiles, path: string, exact: boolean): CdnFile {
  return { files, path, exact, answer: () => fileOrMinified(files, path, exact) };
}

const minifiedName = /\.min\.(js|mjs|css)$/;

/**
 * A file of a package; a minified one that is not published is made from the one it is named after.
 * @param path with a leading slash
 * @param exact whether the address names the version
 * @throws PackageError FILE_NOT_FOUND when the package has neither
 */
async function fileOrMinified(files: PackageFiles, path: string, exact: boolean): Promise<ContentAnswer> {
  const source = await minifiedSource(files, path);
  if (source === undefined) return fileAnswer(files, path, exact);
  const answer = await fileAnswer(files, source, exact);
  return {
    ...answer,
    identity: `${answer.identity} minified by esbuild ${esbuildVersion}`,
    read: () => minify(files, source),
  };
}

/** The file that a minified one would be made from; undefined when it is published itself, or cannot be made. */
export async function minifiedSource(files: PackageFiles, path: string): Promise<string | undefined> {
  if (!minifiedName.test(path)) return undefined;
  const source = path.replace(minifiedName, '.$1');
  return !(await files.has(path)) && (await files.has(source)) ? source : undefined;
}

/** Names at the top level stay: a classic script's are its interface. What cannot be read stays as published. */
async function minify(files: PackageFiles, path: string): Promise<string> {
  const code = (await files.read(path)).toString('utf8');
  try {
    const result = await callEsbuild({ what: `${files.name}@${files.version}${path}` }, ({ transform }) =>
      transform(code, {
        loader: path.endsWith('.css') ? 'css' : 'js',
        minify: true,
        legalComments: 'none',
        charset: 'utf8',
        logLevel: 'silent',
      }),
    );
    return result.code;
  } catch {
    return code;
  }
}
