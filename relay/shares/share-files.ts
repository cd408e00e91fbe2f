// What a share consists of: files at paths, as a browser asks for them. Pure.
import { z } from 'zod';
import { kitFolder } from '../shared/bar.ts';

/** One file, as it is published. */
export interface ShareFile {
  /** Absolute in the share and decoded, e.g. `/images/tide chart.png`. */
  path: string;
  /** Its media type, with the charset of text. */
  type: string;
  content: Buffer;
}

/** What a version lists; stored as a blob itself. */
export interface ShareManifest {
  /** Files by path: digest of the content, media type, size in bytes. */
  files: Record<string, { digest: string; type: string; bytes: number }>;
  /** What is answered at `/`. */
  entry: string;
}

const manifestForm = z.object({
  files: z.record(
    z.string(),
    z.object({
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      type: z.string(),
      bytes: z.number().int().min(0),
    }),
  ),
  entry: z.string(),
});

/** What the kit itself answers on a share's host is in there. */
export const ownFolder = kitFolder;

const maxPathLength = 500;
const maxSegments = 20;

/** @throws Error when it is no manifest */
export function readManifest(text: string): ShareManifest {
  return manifestForm.parse(JSON.parse(text));
}

/**
 * The path of a file in a share, as it is stored: absolute, without `.`, `..`, empty segments and backslashes, and not where
 * the kit's own pages are.
 * @param given as a person, a program or an archive names it
 * @returns undefined for what could lead elsewhere, or cannot be asked for by a browser
 */
export function sharePath(given: string): string | undefined {
  if (given.length > maxPathLength || /[\\\p{Cc}]/u.test(given) || /^[a-z]:/i.test(given)) return undefined;
  const segments = given
    .normalize('NFC')
    .replace(/^\.?\//, '')
    .split('/');
  if (segments.length > maxSegments) return undefined;
  const isPlain =
    segments[0] !== ownFolder &&
    segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return isPlain ? `/${segments.join('/')}` : undefined;
}

/**
 * The file that a browser's path means.
 * @param path encoded, without the query
 * @returns undefined when the share has none
 */
export function fileAt(manifest: ShareManifest, path: string): string | undefined {
  const decoded = decode(path)?.normalize('NFC');
  if (decoded === undefined) return undefined;
  const candidates =
    decoded === '/'
      ? [manifest.entry]
      : decoded.endsWith('/')
        ? [`${decoded}index.html`]
        : [decoded, `${decoded}.html`];
  return candidates.find((candidate) => Object.hasOwn(manifest.files, candidate));
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
