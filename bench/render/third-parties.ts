// Loopback stand-ins for the services that the stock path calls under their real names, with their own caching headers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { compressText } from '../../bundler-build/compress.ts';
import { lifetimes } from '../../relay/http/headers.ts';
import { PreparedResponse } from '../../relay/http/prepared.ts';
import type { AnswerMemory } from './answer-memory.ts';
import { selfSign } from './certificate.ts';
import { listenOn } from './listen-on.ts';

const compressGzip = promisify(gzip);

/** As the services send them. */
export const lifetimeOf: Record<string, string> = {
  'data.jsdelivr.com': 'public, max-age=300',
  'cdn.jsdelivr.net': 'public, max-age=31536000, s-maxage=31536000, immutable',
  'unpkg.com': 'public, max-age=31536000',
  'prod-packager-packages.codesandbox.io': 'public, max-age=31536000',
  'cdn.tailwindcss.com': 'public, max-age=31536000, immutable',
  'fonts.googleapis.com': 'private, max-age=86400, stale-while-revalidate=604800',
};

/** How a browser gets to the stand-ins. */
export interface ThirdParties {
  /** Chromium's `--host-resolver-rules` for them. */
  resolverRules: string;
  /** What Chromium is to take for a valid certificate of theirs. */
  publicKeyHash: string;
}

/** Serves `answers` at `hosts`, over TLS. */
export async function startThirdParties(hosts: string[], answers: AnswerMemory): Promise<ThirdParties> {
  const { key, cert, publicKeyHash } = selfSign(hosts);
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (req, res) => {
    const authority = req.headers[':authority'] ?? req.headers.host;
    // Node's HTTP/2 compatibility layer has the parts of these types that prepared answers use.
    answers.answer(
      `https://${authority}${req.url}`,
      req as unknown as IncomingMessage,
      res as unknown as ServerResponse,
    );
  });
  const port = await listenOn(server);
  return { resolverRules: hosts.map((host) => `MAP ${host} 127.0.0.1:${port}`).join(', '), publicKeyHash };
}

/** Compresses a body as the relay's own files are, or with gzip alone. @param host whose caching headers it gets */
export async function prepareAnswer(
  identity: Buffer,
  type: string,
  host: string,
  gzipOnly = false,
): Promise<PreparedResponse> {
  const { br, gz } = gzipOnly
    ? { br: undefined, gz: await compressGzip(identity) }
    : await compressText(identity);
  return new PreparedResponse(
    { identity, br, gzip: gz },
    {
      'Content-Type': type,
      'Cache-Control': lifetimeOf[host] ?? lifetimes.never,
      'Access-Control-Allow-Origin': '*',
      'Timing-Allow-Origin': '*',
    },
  );
}
