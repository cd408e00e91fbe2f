// An npm registry on loopback for tests: packuments and real tarballs from file maps, and every way to misbehave.
// Nothing leaves the machine; each request is noted.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NpmOptions } from '../../relay/packages/npm-config.ts';
import { integrityOf, packPackage } from './pack-tarball.ts';

/** How the registry misbehaves. */
export type Fault =
  /** Answers with an HTTP error; `times` bounds how often, `retryAfter` is sent as it is. */
  | { kind: 'status'; status: number; retryAfter?: string; times?: number }
  /** Accepts the request and says nothing. */
  | { kind: 'hang' }
  /** Sends one byte, then one each `everyMs`. */
  | { kind: 'trickle'; everyMs: number }
  /** Answers 200 with a login page. */
  | { kind: 'garbage' }
  /** Breaks the connection in the middle of the body. */
  | { kind: 'break-off' }
  /** Sends half of the bytes as if they were all. */
  | { kind: 'truncate' };

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
  /** `GET /name` and `GET /name/-/name-1.0.0.tgz`, in order of arrival. */
  requests: string[];
  /** The headers of each request. */
  headers: IncomingMessage['headers'][];
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
}): Promise<TestRegistry> {
  const { packages } = options;
  const requests: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
    headers.push(request.headers);
    void serve(packages, request, response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, requests, headers, packages, npm: { registry: url }, close };
}

const tarballPath = /^\/((?:@[^/]+\/)?[^/]+)\/-\/[^/]+?-(\d[^/]*)\.tgz$/;

async function serve(
  packages: Record<string, TestPackage>,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> {
  const path = decodeURIComponent(request.url ?? '/');
  const [, tarballName, version] = tarballPath.exec(path) ?? [];
  const name = tarballName ?? path.slice(1);
  const found = Object.hasOwn(packages, name) ? packages[name] : undefined;
  const fault = version === undefined ? found?.packumentFault : found?.tarballFault;
  const published = version === undefined ? undefined : found?.versions[version];
  let answer: Answer = { status: 404, headers: {}, body: Buffer.from('{"error":"not_found"}') };
  if (published && version) {
    answer = { status: 200, headers: {}, body: tarballOf(name, version, published) };
  } else if (found && version === undefined) {
    const body = Buffer.from(JSON.stringify(packumentOf(name, found, url)));
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

function packumentOf(name: string, found: TestPackage, url: string): object {
  const versions = Object.entries(found.versions).map(([version, published]) => {
    const integrity = published.integrity ?? integrityOf(tarballOf(name, version, published));
    const own = `${url}${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`;
    const tarball = published.tarballUrl ?? own;
    return [version, { name, version, ...published.manifest, dist: { tarball, integrity } }];
  });
  const tags = found.tags ?? { latest: Object.keys(found.versions).at(-1) };
  return { name, 'dist-tags': tags, versions: Object.fromEntries(versions) };
}
