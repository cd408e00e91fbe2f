// The stock path's far ends on loopback, in a process of their own as the kit is: the unmodified bundler, the third parties it
// calls, and a host page like the kit's. All answers are made before anything is timed; each late one is reported as a miss.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import mime from 'mime';
import { compressText, isText } from '../../bundler-build/compress.ts';
import { lifetimes, sharedFileHeaders } from '../../relay/http/headers.ts';
import { PreparedResponse } from '../../relay/http/prepared.ts';
import { readContent } from '../../relay/packages/answers/content-answer.ts';
import type { CdnAnswer } from '../../relay/packages/cdn/answer/answer.ts';
import type { PackageEngine } from '../../relay/packages/engine.ts';
import type { DependencyTree } from '../../relay/packages/tree/tree.ts';
import { standardSets } from '../../relay/shared/standard-sets.ts';
import { openBenchEngine } from '../rig/bench-engine.ts';
import { AnswerMemory } from './answer-memory.ts';
import { listenOn } from './listen-on.ts';
import { startHostPage } from './stock-host-page.ts';
import { packageOfPath, StockPackager } from './stock-packager.ts';
import { announceStock } from './stock-process.ts';
import { lifetimeOf, prepareAnswer, startThirdParties } from './third-parties.ts';

const telemetryHost = 'col.csbops.io';

/** Runs until the parent disconnects or ends. */
export async function runStockServers(options: {
  root: string;
  distDir: string;
  dataDir: string;
}): Promise<void> {
  const { root, distDir, dataDir } = options;
  const engine = await openBenchEngine({ root, dataDir });
  const dependencies = { ...standardSets['react-18'] };
  const tree = await engine.sets.tree({ dependencies, resolutions: {} });
  await expectSameVersions(tree, engine, dependencies);
  const packager = new StockPackager(tree, engine.registry);
  const thirdParties = new AnswerMemory((address) =>
    answerThirdParty(address, packager, dependencies, engine),
  );
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
  const files = new AnswerMemory((address) => readBundlerFile(bundlerDir, new URL(address).pathname));

  const bundler = createServer((req, res) => files.answer(`http://bundler${req.url}`, req, res));
  const hosts = [...Object.keys(lifetimeOf), telemetryHost];
  const { resolverRules, publicKeyHash } = await startThirdParties(hosts, thirdParties);
  const bundlerUrl = `http://stock.localhost:${await listenOn(bundler)}`;
  const hostPageUrl = await startHostPage({ distDir, bundlerUrl });
  announceStock({ bundlerUrl, hostPageUrl, resolverRules, publicKeyHash }, () => [
    ...thirdParties.takeMisses(),
    ...files.takeMisses(),
  ]);
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

async function answerThirdParty(
  address: string,
  packager: StockPackager,
  ranges: Record<string, string>,
  engine: PackageEngine,
): Promise<PreparedResponse | undefined> {
  const { host, pathname, searchParams } = new URL(address);
  const path = decodeURIComponent(pathname);
  const json = (value: unknown, gzipOnly = false) =>
    prepareAnswer(Buffer.from(JSON.stringify(value)), 'application/json; charset=utf-8', host, gzipOnly);
  const packaged = host.startsWith('prod-packager') ? packageOfPath(path) : undefined;
  // The packager stores its answers compressed with gzip.
  if (packaged) return json(await packager.manifest(packaged.name), true);
  const listed =
    host === 'data.jsdelivr.com' ? /^\/v1\/package\/npm\/((?:@[^/]+\/)?[^/@]+)$/.exec(path) : null;
  if (listed?.[1]) return json(await packager.versions(listed[1], ranges[listed[1]]));
  if (host === 'fonts.googleapis.com') return prepareAnswer(Buffer.from('/* no fonts */'), 'text/css', host);
  const answer: CdnAnswer | undefined = await engine.cdn(host, path, searchParams);
  return answer?.kind === 'content' ? prepareAnswer(await readContent(answer), answer.type, host) : undefined;
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
