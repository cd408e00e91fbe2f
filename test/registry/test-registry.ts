// An npm registry on loopback for tests: packuments and real tarballs from file maps, and every way to misbehave.
// Nothing leaves the machine; each request is noted.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NpmOptions } from '../../relay/packages/npm/npm-config.ts';
import { integrityOf, packPackage } from './pack-tarball.ts';

/** How the registry misbehaves. */
export type Fault =
  /** Answers with an HTTP error; `times` bounds how often, `retryAfter` is sent as it is. */
  | { kind: 'status'; status: number; retryAfter?: string; times?: number }
  /** Accepts the request and says nothing. */
  | { kind: 'hang' }
  /** Answers as it should, but only after a while. */
  | { kind: 'late'; afterMs: number }
  /** Sends one byte, then one each `everyMs`. */
  | { kind: 'trickle'; everyMs: number }
  /** Answers 200 with a login page. */
  | { kind: 'garbage' }
  /** Breaks the connection in the middle of the body. */
  | { kind: 'break-off' }
  /** Sends half of the bytes as if they were all. */
  | { kind: 'truncate' }
  /** Sends half of the bytes, tells, and says no more. */
  | { kind: 'stall'; onHalf?: () => void }
  /** Changes one bit in the middle. */
  | { kind: 'flip' };

/** One published version. */
export interface TestVersion {
  /** Path → content, without package.json. */
  files?: Record<string, string | Buffer>;
  /** Fields of package.json: dependencies, exports, os, … */
  manifest?: Record<string, unknown>;
  /** Served instead of an honest tarball. */
  tarball?: Buffer;
  /** Stated instead of the tarball's. */
  integrity?: string;
  /** Stated instead of this registry's address of the tarball. */
  tarballUrl?: string;
  /** When it was published; stated in full documents only, as registries do. */
  publishedAt?: Date;
}

export interface TestPackage {
  versions: Record<string, TestVersion>;
  /** Default: `latest` is the last of `versions`. */
  tags?: Record<string, string>;
  packumentFault?: Fault;
  tarballFault?: Fault;
}

export interface TestRegistry {
  url: string;
  /** Where it listens on loopback. */
  port: number;
  /** `GET /name` and `GET /name/-/name-1.0.0.tgz`, in order of arrival. */
  requests: string[];
  /** The headers of each request. */
  headers: IncomingMessage['headers'][];
  /** The most requests that were being answered at the same time. */
  readonly peak: number;
  /** Published packages; may be changed while the registry runs. */
  packages: Record<string, TestPackage>;
  /** Options that make npm's libraries use this registry. */
  npm: NpmOptions;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Starts a registry on a free port. */
export async function startTestRegistry(options: {
  packages: Record<string, TestPackage>;
  /** Speaks HTTPS. */
  tls?: { key: Buffer; cert: Buffer };
  /** The address that clients know it by; default: its own on loopback. */
  publicUrl?: string;
}): Promise<TestRegistry> {
  const { packages, tls } = options;
  const requests: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const underWay = new Set<ServerResponse>();
  let peak = 0;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
    headers.push(request.headers);
    underWay.add(response);
    peak = Math.max(peak, underWay.size);
    // `close` comes when the client may have its answer already, but for a broken connection it is all there is.
    for (const event of ['finish', 'close']) response.once(event, () => underWay.delete(response));
    void serve(packages, request, response, url);
  };
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = options.publicUrl ?? `${tls ? 'https' : 'http'}://127.0.0.1:${port}/`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url,
    port,
    requests,
    headers,
    packages,
    npm: { registry: url },
    close,
    get peak() {
      return peak;
    },
  };
}

const tarballPath = /^\/((?:@[^/]+\/)?[^/]+)\/-\/[^/]+?-(\d+\.\d+\.\d+[^/]*)\.tgz$/;

async function serve(
  packages: Record<string, TestPackage>,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> {
  const path = decodeURIComponent(request.url ?? '/').replace(new URL(url).pathname, '/');
  const [, tarballName, version] = tarballPath.exec(path) ?? [];
  const name = tarballName ?? path.slice(1);
  const found = Object.hasOwn(packages, name) ? packages[name] : undefined;
  const fault = version === undefined ? found?.packumentFault : found?.tarballFault;
  const published = version === undefined ? undefined : found?.versions[version];
  let answer: Answer = { status: 404, headers: {}, body: Buffer.from('{"error":"not_found"}') };
  if (published && version) {
    answer = { status: 200, headers: {}, body: tarballOf(name, version, published) };
  } else if (found && version === undefined) {
    const full = !request.headers.accept?.includes('vnd.npm.install');
    const body = Buffer.from(JSON.stringify(packumentOf(name, found, url, full)));
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    const unchanged = request.headers['if-none-match'] === etag;
    answer = { status: unchanged ? 304 : 200, headers: { etag }, body: unchanged ? Buffer.alloc(0) : body };
  }
  await misbehave(fault, answer, response);
}

async function misbehave(fault: Fault | undefined, answer: Answer, response: ServerResponse): Promise<void> {
  const length = { 'content-length': String(answer.body.length) };
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'late':
      await sleep(fault.afterMs);
      break;
    case 'status': {
      if (fault.times === 0) break;
      if (fault.times !== undefined) fault.times -= 1;
      const retry = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      response.writeHead(fault.status, retry).end('{"error":"as the test wants it"}');
      return;
    }
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please log in</h1>');
      return;
    case 'break-off':
      response
        .writeHead(200, length)
        .write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
      return;
    case 'stall':
      response
        .writeHead(200, length)
        .write(answer.body.subarray(0, answer.body.length / 2), () => fault.onHalf?.());
      return;
    case 'flip': {
      const flipped = Buffer.from(answer.body);
      const middle = flipped.length >> 1;
      flipped[middle] = (flipped[middle] as number) ^ 1;
      response.writeHead(200, length).end(flipped);
      return;
    }
    case 'truncate':
      response.writeHead(200).end(answer.body.subarray(0, answer.body.length / 2));
      return;
    case 'trickle':
      response.writeHead(200, length);
      for (const byte of answer.body) {
        if (response.destroyed) return;
        response.write(Buffer.of(byte));
        await sleep(fault.everyMs);
      }
      response.end();
      return;
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

function tarballOf(name: string, version: string, published: TestVersion): Buffer {
  return published.tarball ?? packPackage({ name, version, ...published.manifest }, published.files ?? {});
}

function packumentOf(name: string, found: TestPackage, url: string, full: boolean): object {
  const versions = Object.entries(found.versions).map(([version, published]) => {
    const integrity = published.integrity ?? integrityOf(tarballOf(name, version, published));
    const own = `${url}${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`;
    const tarball = published.tarballUrl ?? own;
    return [version, { name, version, ...published.manifest, dist: { tarball, integrity } }];
  });
  const tags = found.tags ?? { latest: Object.keys(found.versions).at(-1) };
  const times = Object.entries(found.versions).flatMap(([version, { publishedAt }]) =>
    publishedAt ? [[version, publishedAt.toISOString()]] : [],
  );
  return {
    name,
    'dist-tags': tags,
    versions: Object.fromEntries(versions),
    ...(full && times.length > 0 ? { time: Object.fromEntries(times) } : {}),
  };
}
