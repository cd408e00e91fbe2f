// Turns a built codesandbox-client (the npm package's `sandpack/` folder, or a `www/` from source) into the relay's `www/`:
// patched, fingerprinted, pre-compressed. Idempotent: the fingerprint covers every input byte and this builder's own tables.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { compressText, isText } from './compress.ts';
import { leaveOut } from './leave-out.ts';
import { type Patch, patches } from './patches.ts';

/** Changes whenever the output for the same input would change. */
const builderVersion = 3;

/** What `www/manifest.json` holds. */
export interface BundlerManifest {
  /** codesandbox-client's own version stamp, from `version.txt`. */
  version: string;
  /** First 16 hex digits of the SHA-256 over input files and patch table; names the folder of the files. */
  fingerprint: string;
  /** Scripts of the bundler's page in order: files (relative to the folder of files) and inline code. */
  page: ({ src: string } | { code: string })[];
  /** Sizes in bytes by path; `br` and `gz` where the file is stored compressed too. */
  files: Record<string, { bytes: number; br?: number; gz?: number }>;
}

/** A bundler this builder does not know: the message names the patch or file and the remedy. */
export class BundlerBuildError extends Error {
  override name = 'BundlerBuildError';
}

/**
 * Builds `outDir` from `sourceDir`.
 * @returns the manifest, and whether anything had to be done
 * @throws BundlerBuildError when the source is not a bundler, or a patch does not match as often as it should
 */
export async function buildBundler(options: {
  sourceDir: string;
  outDir: string;
  log?: (line: string) => void;
}): Promise<{ manifest: BundlerManifest; built: boolean }> {
  const { sourceDir, outDir, log = () => {} } = options;
  const paths = await listFiles(sourceDir);
  if (!paths.includes('index.html'))
    throw new BundlerBuildError(
      `${sourceDir} holds no index.html: name the sandpack/ folder of @codesandbox/sandpack-client, or a www/ built from codesandbox-client.`,
    );
  const sources = new Map<string, Buffer>();
  for (const path of paths) sources.set(path, await readFile(join(sourceDir, path)));
  const fingerprint = fingerprintOf(sources);
  const previous = await readManifest(outDir);
  if (previous?.fingerprint === fingerprint && (await isComplete(outDir, previous)))
    return { manifest: previous, built: false };

  const kept = new Map([...sources].filter(([path]) => !leaveOut.some(({ files }) => files.test(path))));
  applyPatches(kept, patches);
  const manifest: BundlerManifest = {
    version: sources.get('version.txt')?.toString('utf8').trim() ?? 'unknown',
    fingerprint,
    page: pageScripts((sources.get('index.html') as Buffer).toString('utf8')),
    files: {},
  };
  const staging = `${outDir}.building-${process.pid}`;
  await rm(staging, { recursive: true, force: true });
  log(`compressing ${kept.size} files`);
  for (const batch of inBatches([...kept], 4)) {
    await Promise.all(
      batch.map(async ([path, content]) => {
        const target = join(staging, 'files', path);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, content);
        manifest.files[path] = { bytes: content.length };
        if (!isText(path)) return;
        const { br, gz } = await compressText(content);
        await writeFile(`${target}.br`, br);
        await writeFile(`${target}.gz`, gz);
        manifest.files[path] = { bytes: content.length, br: br.length, gz: gz.length };
      }),
    );
  }
  await writeFile(join(staging, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  await rm(outDir, { recursive: true, force: true });
  await mkdir(dirname(outDir), { recursive: true });
  await rename(staging, outDir);
  return { manifest, built: true };
}

/**
 * Applies the table to the files in place.
 * @throws BundlerBuildError naming each patch whose count is off, with the count found
 */
export function applyPatches(files: Map<string, Buffer>, table: Patch[]): void {
  const faults: string[] = [];
  for (const patch of table) {
    let found = 0;
    for (const [path, content] of files) {
      if (!patch.files.test(path)) continue;
      const text = content.toString('utf8');
      const matches = text.match(patch.find)?.length ?? 0;
      if (matches === 0) continue;
      found += matches;
      files.set(path, Buffer.from(text.replace(patch.find, patch.replace)));
    }
    if (found !== patch.count)
      faults.push(`patch “${patch.name}” matched ${found} times, expected ${patch.count}`);
  }
  if (faults.length > 0)
    throw new BundlerBuildError(
      `This bundler is not one the patch table knows:\n${faults.map((f) => `  - ${f}`).join('\n')}\nUse the locked @codesandbox/sandpack-client, or adapt bundler-build/patches.ts.`,
    );
}

function fingerprintOf(sources: Map<string, Buffer>): string {
  const hash = createHash('sha256');
  const tables = [...patches.map((p) => [p.files, p.find, p.replace]), ...leaveOut.map((l) => [l.files])];
  hash.update(`${builderVersion}\n${tables.map((row) => row.map(String).join('\t')).join('\n')}\n`);
  for (const [path, content] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\t${content.length}\n`).update(content);
  return hash.digest('hex').slice(0, 16);
}

/**
 * The page's scripts, the bundler's own moved to the end: it asks the client to register as soon as it runs, and scripts after it
 * that have not arrived by then, such as the one that reports the artifact's console, would never hear the answer.
 */
function pageScripts(html: string): BundlerManifest['page'] {
  const scripts = [...html.matchAll(/<script(?:[^>]*?\ssrc="\/([^"]+)")?[^>]*>([^<]*)<\/script>/g)].map(
    ([, src, code = '']) => (src ? { src } : { code }),
  );
  const isBundler = (script: BundlerManifest['page'][number]) =>
    'src' in script && /^static\/js\/sandbox\.[^/]+\.js$/.test(script.src);
  return [...scripts.filter((script) => !isBundler(script)), ...scripts.filter(isBundler)];
}

async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => {
    throw new BundlerBuildError(`${dir} is not a folder that can be read.`);
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function readManifest(outDir: string): Promise<BundlerManifest | undefined> {
  try {
    return JSON.parse(await readFile(join(outDir, 'manifest.json'), 'utf8')) as BundlerManifest;
  } catch {
    return undefined;
  }
}

async function isComplete(outDir: string, manifest: BundlerManifest): Promise<boolean> {
  const present = new Set(await listFiles(join(outDir, 'files')).catch(() => []));
  return Object.entries(manifest.files).every(
    ([path, sizes]) =>
      present.has(path) &&
      (sizes.br === undefined || (present.has(`${path}.br`) && present.has(`${path}.gz`))),
  );
}

function* inBatches<T>(items: T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
