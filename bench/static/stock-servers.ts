// The stock path of static previews on loopback, in a process of their own: the files of static-browser-server on every preview host,
// the CDNs that artifacts load from, and a host page like the kit's.

import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import mime from 'mime';
import { compressText } from '../../bundler-build/compress.ts';
import { lifetimes } from '../../relay/http/headers.ts';
import { PreparedResponse } from '../../relay/http/prepared.ts';
import { readContent } from '../../relay/packages/answers/content-answer.ts';
import { AnswerMemory } from '../render/answer-memory.ts';
import { listenOn } from '../render/listen-on.ts';
import { startHostPage } from '../render/stock-host-page.ts';
import { announceStock } from '../render/stock-process.ts';
import { prepareAnswer, startThirdParties } from '../render/third-parties.ts';
import { openBenchEngine } from '../rig/bench-engine.ts';
import { staticArtifacts } from './artifacts.ts';

/** Runs until the parent disconnects or ends. */
export async function runStaticStockServers(options: {
  root: string;
  distDir: string;
  dataDir: string;
}): Promise<void> {
  const { root, distDir, dataDir } = options;
  const engine = await openBenchEngine({ root, dataDir });
  const cdns = new AnswerMemory(async (address) => {
    const { host, pathname, searchParams } = new URL(address);
    const answer = await engine.cdn(host, decodeURIComponent(pathname), searchParams);
    return answer?.kind === 'content'
      ? prepareAnswer(await readContent(answer), answer.type, host)
      : undefined;
  });
  const addresses = [...new Set(staticArtifacts.flatMap((artifact) => artifact.addresses))];
  for (const address of addresses)
    if (!(await cdns.get(address))) throw new Error(`${address} cannot be had; the comparison needs it.`);
  const { resolverRules, publicKeyHash } = await startThirdParties(
    [...new Set(addresses.map((address) => new URL(address).host))],
    cdns,
  );
  const files = await readPreviewFiles(root);
  const server = createServer((req, res) => {
    const file = files.get(req.url ?? '');
    if (file) file.send(req, res);
    else res.writeHead(404).end();
  });
  // One site for all previews, as in a deployment; browsers divide their caches by site.
  const bundlerUrl = `http://stock.bench.localhost:${await listenOn(server)}`;
  const hostPageUrl = await startHostPage({ distDir, bundlerUrl });
  announceStock({ bundlerUrl, hostPageUrl, resolverRules, publicKeyHash }, () => cdns.takeMisses());
}

/** `out/preview` of static-browser-server by path, with the kit's own compression and caching. */
async function readPreviewFiles(root: string): Promise<Map<string, PreparedResponse>> {
  const entry = createRequire(join(root, 'package.json')).resolve('static-browser-server/package.json');
  const folder = join(dirname(entry), 'out', 'preview');
  const found = new Map<string, PreparedResponse>();
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const file = join(item.parentPath, item.name);
    const path = `/${file.slice(folder.length + 1).replace(/\\/g, '/')}`;
    const identity = await readFile(file);
    const { br, gz } = await compressText(identity);
    const isPage = path.endsWith('.html');
    const prepared = new PreparedResponse(
      { identity, br, gzip: gz },
      {
        'Content-Type': `${mime.getType(path)}; charset=utf-8`,
        'Cache-Control': isPage ? lifetimes.revalidate : lifetimes.immutable,
        'Service-Worker-Allowed': '/',
      },
    );
    found.set(isPage ? path.replace(/index\.html$/, '') : path, prepared);
  }
  return found;
}
