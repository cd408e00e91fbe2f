// A relay on loopback for the static-relay tests, on port 0: chat page at `localhost`, previews at `<id>-preview.localhost`, a stand-in for
// the CDN mirror at `preview.localhost`. Swap it for the real application's start helper when that is wanted.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import express from 'express';
import { keepHost } from '../../../relay/http/host-routing.ts';
import { mirroredHosts } from '../../../relay/packages/cdn/dialects.ts';
import type { Egress } from '../../../relay/shared/egress.ts';
import { isStaticId } from '../../../relay/shared/preview-id.ts';
import { createFallbackPage } from '../../../relay/surfaces/fallback-page.ts';
import { createStaticRelay } from '../../../relay/surfaces/static-relay.ts';
import { compiled, innerRealm } from '../../../scripts/page-code.mjs';

export interface SeenRequest {
  host: string;
  url: string;
}

export interface TestRelay {
  chatOrigin: string;
  /** What a chat is configured with: SANDPACK_STATIC_BUNDLER_URL. */
  previewUrl: string;
  port: number;
  requests: SeenRequest[];
  /** Runs when a request for an artifact's page has reached the server: after the headers were sent, before the page's script. */
  beforeFallback: (() => Promise<void>) | undefined;
  /** Makes `/__csb_sw.js` answer like a proxy with an index.html fallback. */
  misrouteWorker: boolean;
  close(): Promise<void>;
}

/** What the stand-in mirror serves, by path under `/-/cdn/`. */
const mirrored: Record<string, string> = {
  'cdn.tailwindcss.com/3.4.17': 'window.tailwindVersion = "3.4.17";',
  'cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js': 'window.marked = { parse: (text) => text };',
  'unpkg.com/pkg@1.2.3/lib/index.js':
    'import { part } from "./part.js"; export const whole = "whole of " + part;',
  'unpkg.com/pkg@1.2.3/lib/part.js': 'export const part = "part";',
};

const mirrorRedirects: Record<string, string> = { 'unpkg.com/pkg': 'unpkg.com/pkg@1.2.3/lib/index.js' };

/** The `integrity` value of a mirrored file. */
export function integrityOf(path: string): string {
  return `sha384-${createHash('sha384')
    .update(mirrored[path] as string)
    .digest('base64')}`;
}

const browserDir = join(import.meta.dirname, '../../../relay/browser/static');

async function buildRelay(outdir: string): Promise<void> {
  await build({
    entryPoints: ['relay-frame', 'service-worker', 'fallback-page'].map((name) =>
      join(browserDir, `${name}.ts`),
    ),
    outdir,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    plugins: [compiled],
    logLevel: 'warning',
  });
  await build({ ...innerRealm, outdir });
}

async function buildChatPage(): Promise<string> {
  const require = createRequire(import.meta.url);
  // sandpack-client pins 1.0.3, which is what LibreChat runs; 1.0.5 is the newest.
  const pinned = createRequire(require.resolve('@codesandbox/sandpack-client')).resolve(
    'static-browser-server',
  );
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'chat-page.js')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    alias: { 'static-browser-server-1.0.3': dirname(dirname(dirname(pinned))) },
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
    jsx: 'automatic',
    loader: { '.js': 'jsx' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text as string;
}

/** Builds the browser code and starts the relay. */
export async function startTestRelay({ embedOrigins = [] as string[] } = {}): Promise<TestRelay> {
  const egress: Egress = { mode: 'mirror', allow: [], mirroredHosts };
  const outdir = await mkdtemp(join(tmpdir(), 'static-relay-'));
  const [chatPage] = await Promise.all([buildChatPage(), buildRelay(outdir)]);

  const app = express();
  const requests: SeenRequest[] = [];
  const preview = express.Router();
  preview.use((request, response, next) => {
    if (relay.misrouteWorker && request.path === '/__csb_sw.js') response.type('html').send('<p>index');
    else next();
  });
  preview.use(createStaticRelay({ browserDir: outdir, embedOrigins, egress }));
  preview.use((_request, response, next) => {
    const { beforeFallback } = relay;
    const end = response.end.bind(response);
    if (beforeFallback) {
      // The page's script comes last, so half a page is a page that does nothing yet.
      response.end = ((page: Buffer) => {
        response.write(page.subarray(0, page.length / 2));
        void beforeFallback().then(() => end(page.subarray(page.length / 2)));
        return response;
      }) as typeof response.end;
    }
    next();
  });
  preview.use(createFallbackPage({ browserDir: outdir, embedOrigins }));

  app.use((request, response, next) => {
    const name = request.hostname;
    requests.push({ host: name, url: request.url });
    // `preview.test` is a name without the secure context that browsers grant to localhost.
    const id = name.replace(/-preview\.(localhost|test)$/, '');
    if (!isStaticId(id)) return next();
    keepHost(response, { kind: 'preview', id, authority: name, baseAuthority: name.slice(id.length + 1) });
    preview(request, response, next);
  });
  app.get('/-/cdn/*path', (request, response) => {
    const path = request.path.slice('/-/cdn/'.length);
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
    const target = mirrorRedirects[path];
    if (target) response.redirect(`/-/cdn/${target}`);
    else if (mirrored[path] === undefined) response.status(404).type('text').send('not mirrored');
    else response.type('text/javascript').send(mirrored[path]);
  });
  app.get('/chat-page.js', (_request, response) => void response.type('text/javascript').send(chatPage));
  app.get('/', (_request, response) => {
    response
      .type('html')
      .send('<!doctype html><title>chat</title><main></main><script src="/chat-page.js"></script>');
  });

  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const { port } = server.address() as AddressInfo;
  const relay: TestRelay = {
    port,
    chatOrigin: `http://localhost:${port}`,
    previewUrl: `http://preview.localhost:${port}`,
    requests,
    beforeFallback: undefined,
    misrouteWorker: false,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(outdir, { recursive: true });
    },
  };
  return relay;
}
