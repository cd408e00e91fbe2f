// The stage of every attack: the real relay behind TLS with a trusted certificate, a chat page at https://chat.example.test with
// LibreChat's headers and cookies, previews on the same registrable domain or on another, and an attacker's server that
// writes down whatever reaches it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import mime from 'mime';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { openChromium } from '../browser/open-chromium.ts';
import { PlaygroundPage } from '../browser/playground-page.ts';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { ensurePackages } from '../rig/debian-packages.ts';
import { createTestCa, trustInChromium } from '../rig/test-ca.ts';

/** A request as a server saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  cookie: string;
}

export type ArtifactKind = 'React' | 'HTML';

export interface Stage {
  /** Origins, each with its port. */
  chat: string;
  evil: string;
  previews: string;
  kit: Kit;
  /** A browser of its own: nothing is left of the attack before. */
  newContext(): Promise<BrowserContext>;
  /** What reached the attacker, and LibreChat's API, since the last {@link Stage.forget}. */
  seenByEvil: SeenRequest[];
  seenByChat: SeenRequest[];
  forget(): void;
  /** Pages of the attacker's, by path. */
  evilPages: Map<string, string>;
  close(): Promise<void>;
}

/** An artifact that runs a script; the script's promise is its outcome. */
export interface Opened {
  page: Page;
  tab: PlaygroundPage;
  frame: Frame;
}

const playgroundDir = join(import.meta.dirname, '../../dist/playground');

/** What LibreChat's helmet sends with its page, and the cookies of a session. */
const chatHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'SAMEORIGIN',
  'Set-Cookie': [
    'refreshToken=top-secret; Path=/; Secure; HttpOnly; SameSite=Strict',
    'session=top-secret; Path=/; Secure; HttpOnly; SameSite=Lax',
  ],
};

/**
 * @param options `sameSite`: previews below the chat's own registrable domain; `flags`: settings of the relay; `evilMayEmbed`: the
 * attacker is one of `EMBED_ORIGINS`; `without`: a header that the proxy takes away
 */
export async function startStage(options: {
  sameSite: boolean;
  flags?: Record<string, string>;
  evilMayEmbed?: boolean;
  without?: string;
}): Promise<Stage> {
  await ensurePackages(['libnss3-tools', 'openssl']);
  const previewHost = options.sameSite ? 'preview.example.test' : 'preview.artifacts.test';
  const home = await mkdtemp(join(tmpdir(), 'attacks-'));
  const ca = await createTestCa(join(home, 'ca'));
  await trustInChromium(home, ca.certFile);
  const { certFile, keyFile } = await ca.issue({
    names: ['chat.example.test', '*.example.test', '*.artifacts.test', 'evil.test'],
  });
  const seenByEvil: SeenRequest[] = [];
  const seenByChat: SeenRequest[] = [];
  const evilPages = new Map<string, string>();
  let kit: Kit | undefined;
  const tls = createServer(
    { cert: await readFile(certFile), key: await readFile(keyFile) },
    async (req, res) => {
      const host = req.headers.host?.replace(/:\d+$/, '');
      if (host === 'evil.test') answerAsEvil(req, res, seenByEvil, evilPages);
      else if (host === 'chat.example.test') await answerAsChat(req, res, seenByChat, previews);
      else if (kit) passOn(req, res, kit, options.without);
    },
  );
  tls.on('upgrade', (req, socket) => {
    const host = req.headers.host?.replace(/:\d+$/, '');
    (host === 'evil.test' ? seenByEvil : seenByChat).push(seen(req));
    socket.destroy();
  });
  await new Promise<void>((done) => tls.listen(0, '127.0.0.1', done));
  const { port } = tls.address() as AddressInfo;
  const chat = `https://chat.example.test:${port}`;
  const evil = `https://evil.test:${port}`;
  const previews = `https://${previewHost}:${port}`;
  kit = await startKit({
    flags: {
      hostname: previewHost,
      'embed-origins': options.evilMayEmbed ? `${chat} ${evil}` : chat,
      'control-port': '0',
      ...options.flags,
    },
  });
  const started = { ...kit, playgroundUrl: chat };
  const chromium = await openChromium('MAP *.test 127.0.0.1, MAP evil.test 127.0.0.1', home);
  return {
    chat,
    evil,
    previews,
    kit: started,
    newContext: () => chromium.browser.newContext({ viewport: { width: 1000, height: 700 } }),
    seenByEvil,
    seenByChat,
    forget() {
      seenByEvil.length = 0;
      seenByChat.length = 0;
    },
    evilPages,
    async close() {
      await Promise.all([chromium.close(), started.close()]);
      tls.closeAllConnections();
      await new Promise((done) => tls.close(done));
      await rm(home, { recursive: true, force: true });
    },
  };
}

const seen = ({ method = '', url = '', headers }: IncomingMessage): SeenRequest => ({
  method,
  path: url,
  cookie: headers.cookie ?? '',
});

function answerAsEvil(
  req: IncomingMessage,
  res: ServerResponse,
  log: SeenRequest[],
  pages: Map<string, string>,
): void {
  const page = pages.get(new URL(req.url ?? '/', 'https://evil.test').pathname);
  if (page === undefined) log.push(seen(req));
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Content-Type', page === undefined ? 'text/plain' : 'text/html; charset=utf-8');
  res.end(page ?? 'evil');
}

async function answerAsChat(
  req: IncomingMessage,
  res: ServerResponse,
  log: SeenRequest[],
  previews: string,
): Promise<void> {
  const { pathname } = new URL(req.url ?? '/', 'https://chat.example.test');
  if (pathname.startsWith('/api/')) {
    log.push(seen(req));
    res.setHeader('Content-Type', 'application/json');
    res.end('{"secret":"chats of the user"}');
    return;
  }
  for (const [name, value] of Object.entries(chatHeaders)) res.setHeader(name, value);
  if (pathname === '/playground.json') {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ bundlerURL: previews, staticBundlerURL: previews }));
    return;
  }
  const path = pathname === '/' ? '/index.html' : pathname;
  const body = await readFile(join(playgroundDir, path)).catch(() => undefined);
  res.statusCode = body ? 200 : 404;
  res.setHeader('Content-Type', mime.getType(extname(path)) ?? 'application/octet-stream');
  res.end(body);
}

/** What a proxy in front of the relay does: it says that browsers came by TLS, and passes on all but the header `without`. */
function passOn(req: IncomingMessage, res: ServerResponse, kit: Kit, without = ''): void {
  const { port } = new URL(kit.previewUrl);
  const onward = request(
    {
      host: '127.0.0.1',
      port,
      method: req.method,
      path: req.url,
      headers: { ...req.headers, 'x-forwarded-proto': 'https' },
    },
    (answer) => {
      const { [without]: _, ...headers } = answer.headers;
      res.writeHead(answer.statusCode ?? 502, headers);
      answer.pipe(res);
    },
  );
  onward.on('error', () => res.destroy());
  req.pipe(onward);
}

/**
 * Shows an artifact whose script is `attack`, an async function body.
 * @returns once the artifact is shown; {@link outcomeOf} waits for the attack
 */
export async function openArtifact(
  stage: Stage,
  context: BrowserContext,
  kind: ArtifactKind,
  attack: string,
): Promise<Opened> {
  const script = `window.outcome = (async () => { ${attack} })().catch((error) => 'failed: ' + error.name);`;
  const tab = await PlaygroundPage.open(context, stage.kit);
  await tab.run(
    kind === 'React'
      ? {
          type: 'application/vnd.react',
          code: `${script}\nexport default function App() { return <p id="shown">shown</p>; }`,
        }
      : {
          type: 'text/html',
          code: `<!doctype html><html><head><title>t</title></head><body><p id="shown">shown</p><script>${script}</script></body></html>`,
        },
  );
  const status = await tab.settled();
  const frame = await tab.artifactFrame();
  // An attack's own errors may be reported before the artifact counts as ready.
  const isShown = status === 'ready' || (await frame.locator('#shown').count()) === 1;
  if (!isShown) throw new Error(`The ${kind} artifact is ${status}: ${JSON.stringify(await tab.messages())}`);
  await frame.waitForFunction('window.outcome !== undefined');
  return { page: tab.page, tab, frame };
}

/** What the attack's promise came to; `pending` when it does not end within the time. */
export async function outcomeOf({ frame }: Opened, timeoutMs = 10_000): Promise<unknown> {
  return frame.evaluate(
    `Promise.race([window.outcome, new Promise((done) => setTimeout(done, ${timeoutMs}, 'pending'))])`,
  );
}
