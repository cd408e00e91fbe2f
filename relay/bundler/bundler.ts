// The bundler as the relay keeps it in memory: manifest, files in every encoding, and the scripts of its page.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import mime from 'mime';
import type { BundlerManifest } from '../../bundler-build/build.ts';
import { lifetimes, sharedFileHeaders } from '../http/headers.ts';
import { PreparedResponse } from '../http/prepared.ts';

/** A loaded bundler folder. */
export interface Bundler {
  version: string;
  fingerprint: string;
  page: BundlerManifest['page'];
  /** Ready-made answers by path below `/static/<fingerprint>/`. */
  files: Map<string, PreparedResponse>;
}

/**
 * Loads the folder that bundler-build wrote.
 * @throws Error that names the folder and the command to run when it is missing or not complete
 */
export async function loadBundler(dir: string): Promise<Bundler> {
  let manifest: BundlerManifest;
  try {
    manifest = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')) as BundlerManifest;
  } catch (cause) {
    throw new Error(`BUNDLER_DIR=${dir} holds no bundler (manifest.json); run \`npm run build\` first.`, {
      cause,
    });
  }
  const files = new Map<string, PreparedResponse>();
  await Promise.all(
    Object.entries(manifest.files).map(async ([path, sizes]) => {
      const read = (suffix: string) =>
        readFile(join(dir, 'files', path + suffix)).catch((cause) => {
          throw new Error(
            `BUNDLER_DIR=${dir} is not complete (files/${path}${suffix}); delete it and run \`npm run build\`.`,
            { cause },
          );
        });
      const [identity, br, gzip] = await Promise.all([
        read(''),
        sizes.br === undefined ? undefined : read('.br'),
        sizes.gz === undefined ? undefined : read('.gz'),
      ]);
      const headers = {
        ...sharedFileHeaders,
        'Content-Type': contentType(path),
        'Cache-Control': lifetimes.immutable,
      };
      files.set(path, new PreparedResponse({ identity, br, gzip }, headers));
    }),
  );
  return { version: manifest.version, fingerprint: manifest.fingerprint, page: manifest.page, files };
}

function contentType(path: string): string {
  const type = mime.getType(path) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
