// Forward auth both ways, with real parts: the relay asks an operator's sign-in about visitors of its pages, in a browser; and nginx
// and Caddy ask the relay about visitors of what they serve themselves.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePackages } from '../rig/debian-packages.ts';
import { type Front, startFront } from './rig/front.ts';
import { freePort } from './rig/nginx.ts';
import { type Sso, startSso } from './rig/sso.ts';
import { openStrictChromium } from './rig/strict-chromium.ts';
import { ask } from './rig/tls-request.ts';

const base = 'preview.example.test';
const origins = { provider: 'https://idp.example.test', party: 'https://auth.example.test' };

let front: Front;
let sso: Sso;
let app: Server;
let ports: { provider: number; party: number };

beforeAll(async () => {
  await ensurePackages(['caddy']);
  ports = { provider: await freePort(), party: await freePort() };
  app = createServer((_req, res) => void res.end('the application itself'));
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done));
  front = await startFront({
    flags: ['--publish', 'yes'],
    publishes: () => ({
      PREVIEW_URL: `https://${base}`,
      SIGN_IN_AUTH_URL: `http://127.0.0.1:${ports.party}/oauth2/auth`,
      SIGN_IN_URL: `${origins.party}/oauth2/start`,
    }),
  });
  sso = await startSso({
    ports,
    origins,
    cookieDomain: 'example.test',
    tls: { port: front.ports.https, ca: front.ca },
  });
  await front.nginx.reload(front.conf + servers());
});
afterAll(async () => {
  sso?.close();
  app?.close();
  await front?.close();
});

const appPort = (): number => (app.address() as AddressInfo).port;

/** nginx's servers for the sign-in, and for an application that asks the relay who may see it: as docs/deployment/sign-in.md has it. */
function servers(): string {
  const tls = `listen 127.0.0.1:${front.ports.https} ssl; ssl_certificate ${front.folder}/live/example.test/fullchain.pem; ssl_certificate_key ${front.folder}/live/example.test/privkey.pem;`;
  const plain = (name: string, port: number) => `
server {
  ${tls} server_name ${name}.example.test;
  location / {
    proxy_pass http://127.0.0.1:${port};
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Forwarded-For $remote_addr;
  }
}`;
  return `${plain('idp', ports.provider)}${plain('auth', ports.party)}
server {
  ${tls} server_name app.example.test;
  location / {
    auth_request /_preview_kit;
    auth_request_set $preview_kit_cookie $upstream_http_set_cookie;
    auth_request_set $preview_kit_reason $upstream_http_x_preview_kit_reason;
    add_header Set-Cookie $preview_kit_cookie;
    add_header X-Reason $preview_kit_reason always;
    proxy_pass http://127.0.0.1:${appPort()};
  }
  location = /_preview_kit {
    internal;
    proxy_pass http://127.0.0.1:${front.ports.relay}/auth/nginx;
    proxy_pass_request_body off;
    proxy_set_header Content-Length '';
    proxy_set_header Host pages.example.test;
    proxy_set_header X-Forwarded-Host p-x1-${base};
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Forwarded-Uri $request_uri;
    proxy_set_header X-Forwarded-For $remote_addr;
  }
}`;
}

async function call(method: string, path: string, body?: object) {
  const token = parse(await readFile(join(front.deployment, 'librechat.env'))).PREVIEW_KIT_TOKEN;
  const { status, body: text } = await ask({
    port: front.ports.https,
    ca: front.ca,
    host: 'pages.example.test',
    path,
    method,
    headers: { Authorization: `Bearer ${token}`, 'X-User-Id': 'ann', 'Content-Type': 'application/json' },
    ...(body && { body: Buffer.from(JSON.stringify(body)) }),
  });
  return { status, json: JSON.parse(String(text)) };
}

const publish = (name: string, visibility: string) =>
  call('POST', '/api/shares', {
    name,
    title: 'Tides',
    visibility,
    content: { type: 'html', content: '<title>Tides</title><h1>Tides</h1>' },
  });

describe('a page for people who are signed in', () => {
  let chromium: Browser;
  beforeAll(async () => {
    await publish('p-x0', 'signed-in');
    chromium = await openStrictChromium({
      home: join(front.folder, 'home'),
      httpPort: front.ports.http,
      httpsPort: front.ports.https,
    });
  });
  afterAll(() => chromium?.close());

  it('leads to the sign-in and back, stays open when it is loaded again, and is closed after signing out', async () => {
    const address = `https://p-x0-${base}/`;
    const page = await (await chromium.newContext()).newPage();
    await page.goto(address);
    expect(new URL(page.url()).origin).toBe(origins.provider);
    await page.fill('input[name=login]', 'ann');
    await page.fill('input[name=password]', 'any');
    await page.click('button[type=submit]');
    // The provider asks whether the application may know who it is.
    await page.click('button[type=submit]');
    await page.waitForURL(address);
    expect(await page.frameLocator('iframe').locator('h1').textContent()).toBe('Tides');
    await page.reload();
    expect(await page.frameLocator('iframe').locator('h1').textContent()).toBe('Tides');

    /** The page's own next request, with the browser's cookies. */
    const next = () =>
      page.evaluate(async () => (await fetch('/', { headers: { Accept: 'application/json' } })).status);
    expect(await next()).toBe(200);
    const other = await page.context().newPage();
    await other.goto(`${origins.party}/oauth2/sign_out`);
    expect(await next()).toBe(401);
    const asked = page.waitForResponse(address);
    await page.reload();
    expect((await asked).status()).toBe(303);
  }, 60_000);
});

describe('an application behind a proxy that asks the relay', () => {
  let token: string;
  beforeAll(async () => {
    token = (await publish('p-x1', 'private')).json.token;
  });

  it('is shown by nginx to whoever has the link, by header or cookie, and to nobody else', async () => {
    const stranger = await front.get('app.example.test');
    expect([stranger.status, stranger.headers['x-reason']]).toEqual([401, 'token none']);
    const visit = await front.get('app.example.test', `/?preview_token=${token}`);
    expect([visit.status, String(visit.body)]).toEqual([200, 'the application itself']);
    const cookie = visit.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^__Host-/);
    for (const headers of [{ Cookie: cookie }, { 'csb-preview-token': token }] as Record<string, string>[])
      expect((await front.get('app.example.test', '/a', headers)).status).toBe(200);
    expect((await front.get('app.example.test', '/', { 'csb-preview-token': 'pkh_x' })).status).toBe(401);
  });

  it('is shown by Caddy in the same way', async () => {
    const port = await freePort();
    const caddy = await startCaddy(port);
    try {
      const visit = (headers: Record<string, string> = {}, path = '/') =>
        ask({ port, host: 'app.example.test', path, headers });
      expect((await visit()).status).toBe(401);
      expect(String((await visit({}, `/?preview_token=${token}`)).body)).toBe('the application itself');
      expect(String((await visit({ Authorization: `Bearer ${token}` })).body)).toBe('the application itself');
    } finally {
      caddy.kill('SIGTERM');
    }
  });

  it('is closed at once when the page behind it is withdrawn, in a word that nginx understands', async () => {
    await call('POST', '/api/shares/p-x1/unpublish');
    const closed = await front.get('app.example.test', '/', { 'csb-preview-token': token });
    expect([closed.status, closed.headers['x-reason']]).toEqual([403, 'unpublished']);
    await call('DELETE', '/api/shares/p-x1');
    expect((await front.get('app.example.test')).status).toBe(403);
  });
});

/** Caddy with the site that docs/deployment/sign-in.md shows; resolves when it answers. */
async function startCaddy(port: number): Promise<ChildProcess> {
  const file = join(front.folder, 'Caddyfile');
  await writeFile(
    file,
    `{
  admin off
  auto_https off
}
http://app.example.test:${port} {
  bind 127.0.0.1
  forward_auth 127.0.0.1:${front.ports.relay} {
    uri /auth
    header_up Host pages.example.test
    header_up X-Forwarded-Host p-x1-${base}
    header_up X-Forwarded-Proto https
  }
  reverse_proxy 127.0.0.1:${appPort()}
}
`,
  );
  const child = spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], {
    env: { ...process.env, HOME: front.folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  return new Promise((done, fail) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('serving initial configuration')) done(child);
    });
    child.once('exit', () => fail(new Error(`Caddy did not start: ${said}`)));
  });
}
