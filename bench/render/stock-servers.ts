// The stock path's far ends on loopback, in a process of their own as the kit is: the unmodified bundler, the third parties it
// calls, and a host page like the kit's. All answers are made before anything is timed; each late one is reported as a miss.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import mime from 'mime';
import { pino } from 'pino';
import { compressText, isText } from '../../bundler-build/compress.ts';
import { lifetimes, sharedFileHeaders } from '../../relay/http/headers.ts';
import { PreparedResponse } from '../../relay/http/prepared.ts';
import type { CdnAnswer } from '../../relay/packages/cdn/answer.ts';
import { createPackageEngine, type PackageEngine } from '../../relay/packages/engine.ts';
import { loadNpmOptions } from '../../relay/packages/npm-config.ts';
import { silentLog } from '../../relay/packages/package-log.ts';
import { standardSets } from '../../relay/packages/standard-sets.ts';
import type { DependencyTree } from '../../relay/packages/tree.ts';
import { createControl } from '../../relay/surfaces/control.ts';
import { selfSign } from './certificate.ts';
import { packageOfPath, StockPackager } from './stock-packager.ts';

const compressGzip = promisify(gzip);

/** Where the stock path can be reached. */
export interface StockAddresses {
  bundlerUrl: string;
  hostPageUrl: string;
  /** Chromium's `--host-resolver-rules` for the third parties. */
  resolverRules: string;
  /** What Chromium is to take for a valid certificate of theirs. */
  publicKeyHash: string;
}

/** What the stock process tells its parent. */
export type StockReport = { ready: StockAddresses } | { misses: string[] };

/** As the services send them. */
const lifetimeOf: Record<string, string> = {
  'data.jsdelivr.com': 'public, max-age=300',
  'cdn.jsdelivr.net': 'public, max-age=31536000, s-maxage=31536000, immutable',
  'unpkg.com': 'public, max-age=31536000',
  'prod-packager-packages.codesandbox.io': 'public, max-age=31536000',
  'cdn.tailwindcss.com': 'public, max-age=31536000, immutable',
  'fonts.googleapis.com': 'private, max-age=86400, stale-while-revalidate=604800',
};
const telemetryHost = 'col.csbops.io';

/** Runs until the parent disconnects or ends. */
export async function runStockServers(options: {
  root: string;
  distDir: string;
  dataDir: string;
}): Promise<void> {
  const { root, distDir, dataDir } = options;
  const engine = createPackageEngine({
    npm: await loadNpmOptions({ cwd: root, env: process.env }),
    dataDir,
    offline: false,
    timeoutMs: 10_000,
    maxTarballBytes: 100 * 1024 * 1024,
    log: silentLog,
  });
  const dependencies = { ...standardSets['react-18'] };
  const tree = await engine.sets.tree({ dependencies, resolutions: {} });
  await expectSameVersions(tree, engine, dependencies);
  const packager = new StockPackager(tree, engine.registry);
  const thirdParties = new Memory((address) => answerThirdParty(address, packager, dependencies, engine));
  for (const [name, key] of Object.entries(tree.root)) {
    const version = tree.nodes[key]?.version;
    await thirdParties.get(
      `https://prod-packager-packages.codesandbox.io/v2/packages/${name}/${version}.json`,
    );
    await thirdParties.get(`https://data.jsdelivr.com/v1/package/npm/${name}`);
  }
  const bundlerDir = join(
    dirname(dirname(createRequire(join(root, 'package.json')).resolve('@codesandbox/sandpack-client'))),
    'sandpack',
  );
  const files = new Memory((address) => readBundlerFile(bundlerDir, new URL(address).pathname));

  const bundler = createServer((req, res) => files.answer(`http://bundler${req.url}`, req, res));
  const hosts = [...Object.keys(lifetimeOf), telemetryHost];
  const { key, cert, publicKeyHash } = selfSign(hosts);
  const secure = createSecureServer({ key, cert, allowHTTP1: true }, (req, res) => {
    const authority = req.headers[':authority'] ?? req.headers.host;
    // Node's HTTP/2 compatibility layer has the parts of these types that prepared answers use.
    thirdParties.answer(
      `https://${authority}${req.url}`,
      req as unknown as IncomingMessage,
      res as unknown as ServerResponse,
    );
  });
  const bundlerUrl = `http://stock.localhost:${await listenOn(bundler)}`;
  const securePort = await listenOn(secure);
  const hostPage = createServer(
    createControl({
      playgroundDir: join(distDir, 'playground'),
      playground: true,
      previewUrl: () => bundlerUrl,
      log: pino({ level: 'silent' }),
    }),
  );
  const hostPageUrl = `http://localhost:${await listenOn(hostPage)}`;
  const resolverRules = hosts.map((host) => `MAP ${host} 127.0.0.1:${securePort}`).join(', ');
  process.on('message', () => {
    report({ misses: [...thirdParties.takeMisses(), ...files.takeMisses()] });
  });
  process.on('disconnect', () => process.exit(0));
  report({ ready: { bundlerUrl, hostPageUrl, resolverRules, publicKeyHash } });
}

/** The kit does without Babel; that must not have changed what else is in the tree. @throws Error naming what differs */
async function expectSameVersions(
  tree: DependencyTree,
  engine: PackageEngine,
  { '@babel/core': _, ...dependencies }: Record<string, string>,
): Promise<void> {
  const ofKit = await engine.sets.tree({ dependencies, resolutions: {} });
  const differing = Object.entries(ofKit.root).filter(
    ([name, key]) => ofKit.nodes[key]?.version !== tree.nodes[tree.root[name] ?? '']?.version,
  );
  if (differing.length > 0)
    throw new Error(
      `Both paths must render the same versions, but not of ${differing.map(([name]) => name)}.`,
    );
}

function report(message: StockReport): void {
  process.send?.(message);
}

/** Answers by address, each made once. */
class Memory {
  readonly #answers = new Map<string, PreparedResponse | undefined>();
  readonly #make: (address: string) => Promise<PreparedResponse | undefined>;
  #misses: string[] = [];

  constructor(make: (address: string) => Promise<PreparedResponse | undefined>) {
    this.#make = make;
  }

  async get(address: string): Promise<PreparedResponse | undefined> {
    const answer = await this.#make(address).catch(() => undefined);
    this.#answers.set(address, answer);
    return answer;
  }

  /** Sends what is in memory at once; anything else is made first, and counted. */
  answer(address: string, req: IncomingMessage, res: ServerResponse): void {
    const send = (prepared: PreparedResponse | undefined) => {
      if (prepared) prepared.send(req, res);
      else res.writeHead(req.method === 'POST' ? 204 : 404, { 'Access-Control-Allow-Origin': '*' }).end();
    };
    if (this.#answers.has(address)) {
      send(this.#answers.get(address));
      return;
    }
    this.#misses.push(address);
    this.get(address).then(send);
  }

  takeMisses(): string[] {
    return this.#misses.splice(0);
  }
}

async function answerThirdParty(
  address: string,
  packager: StockPackager,
  ranges: Record<string, string>,
  engine: PackageEngine,
): Promise<PreparedResponse | undefined> {
  const { host, pathname, searchParams } = new URL(address);
  const path = decodeURIComponent(pathname);
  const json = (value: unknown, gzipOnly = false) =>
    prepare(Buffer.from(JSON.stringify(value)), 'application/json; charset=utf-8', host, gzipOnly);
  const packaged = host.startsWith('prod-packager') ? packageOfPath(path) : undefined;
  // The packager stores its answers compressed with gzip.
  if (packaged) return json(await packager.manifest(packaged.name), true);
  const listed =
    host === 'data.jsdelivr.com' ? /^\/v1\/package\/npm\/((?:@[^/]+\/)?[^/@]+)$/.exec(path) : null;
  if (listed?.[1]) return json(await packager.versions(listed[1], ranges[listed[1]]));
  if (host === 'fonts.googleapis.com') return prepare(Buffer.from('/* no fonts */'), 'text/css', host);
  const answer: CdnAnswer | undefined = await engine.cdn(host, path, searchParams);
  return answer?.kind === 'content'
    ? prepare(Buffer.from(answer.body as Buffer), answer.type, host)
    : undefined;
}

async function readBundlerFile(dir: string, pathname: string): Promise<PreparedResponse> {
  const path = pathname === '/' ? '/index.html' : normalize(pathname);
  const content = await readFile(join(dir, path));
  const { br, gz } = isText(path) ? await compressText(content) : {};
  // Hashed names never change, as the kit's own files; the page is asked again each time, as the kit's.
  const lifetime = /^\/static\/|\.worker\.js$/.test(path) ? lifetimes.immutable : lifetimes.revalidate;
  const type = mime.getType(path) ?? 'application/octet-stream';
  return new PreparedResponse(
    { identity: content, br, gzip: gz },
    {
      ...sharedFileHeaders,
      'Content-Type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
      'Cache-Control': lifetime,
    },
  );
}

async function prepare(
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

async function listenOn(server: Pick<Server, 'listen' | 'address' | 'once'>): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
