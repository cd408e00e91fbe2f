// Published pages, their API and the MCP server behind the real nginx as setup configures it: what nginx may not do to them.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Front, startFront } from './rig/front.ts';
import { root, runProgram } from './rig/kit-commands.ts';
import { openStrictChromium } from './rig/strict-chromium.ts';
import { type Answer, ask } from './rig/tls-request.ts';

const apiHost = 'pages.example.test';
const base = 'preview.example.test';

/** An operator's own rules for the rest of this nginx, which would be fatal to private pages. */
const cachesEverything = `
proxy_cache_path cache keys_zone=everything:1m;
proxy_cache everything;
proxy_cache_valid any 1h;
proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
proxy_cache_use_stale error timeout http_500 http_502 http_503 http_504;
`;

let front: Front;
let chatToken: string;

beforeAll(async () => {
  front = await startFront({
    flags: ['--publish', 'yes'],
    publishes: () => ({}),
    inherited: cachesEverything,
  });
  chatToken = parse(await readFile(join(front.deployment, 'librechat.env'))).PREVIEW_KIT_TOKEN ?? '';
});
afterAll(() => front?.close());

const asAnn = (): Record<string, string> => ({ Authorization: `Bearer ${chatToken}`, 'X-User-Id': 'ann' });

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = asAnn()) {
  const answer = await ask({
    port: front.ports.https,
    ca: front.ca,
    host: apiHost,
    path,
    method,
    headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)) }),
  });
  return { ...answer, json: JSON.parse(String(answer.body)) };
}

const publish = (name: string, more: object = {}) =>
  call('POST', '/api/shares', {
    name,
    title: 'Tides',
    content: { type: 'html', content: '<h1>Tides</h1>' },
    ...more,
  });

const visit = (name: string, path = '/', headers: Record<string, string> = {}): Promise<Answer> =>
  front.get(`${name}-${base}`, path, { Accept: 'text/html', 'Sec-Fetch-Dest': 'document', ...headers });

const cookieOf = ({ headers }: Answer): string => headers['set-cookie']?.[0]?.split(';')[0] ?? '';

/** What nginx wrote down of requests and of errors. */
async function logs(): Promise<string> {
  const files = ['previews.log', 'error.log', 'nginx/access.log', 'nginx/error.log'];
  return (await Promise.all(files.map((file) => readFile(join(front.folder, file), 'utf8')))).join('\n');
}

describe('a private page', () => {
  it('opens by its link, is cached by nobody, and a revoked link is refused at once', async () => {
    const { json } = await publish('p-x1');
    expect(json.link).toBe(`https://p-x1-${base}:${front.ports.https}/?preview_token=${json.token}`);
    const entered = await visit('p-x1', `/?a=1&preview_token=${json.token}`);
    expect([entered.status, entered.headers.location, entered.headers['referrer-policy']]).toEqual([
      303,
      '/?a=1',
      'no-referrer',
    ]);
    const cookie = cookieOf(entered);
    expect(cookie).toMatch(/^__Host-/);
    const seen = await visit('p-x1', '/', { Cookie: cookie });
    expect([seen.status, seen.headers['cache-control']]).toEqual([200, 'private, no-cache']);
    expect((await visit('p-x1')).status).toBe(401);
    expect((await call('DELETE', '/api/shares/p-x1/tokens')).json).toEqual({ revoked: 1 });
    expect((await visit('p-x1', '/', { Cookie: cookie })).status).toBe(401);
    expect(await readdir(join(front.folder, 'nginx', 'cache'))).toEqual([]);
  });

  it('leaves no token in nginx’s logs, whatever goes wrong', async () => {
    const { json } = await publish('p-x2');
    const path = `/?preview_token=${json.token}`;
    await visit('p-x2', path, { Referer: `https://p-x2-${base}${path}` });
    await ask({ port: front.ports.http, host: `p-x2-${base}`, path });
    await front.stopRelay();
    const notice = await visit('p-x2', path);
    expect(notice.status).toBe(503);
    // For anybody: nothing about how it is run.
    expect(String(notice.body)).toContain('Not available for the moment');
    expect(String(notice.body)).not.toMatch(/docker|relay/i);
    const down = await ask({ port: front.ports.https, ca: front.ca, host: apiHost, path: '/api/shares' });
    expect([down.status, down.headers['content-type'], JSON.parse(String(down.body)).error.code]).toEqual([
      503,
      'application/json',
      'RELAY_DOWN',
    ]);
    await front.startRelay();
    const text = await logs();
    expect(text).toContain(`p-x2-${base} "GET / HTTP/1.1" 503`);
    expect(text).not.toContain('preview_token');
    expect(text).not.toContain(json.token);
  });
});

it('counts wrong passwords by the visitor’s own address, whatever that one claims', async () => {
  await publish('p-x3', { visibility: 'password', password: 'ebb and flow' });
  const guess = (localAddress: string, claimed: string) =>
    ask({
      port: front.ports.https,
      ca: front.ca,
      host: `p-x3-${base}`,
      path: '/__kit/password',
      method: 'POST',
      localAddress,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Forwarded-For': claimed },
      body: Buffer.from('password=x'),
    }).then(({ status }) => status);
  for (let attempt = 1; attempt <= 10; attempt += 1)
    expect(await guess('127.0.0.1', `192.0.2.${attempt}`)).toBe(401);
  expect(await guess('127.0.0.1', '192.0.2.99')).toBe(429);
  expect(await guess('127.0.0.2', '127.0.0.1')).toBe(401);
}, 60_000);

describe('the API host', () => {
  it('takes a page as large as pages may be, and no larger body', async () => {
    const content = (bytes: number) => ({
      content: {
        type: 'files',
        files: { 'index.html': 'x', 'a.bin': { base64: Buffer.alloc(bytes).toString('base64') } },
      },
      visibility: 'public',
    });
    expect((await publish('p-x4', content(24 * 2 ** 20))).status).toBe(201);
    const large = await visit('p-x4', '/a.bin');
    expect([large.status, large.body.length]).toEqual([200, 24 * 2 ** 20]);
    const refused = await ask({
      port: front.ports.https,
      ca: front.ca,
      host: apiHost,
      path: '/api/shares',
      method: 'POST',
      headers: { ...asAnn(), 'Content-Length': String(50 * 2 ** 20) },
    });
    expect(refused.status).toBe(413);
  });

  const rpc = (method: string, params: object = {}): Buffer =>
    Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  const accepts = { Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json' };
  const publishing = rpc('tools/call', {
    name: 'publish_page',
    arguments: { title: 'From the chat', content: '<h1>Hello</h1>', type: 'html', visibility: 'public' },
  });

  it('answers MCP clients outside by its name, and LibreChat beside the relay by the service’s', async () => {
    const outside = { port: front.ports.https, ca: front.ca, host: apiHost };
    const inside = { port: front.ports.relay, host: 'relay:1580' };
    for (const place of [outside, inside]) {
      const stranger = await ask({
        ...place,
        path: '/mcp',
        method: 'POST',
        headers: accepts,
        body: publishing,
      });
      expect([stranger.status, stranger.headers['content-type']]).toEqual([
        401,
        expect.stringContaining('application/json'),
      ]);
      const answer = await ask({
        ...place,
        path: '/mcp',
        method: 'POST',
        headers: { ...accepts, ...asAnn() },
        body: publishing,
      });
      expect(answer.status).toBe(200);
      const link = /https:\/\/[a-z0-9-]+-preview\.example\.test:\d+\//.exec(String(answer.body))?.[0] ?? '';
      const { hostname } = new URL(link);
      expect(String((await front.get(hostname)).body)).toContain('<h1>Hello</h1>');
    }
    expect((await ask({ port: front.ports.relay, host: 'another:1580', path: '/mcp' })).status).toBe(421);
  });
});

describe('a domain of the operator’s own', () => {
  const share = (...args: string[]) =>
    runProgram(process.execPath, [join(root, 'dist/relay/cli/share.js'), ...args], {
      cwd: front.deployment,
      env: front.relayEnv,
    });

  it('can be proved by HTTP before it has a server', async () => {
    const challenges = join(front.folder, 'acme/.well-known/acme-challenge');
    await mkdir(challenges, { recursive: true });
    await writeFile(join(challenges, 'abc'), 'abc.def');
    const proof = await ask({
      port: front.ports.http,
      host: 'demo.artifacts.test',
      path: '/.well-known/acme-challenge/abc',
    });
    expect([proof.status, String(proof.body)]).toEqual([200, 'abc.def']);
    expect((await ask({ port: front.ports.http, host: 'demo.artifacts.test' })).status).toBe(421);
  });

  it('shows the page, with nginx’s server and the registration from the command line', async () => {
    await publish('p-x5', { visibility: 'public' });
    expect(await share('domain', 'add', 'p-x5', 'demo.artifacts.test')).toMatchObject({
      code: 0,
      stderr: '',
    });
    const written = await share('domain', 'nginx', 'demo.artifacts.test');
    expect(written.stdout).toContain('sudo certbot/issue.sh demo.artifacts.test');
    await front.certify('demo.artifacts.test');
    const server = await readFile(join(front.deployment, 'deploy/nginx/demo.artifacts.test.conf'), 'utf8');
    await front.nginx.reload(`${front.conf}\n${server}`);
    // Another process registered it: this relay reads the names anew within two seconds.
    const seen = async () =>
      String((await front.get('demo.artifacts.test', '/?preview_token=pkh_secret')).body);
    await expect.poll(seen, { timeout: 5_000 }).toContain('<h1>Tides</h1>');
    expect((await visit('p-x5')).headers.link).toBe(`<https://demo.artifacts.test/>; rel="canonical"`);
    expect((await share('domain', 'list')).stdout).toContain('demo.artifacts.test');
    const plain = await ask({ port: front.ports.http, host: 'demo.artifacts.test', path: '/a?b=1' });
    expect(plain.headers.location).toBe('https://demo.artifacts.test/a?b=1');
    expect(await logs()).not.toContain('pkh_secret');
    expect(await share('domain', 'add', 'p-x5', 'librechat.example.test')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('LibreChat’s own origin'),
    });
  });

  it('opens in a browser by the link of a private page, and stays open by a cookie of its own', async () => {
    await call('PATCH', '/api/shares/p-x5', { visibility: 'private' });
    const { json } = await call('POST', '/api/shares/p-x5/tokens', {});
    const chromium = await openStrictChromium({
      home: join(front.folder, 'home'),
      httpPort: front.ports.http,
      httpsPort: front.ports.https,
    });
    try {
      const context = await chromium.newContext();
      const page = await context.newPage();
      await page.goto(`https://demo.artifacts.test/?preview_token=${json.token}`);
      expect([page.url(), await page.frameLocator('iframe').locator('h1').textContent()]).toEqual([
        'https://demo.artifacts.test/',
        'Tides',
      ]);
      expect((await page.reload())?.status()).toBe(200);
      const [cookie] = await context.cookies();
      expect(cookie).toMatchObject({ domain: 'demo.artifacts.test', httpOnly: true, secure: true });
      const wildcard = await page.goto(`https://p-x5-${base}/`);
      expect(wildcard?.status()).toBe(401);
      await call('DELETE', '/api/shares/p-x5/tokens');
      expect((await page.goto('https://demo.artifacts.test/'))?.status()).toBe(401);
    } finally {
      await chromium.close();
    }
  });

  it('is gone as soon as it is taken away', async () => {
    await share('domain', 'remove', 'p-x5', 'demo.artifacts.test');
    expect([404, 421]).toContain((await front.get('demo.artifacts.test')).status);
  });
});
