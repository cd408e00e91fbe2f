// One package version on disk: `<root>/<name>/<version>/meta.json` and `files/…`. A folder is there whole or not at all.
// Only listed paths are ever read, so a request cannot name anything outside the package.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PackageError } from './package-error.ts';
import type { PackageJson } from './packument.ts';
import type { PackedFile } from './tarball.ts';

/** The verified files of one package version. */
export interface PackageFiles {
  name: string;
  version: string;
  /** Subresource-integrity string of the tarball, as the registry states it. */
  integrity: string;
  /** Absolute folder that holds the package's files. */
  dir: string;
  packageJson: PackageJson;
  /** All files, sorted by path; paths have a leading slash, hashes are SHA-256 in base64. */
  list(): Promise<readonly PackedFile[]>;
  /**
   * @param path as in {@link list}: `/dist/index.js`
   * @throws PackageError FILE_NOT_FOUND
   */
  read(path: string): Promise<Buffer>;
}

/** Content of meta.json. */
export interface PackageMeta {
  name: string;
  version: string;
  integrity: string;
  files: PackedFile[];
}

/** The folder of a version, below the folder of all packages. */
export function packageFolder(root: string, name: string, version: string): string {
  return join(root, name, version);
}

/**
 * Opens a version that was stored before.
 * @returns undefined when it is not there; what is damaged is removed, so that it can be fetched again
 */
export async function openPackage(
  root: string,
  name: string,
  version: string,
): Promise<PackageFiles | undefined> {
  const folder = packageFolder(root, name, version);
  const dir = join(folder, 'files');
  let meta: PackageMeta;
  let packageJson: PackageJson;
  try {
    meta = JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8'));
    packageJson = await readPackageJson(dir, name, version);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) {
      await rm(folder, { recursive: true, force: true });
      return undefined;
    }
    throw error;
  }
  // On file systems that ignore case, `JSONStream` and `jsonstream` are one folder.
  if (meta.name !== name || meta.version !== version) return undefined;
  const byPath = new Map(meta.files.map((file) => [file.path, file]));
  return {
    name,
    version,
    integrity: meta.integrity,
    dir,
    packageJson,
    list: async () => meta.files,
    read: async (path) => {
      const file = byPath.get(path);
      if (!file) throw new PackageError('FILE_NOT_FOUND', { packageName: name, version, path });
      return readFile(join(dir, path));
    },
  };
}

/** @throws SyntaxError when it is no JSON object, ENOENT when there is none */
export async function readPackageJson(dir: string, name: string, version: string): Promise<PackageJson> {
  const text = await readFile(join(dir, 'package.json'), 'utf8');
  const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new SyntaxError('package.json is not an object');
  return { ...content, name, version };
}
