// What the kit itself answers on a share's host, to whoever may see the share: what the bar needs, the archive, the picture, oEmbed.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import QRCode from 'qrcode';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { HostRecord } from '../hosts/host-record.ts';
import { type HostReports, reportReasons } from '../hosts/host-reports.ts';
import { isOwnRequest } from '../hosts/owner-sessions.ts';
import { HttpError } from '../http/errors.ts';
import { lifetimes } from '../http/headers.ts';
import { PreparedResponse } from '../http/prepared.ts';
import { readBody } from '../http/read-body.ts';
import { pathOf, queryOf } from '../http/target.ts';
import { kitFolder } from '../shared/bar.ts';
import { archiveName, zipOf } from './download.ts';
import { oembed } from './oembed.ts';
import { oembedPath } from './share-head.ts';
import { RequestRefused, readRequest } from './share-request.ts';
import { settingsOf } from './share-service.ts';
import type { ShareVersions } from './share-versions.ts';
import type { VersionPictures } from './version-pictures.ts';

/** What it is made of. */
export interface OwnPagesParts {
  versions: ShareVersions;
  reports: HostReports;
  pictures: VersionPictures;
}

/** A request that may see the share. */
export interface OwnRequest {
  req: IncomingMessage;
  res: ServerResponse;
  host: HostRecord;
  /** Address of the share, with a slash at its end. */
  url: string;
  /** The client's. */
  address: string;
}

const reportRequest = z.strictObject({
  reason: z.enum(reportReasons),
  message: z.string().trim().max(2_000).default(''),
});
const maxReportBytes = 10_000;
const plain = {
  'Cache-Control': 'private, no-cache',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};

/** A page without an icon of its own: neutral, in light and dark. */
const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="3" y="4" width="26" height="24" rx="6" fill="#0f766e"/><path d="M9 12h14M9 17h14M9 22h8" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>';
const faviconAnswer = new PreparedResponse(favicon, {
  ...plain,
  'Content-Type': 'image/svg+xml',
  'Cache-Control': 'public, max-age=86400',
});

/** See the head of this file. */
export class OwnPages {
  /** Of what the bar consists of, for addresses that never change. */
  readonly fingerprint: string;
  readonly #assets: Record<string, PreparedResponse>;
  /** Reports of one address, an hour. */
  readonly #reports = new RateLimiterMemory({ points: 5, duration: 3600 });

  /** @param texts the built script and style sheet of the bar */
  constructor(texts: { script: string; style: string }) {
    this.fingerprint = createHash('sha256')
      .update(texts.script + texts.style)
      .digest('hex')
      .slice(0, 12);
    const asset = (text: string, type: string) =>
      new PreparedResponse(text, { ...plain, 'Content-Type': type, 'Cache-Control': lifetimes.immutable });
    this.#assets = {
      'bar.js': asset(texts.script, 'text/javascript; charset=utf-8'),
      'bar.css': asset(texts.style, 'text/css; charset=utf-8'),
    };
  }

  /** In place of a file that the share does not have. */
  sendFavicon(req: IncomingMessage, res: ServerResponse): void {
    faviconAnswer.send(req, res);
  }

  /** Whether a path is the kit's, and no file's of a share. */
  owns(path: string): boolean {
    return path.startsWith(`/${kitFolder}/`) || path === oembedPath;
  }

  /** @throws HttpError for what is not there, or may not be had */
  async answer(asked: OwnRequest, parts: OwnPagesParts): Promise<void> {
    const { req, res, host, url } = asked;
    const path = pathOf(req);
    const name = path.slice(kitFolder.length + 2);
    if (path === `/${kitFolder}/report`) return this.#report(asked, parts);
    if (req.method !== 'GET' && req.method !== 'HEAD')
      throw new HttpError('METHOD_NOT_ALLOWED', req.method ?? '');
    const asset = Object.hasOwn(this.#assets, name) ? this.#assets[name] : undefined;
    if (asset) return asset.send(req, res);
    if (path === oembedPath) return this.#oembed(asked, parts);
    if (name === 'qr.svg') {
      const svg = await QRCode.toString(url, { type: 'svg', margin: 1 });
      return new PreparedResponse(svg, { ...plain, 'Content-Type': 'image/svg+xml' }).send(req, res);
    }
    if (name === 'download.zip' && settingsOf(host).download) return this.#download(asked, parts);
    if (name === 'picture.png' && host.visibility === 'public') return this.#picture(asked, parts);
    throw new HttpError('PAGE_NOT_FOUND', `file ${path.slice(0, 120)}`);
  }

  async #report({ req, res, host, address }: OwnRequest, { reports }: OwnPagesParts): Promise<void> {
    if (req.method !== 'POST') throw new HttpError('METHOD_NOT_ALLOWED', req.method ?? '', ['POST']);
    if (!isOwnRequest(req)) throw new HttpError('BAD_REQUEST', 'Reports are sent from the page itself.');
    const text = await readBody(req, maxReportBytes);
    const { reason, message } = readReport(text);
    const wait = await this.#countReport(address);
    if (wait > 0) res.setHeader('Retry-After', String(wait));
    if (wait > 0 || !(await reports.add(host.id, reason, message)))
      throw new HttpError('REPORTS_TOO_MANY', '');
    res.writeHead(204, plain).end();
  }

  async #countReport(address: string): Promise<number> {
    try {
      await this.#reports.consume(address);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  }

  async #oembed({ req, res, host, url }: OwnRequest, { versions, pictures }: OwnPagesParts): Promise<void> {
    const query = new URLSearchParams(queryOf(req));
    const asked = query.get('url');
    if (asked !== null && !(URL.canParse(asked) && new URL(asked).host === new URL(url).host))
      throw new HttpError('SHARE_NOT_FOUND', 'page of this host at that address');
    const version = (await pictures.isReady()) ? await versions.shown(host) : undefined;
    const answer = oembed({ host, url, pictured: version?.id, query });
    new PreparedResponse(JSON.stringify(answer), {
      ...plain,
      'Content-Type': 'application/json; charset=utf-8',
      'Access-Control-Allow-Origin': '*',
    }).send(req, res);
  }

  async #download({ req, res, host }: OwnRequest, { versions }: OwnPagesParts): Promise<void> {
    const version = await versions.shown(host);
    if (!version) throw new HttpError('PAGE_NOT_FOUND', 'version of this page');
    res.writeHead(200, {
      ...plain,
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${archiveName(host.name)}"`,
    });
    if (req.method === 'HEAD') return void res.end();
    // A visitor who leaves, and a stored file that is damaged: both end the answer short, which browsers tell from a whole one.
    await pipeline(await zipOf(versions, version), res).catch((error) => void res.destroy(error as Error));
  }

  async #picture({ req, res, host }: OwnRequest, { versions, pictures }: OwnPagesParts): Promise<void> {
    const version = await versions.shown(host);
    const identity = version && (await pictures.of(host, version));
    if (!identity) throw new HttpError('PAGE_NOT_FOUND', 'picture of this page');
    new PreparedResponse(
      { identity },
      { ...plain, 'Content-Type': 'image/png', 'Cache-Control': 'public, max-age=3600' },
    ).send(req, res);
  }
}

function readReport(text: string) {
  try {
    return readRequest(reportRequest, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new HttpError('BAD_REQUEST', 'The body is no JSON.');
    if (error instanceof RequestRefused) throw new HttpError('BAD_REQUEST', error.message);
    throw error;
  }
}
