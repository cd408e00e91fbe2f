// Files of shares as ready-made answers: rendered and compressed once for each version and place. Whether somebody may have them was
// decided before; nothing is handed out here that was not asked for by its digest.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { HostRecord } from '../hosts/host-record.ts';
import { PreparedResponse } from '../http/prepared.ts';
import { permissionsPolicy } from '../shared/permissions-policy.ts';
import { barPage } from './bar-page.ts';
import { renderDocument, type ShareSurroundings, shareHeaders } from './share-document.ts';
import { fileAt } from './share-files.ts';
import { pictureAddress, type ShareCard, shareHead } from './share-head.ts';
import { settingsOf } from './share-service.ts';
import type { ShareVersions, VersionRecord } from './share-versions.ts';

const maxKeptBytes = 64 * 1024 * 1024;
/** Larger files are compressed by no hot path: a browser waits less for them as they are. */
const maxCompressedBytes = 2 * 1024 * 1024;

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

  constructor(readonly versions: ShareVersions) {}

  /**
   * @param path as the browser asks for it, encoded
   * @returns undefined when the share shows nothing there
   * @throws BlobDamaged; Error when a stored file is missing
   */
  async find(host: HostRecord, path: string, around: ShareSurroundings): Promise<ShareAnswer | undefined> {
    const version = await this.versions.shown(host);
    if (!version) return undefined;
    const manifest = await this.versions.manifestOf(version);
    const name = fileAt(manifest, path);
    const file = name === undefined ? undefined : manifest.files[name];
    if (!file) return undefined;
    const isEntry = name === manifest.entry;
    const card = isEntry && host.visibility === 'public' ? cardOf(host, version, around) : undefined;
    const place = [file.digest, file.type, host.visibility, host.settings, around.base, around.origin, card];
    const key = createHash('sha256').update(JSON.stringify(place)).digest('base64url');
    const known = this.#kept.get(key);
    if (known) return known;
    const content = await this.versions.read(file.digest);
    const answer = prepare(host, { content, type: file.type }, around, card);
    // Bodies, and what compressing adds.
    this.#kept.set(key, answer, { size: content.length * 2 + 1024 });
    return answer;
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

function prepare(
  host: HostRecord,
  { content, type }: { content: Buffer; type: string },
  around: ShareSurroundings,
  card: ShareCard | undefined,
): ShareAnswer {
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
  const text = isDocument ? renderDocument(String(content), settings, around, card) : undefined;
  const isText = /^text\/|json|javascript|xml|wasm/.test(type) && content.length <= maxCompressedBytes;
  const body = text ?? (isText && isUtf8(content) ? String(content) : { identity: content });
  return { response: new PreparedResponse(body, headers, { ranges: true }), isDocument, card };
}

/** Whether a string of it is the same bytes again. */
function isUtf8(content: Buffer): boolean {
  return Buffer.from(String(content)).equals(content);
}
