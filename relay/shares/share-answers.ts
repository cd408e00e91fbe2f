// Files of shares as ready-made answers: rendered and compressed once for each version, place and encoding. Whether somebody may have them
// was decided before; nothing is handed out here that was not asked for by its digest.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { HostRecord } from '../hosts/host-record.ts';
import { PreparedResponse } from '../http/prepared.ts';
import { compress, type Encoding } from '../packages/base/compression.ts';
import { permissionsPolicy } from '../shared/permissions-policy.ts';
import { barPage } from './bar-page.ts';
import { renderDocument, type ShareSurroundings, shareHeaders } from './share-document.ts';
import { fileAt, type ShareManifest } from './share-files.ts';
import { pictureAddress, type ShareCard, shareHead } from './share-head.ts';
import { settingsOf } from './share-service.ts';
import type { ShareVersions, VersionRecord } from './share-versions.ts';

/** Some twelve thousand pages of a few KB: each has the script for inner documents in it. */
const maxKeptBytes = 128 * 1024 * 1024;
/** What an answer takes besides its body. */
const overheadBytes = 2_048;
/** Smaller files gain nothing; with larger ones, a browser waits less for them as they are. */
const [minCompressedBytes, maxCompressedBytes] = [512, 2 * 1024 * 1024];
/** Somebody waits, the first time: 5 takes a sixteenth of what 9 takes, for a few bytes more. */
const effort = { brotli: 5, gzip: 6 };

/** A file of a share, ready to be sent. */
export interface ShareAnswer {
  response: PreparedResponse;
  isDocument: boolean;
  /** What links to it show elsewhere. */
  card: ShareCard | undefined;
}

/** See the head of this file. */
export class ShareAnswers {
  readonly #kept = new LRUCache<string, ShareAnswer>({ maxSize: maxKeptBytes });
  readonly #making = new Map<string, Promise<ShareAnswer>>();

  constructor(readonly versions: ShareVersions) {}

  /**
   * @param path as the browser asks for it, encoded
   * @param encoding the best that the browser takes; `identity` where it wants a part of the file
   * @returns undefined when the share shows nothing there
   * @throws BlobDamaged; Error when a stored file is missing
   */
  async find(
    host: HostRecord,
    path: string,
    around: ShareSurroundings,
    encoding: Encoding,
  ): Promise<ShareAnswer | undefined> {
    const version = await this.versions.shown(host);
    if (!version) return undefined;
    const manifest = await this.versions.manifestOf(version);
    const name = fileAt(manifest, path);
    const file = name === undefined ? undefined : manifest.files[name];
    if (!file) return undefined;
    const how = isCompressible(file) ? encoding : 'identity';
    const { base, origin } = around;
    const isListed = name === manifest.entry && host.visibility === 'public';
    const card = isListed ? cardOf(host, version, around) : undefined;
    const told = card === undefined ? '' : JSON.stringify(card);
    const key = [how, file.digest, file.type, host.visibility, base, origin, host.settings, told].join('\n');
    return this.#kept.get(key) ?? this.#make(key, { host, file, around, encoding: how, card });
  }

  /** Once, however many ask for it. */
  #make(key: string, wanted: WantedAnswer): Promise<ShareAnswer> {
    const known = this.#making.get(key);
    if (known) return known;
    const making = this.#prepare(wanted)
      .then(({ answer, bytes }) => {
        this.#kept.set(key, answer, { size: bytes + overheadBytes });
        return answer;
      })
      .finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  async #prepare({
    host,
    file: { digest: stored, type },
    around,
    encoding,
    card,
  }: WantedAnswer): Promise<{ answer: ShareAnswer; bytes: number }> {
    const settings = settingsOf(host);
    const isPublic = host.visibility === 'public';
    const isDocument = /^text\/html\b/.test(type);
    const headers = {
      ...shareHeaders(settings, isPublic, around),
      'Content-Type': type,
      ...(isDocument && settings.bar && around.hasBars && { Vary: 'Sec-Fetch-Dest' }),
      // Asked for again each time: who may see it, and which version is shown, may change at any moment.
      'Cache-Control': isPublic ? 'no-cache' : 'private, no-cache',
    };
    const file = await this.versions.read(stored);
    const identity = isDocument ? Buffer.from(renderDocument(String(file), settings, around, card)) : file;
    const digest = createHash('sha256').update(identity).digest('base64url');
    const content = encoding === 'identity' ? identity : await compress(identity, encoding, effort);
    const response = new PreparedResponse({ encoding, content, digest }, headers, { ranges: true });
    return { answer: { response, isDocument, card }, bytes: content.length };
  }

  /** The page with a bar around a document of a share. @param fingerprint of the bar's own files */
  barFor(
    host: HostRecord,
    { card }: ShareAnswer,
    around: ShareSurroundings,
    fingerprint: string,
  ): PreparedResponse {
    const key = JSON.stringify(['bar', host.title, host.visibility, host.settings, around.origin, card]);
    const known = this.#kept.get(key);
    if (known) return known.response;
    const { publisher, download, embedOrigins, index } = settingsOf(host);
    const isPublic = host.visibility === 'public';
    const html = barPage({
      title: host.title,
      url: `${around.origin}/`,
      publisher,
      download,
      embedOrigins,
      isOpen: host.visibility !== 'private',
      head: card === undefined ? '' : `${shareHead(card)}\n`,
      fingerprint,
    });
    const response = new PreparedResponse(html, barHeaders(isPublic, index));
    this.#kept.set(key, { response, isDocument: true, card }, { size: html.length * 2 + 1024 });
    return response;
  }
}

/** Of the page around a share: nothing of the share is in it. */
function barHeaders(isPublic: boolean, isListed: boolean): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    // Below it, the same address is the share's own document.
    Vary: 'Sec-Fetch-Dest',
    'Cache-Control': isPublic ? 'no-cache' : 'private, no-cache',
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': permissionsPolicy,
    'Origin-Agent-Cluster': '?1',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(!(isPublic && isListed) && { 'X-Robots-Tag': 'noindex, nofollow' }),
  };
}

/** What links to a share show of it elsewhere. */
export function cardOf(host: HostRecord, version: VersionRecord, around: ShareSurroundings): ShareCard {
  const url = `${around.origin}/`;
  return {
    title: host.title,
    url,
    publisher: settingsOf(host).publisher,
    picture: around.hasPictures ? pictureAddress(url, version.id) : undefined,
  };
}

type StoredFile = ShareManifest['files'][string];

/** What makes one answer unlike another. */
interface WantedAnswer {
  host: HostRecord;
  file: StoredFile;
  around: ShareSurroundings;
  encoding: Encoding;
  card: ShareCard | undefined;
}

const isCompressible = ({ type, bytes }: StoredFile): boolean =>
  /^text\/|json|javascript|xml|wasm/.test(type) && bytes >= minCompressedBytes && bytes <= maxCompressedBytes;
