// Files of shares as ready-made answers: rendered and compressed once for each version and place. Whether somebody may have them was
// decided before; nothing is handed out here that was not asked for by its digest.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { HostRecord } from '../hosts/host-record.ts';
import { PreparedResponse } from '../http/prepared.ts';
import { renderDocument, type ShareSurroundings, shareHeaders } from './share-document.ts';
import { fileAt } from './share-files.ts';
import { settingsOf } from './share-service.ts';
import type { ShareVersions } from './share-versions.ts';

const maxKeptBytes = 64 * 1024 * 1024;
/** Larger files are compressed by no hot path: a browser waits less for them as they are. */
const maxCompressedBytes = 2 * 1024 * 1024;

/** A file of a share, ready to be sent. */
export interface ShareAnswer {
  response: PreparedResponse;
  isDocument: boolean;
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
    const place = [file.digest, file.type, host.visibility, host.settings, around.base, around.origin];
    const key = createHash('sha256').update(JSON.stringify(place)).digest('base64url');
    const known = this.#kept.get(key);
    if (known) return known;
    const content = await this.versions.read(file.digest);
    const answer = prepare(host, { content, type: file.type }, around);
    // Bodies, and what compressing adds.
    this.#kept.set(key, answer, { size: content.length * 2 + 1024 });
    return answer;
  }
}

function prepare(
  host: HostRecord,
  { content, type }: { content: Buffer; type: string },
  around: ShareSurroundings,
): ShareAnswer {
  const settings = settingsOf(host);
  const isPublic = host.visibility === 'public';
  const isDocument = /^text\/html\b/.test(type);
  const headers = {
    ...shareHeaders(settings, isPublic, around),
    'Content-Type': type,
    // Asked for again each time: who may see it, and which version is shown, may change at any moment.
    'Cache-Control': isPublic ? 'no-cache' : 'private, no-cache',
  };
  const text = isDocument ? renderDocument(String(content), settings, around) : undefined;
  const isText = /^text\/|json|javascript|xml|wasm/.test(type) && content.length <= maxCompressedBytes;
  const body = text ?? (isText && isUtf8(content) ? String(content) : { identity: content });
  return { response: new PreparedResponse(body, headers, { ranges: true }), isDocument };
}

/** Whether a string of it is the same bytes again. */
function isUtf8(content: Buffer): boolean {
  return Buffer.from(String(content)).equals(content);
}
