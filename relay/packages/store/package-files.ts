// One package version on disk: `<root>/<name>/<version>/meta.json` and `files/…`. A folder is there whole or not at all.
// Only listed paths are ever read, and only bytes that still have the hash they were stored with are handed out.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PackageError } from '../base/package-error.ts';
import { sealJson, unsealJson } from '../disk/sealed-json.ts';
import type { PackageJson } from '../npm/packument.ts';
import type { PackedFile } from './tarball.ts';

/** The verified files of one package version. */
export interface PackageFiles {
  name: string;
  version: string;
  /** Subresource-integrity string of the tarball, as the registry states it. */
  integrity: string;
  /** Absolute folder that holds the package's files; what reads from it by itself calls {@link verify} before. */
  dir: string;
  packageJson: PackageJson;
  /** All files, sorted by path; paths have a leading slash, hashes are SHA-256 in base64. */
  list(): Promise<readonly PackedFile[]>;
  /** Whether {@link list} has the path. */
  has(path: string): Promise<boolean>;
  /**
   * The file's bytes, checked against its hash; a damaged package is fetched again first.
   * @param path as in {@link list}: `/dist/index.js`
   * @throws PackageError FILE_NOT_FOUND, and what fetching throws
   */
  read(path: string): Promise<Buffer>;
  /**
   * Checks every file that a build may read, once for this object; a damaged package is fetched again.
   * @throws PackageError what fetching throws
   */
  verify(): Promise<void>;
}

/** Content of meta.json, which is sealed. */
export interface PackageMeta {
  name: string;
  version: string;
  integrity: string;
  files: PackedFile[];
}

/** How a stored version is opened. */
export interface OpenOptions {
  /** This process wrote it a moment ago, from a verified tarball. */
  justStored?: boolean;
  /** Puts a sound copy in the place of a damaged one; `path` is the file that gave it away. */
  repair: (path: string) => Promise<void>;
  /** Told when something is there that cannot be opened. */
  onDamage?: (path: string) => void;
}

const readsAtOnce = 8;
/** Half of the files of many packages, and no bundler looks into them. */
const neverBuilt = /\.(map|d\.[cm]?ts|flow)$/i;
/** With its promise-based twin, opening and closing each file would take longer than hashing it. */
const readWhole = promisify(readFile);
/** What reading a file fails with when the file itself is what is wrong. */
const damageCodes = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'EIO']);

/** The folder of a version, below the folder of all packages. */
export function packageFolder(root: string, name: string, version: string): string {
  return join(root, name, version);
}

/** The text of a meta.json. */
export function formatMeta(meta: PackageMeta): string {
  return sealJson(meta);
}

/**
 * Opens a version that was stored before.
 * @returns undefined when it is not there, or damaged so that nothing can be said about it
 */
export async function openPackage(
  root: string,
  name: string,
  version: string,
  options: OpenOptions,
): Promise<PackageFiles | undefined> {
  const folder = packageFolder(root, name, version);
  const dir = join(folder, 'files');
  const text = await readIfThere(join(folder, 'meta.json'));
  if (text === undefined) return undefined;
  const meta = unsealJson<PackageMeta>(text.toString('utf8'));
  // On file systems that ignore case, `JSONStream` and `jsonstream` are one folder.
  if (meta && (meta.name !== name || meta.version !== version)) return undefined;
  const byPath = new Map(meta?.files.map((file) => [file.path, file]));
  const manifest = byPath.get('/package.json');
  const manifestText = manifest && (await readIntact(dir, manifest));
  if (!meta || !manifestText) {
    options.onDamage?.(meta ? '/package.json' : 'meta.json');
    return undefined;
  }
  let verified = options.justStored ? Promise.resolve() : undefined;
  return {
    name,
    version,
    integrity: meta.integrity,
    dir,
    packageJson: parsePackageJson(manifestText, name, version),
    list: async () => meta.files,
    has: async (path) => byPath.has(path),
    read: async (path) => {
      const file = byPath.get(path);
      if (!file) throw new PackageError('FILE_NOT_FOUND', { packageName: name, version, path });
      const content = await readIntact(dir, file);
      if (content) return content;
      await options.repair(path);
      const again = await readIntact(dir, file);
      if (again) return again;
      throw new Error(`${name}@${version} was stored again, and its file ${path} is damaged again.`);
    },
    verify: () => {
      verified ??= findDamage(
        dir,
        meta.files.filter(({ path }) => !neverBuilt.test(path)),
      )
        .then((damaged) => (damaged === undefined ? undefined : options.repair(damaged)))
        .catch((error) => {
          verified = undefined;
          throw error;
        });
      return verified;
    },
  };
}

/** The path of a file that is not what it was when it was stored; undefined when all are. */
export async function findDamage(dir: string, files: readonly PackedFile[]): Promise<string | undefined> {
  const queue = files.values();
  let damaged: string | undefined;
  const work = async (): Promise<void> => {
    for (const file of queue) {
      if (damaged !== undefined) return;
      if ((await readIntact(dir, file)) === undefined) damaged ??= file.path;
    }
  };
  await Promise.all(Array.from({ length: readsAtOnce }, work));
  return damaged;
}

/** The content of a listed file; undefined when it is missing or differs from what was stored. */
async function readIntact(dir: string, { path, size, hash }: PackedFile): Promise<Buffer | undefined> {
  const content = await readIfThere(join(dir, path));
  if (content?.length !== size) return undefined;
  return createHash('sha256').update(content).digest('base64') === hash ? content : undefined;
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readWhole(file);
  } catch (error) {
    if (damageCodes.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** @throws SyntaxError when `text` is no JSON object */
export function parsePackageJson(text: Buffer, name: string, version: string): PackageJson {
  const content: unknown = JSON.parse(text.toString('utf8').replace(/^\uFEFF/, ''));
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new SyntaxError('package.json is not an object');
  return { ...content, name, version };
}
