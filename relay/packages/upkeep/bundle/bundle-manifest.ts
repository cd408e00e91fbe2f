// The table of contents of a store bundle: one gzipped tar with `manifest.json` and `blobs/<SHA-256>` for every distinct
// content. Names and paths come from a file that may be damaged or hostile, so each is judged before it is used.
import { z } from 'zod';
import { checkName, checkVersion } from '../../base/package-spec.ts';

/** What a manifest says it is. */
export const bundleFormat = 'librechat-preview-kit-store';
export const bundleVersion = 2;
/** First file of the archive. */
export const manifestPath = 'manifest.json';
export const maxManifestBytes = 256 * 1024 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.number().int().nonnegative();
const text = z.string().max(1000);
const time = z.number().nonnegative();

/** A path inside a package: relative, plain segments, at most as deep as tarballs may be. */
const filePath = text.refine((path) => {
  const segments = path.split('/');
  const plain = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return plain && segments.length <= 64 && !/[\\\0]/.test(path);
}, 'not a path inside a package');

const packageName = text.refine(passes(checkName), 'not the name of a package');
const packageVersion = text.refine(
  passes((version) => checkVersion('package', version)),
  'not a version',
);

function passes(check: (value: string) => void): (value: string) => boolean {
  return (value) => {
    try {
      check(value);
      return true;
    } catch {
      return false;
    }
  };
}

const blob = z.object({ sha256, size });
const entry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('package'),
    name: packageName,
    version: packageVersion,
    /** `meta.json` and `files/…`. */
    files: z.array(blob.extend({ path: filePath })).min(1),
  }),
  z.object({ kind: z.literal('packument'), name: packageName, checkedAt: time, ...blob.shape }),
  z.object({ kind: z.literal('tree'), id: z.string().regex(/^[0-9a-f]{32}$/), ...blob.shape }),
  z.object({
    kind: z.literal('set'),
    id: z.string().regex(/^[0-9a-f]{40}$/),
    resolvedAt: time,
    ...blob.shape,
  }),
  z.object({
    kind: z.enum(['prebundle', 'es-module', 'encoded', 'finished', 'pack', 'linked']),
    keys: z.array(z.object({ key: text.min(1), metadata: z.record(z.string(), z.unknown()) })).min(1),
    ...blob.shape,
  }),
]);

const manifest = z.object({
  format: z.literal(bundleFormat),
  version: z.number(),
  createdAt: z.string(),
  pins: z.array(z.object({ name: text, trees: z.array(text), packages: z.array(text) })),
  entries: z.array(entry),
});

export type BundleManifest = z.infer<typeof manifest>;
export type BundleEntry = z.infer<typeof entry>;

/** A file that is no usable bundle; the message says why, for people. */
export class BundleError extends Error {
  override name = 'BundleError';
}

/** @throws BundleError when it is no manifest of this kit, or of a newer one */
export function parseManifest(content: string): BundleManifest {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw new BundleError('Its table of contents is damaged.');
  }
  const head = z.object({ format: z.literal(bundleFormat), version: z.number() }).safeParse(json);
  if (!head.success) throw new BundleError('It is not a store bundle of this kit.');
  if (head.data.version > bundleVersion)
    throw new BundleError(`A newer kit made it (format ${head.data.version}); update this one first.`);
  const { data, error } = manifest.safeParse(json);
  if (data) return data;
  const issue = error.issues[0];
  throw new BundleError(`Its table of contents is not valid: ${issue?.path.join('.')}: ${issue?.message}.`);
}

/** The contents of an entry, in order. */
export function blobsOf(item: BundleEntry): { sha256: string; size: number }[] {
  return item.kind === 'package' ? item.files : [item];
}

/** Size by SHA-256 of every distinct content. @throws BundleError when two sizes are stated for one */
export function distinctBlobs({ entries }: BundleManifest): Map<string, number> {
  const blobs = new Map<string, number>();
  for (const { sha256: hash, size: bytes } of entries.flatMap(blobsOf)) {
    if ((blobs.get(hash) ?? bytes) !== bytes)
      throw new BundleError('Its table of contents contradicts itself.');
    blobs.set(hash, bytes);
  }
  return blobs;
}
