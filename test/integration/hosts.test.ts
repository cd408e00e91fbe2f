// Which surface a host leads to: ids of every shape, probes by address, and 421 for all that is not ours.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay();
});
afterAll(() => relay?.close());

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('preview ids', () => {
  it.each([
    ['made by the shell', 'r0123456789abcdefghij', '__previewKitConfig'],
    ['eight characters', 'abcdefgh', '__previewKitConfig'],
    ['forty characters', 'z'.repeat(40), '__previewKitConfig'],
    ['nine hexadecimal digits', '123456789', '__previewKitConfig'],
    ['made by the static client 1.0.5', '0123456789', 'PREVIEW_NOT_CONTROLLED'],
    ['made by the static client 1.0.3', '0123456789abcdef0123', 'PREVIEW_NOT_CONTROLLED'],
    ['in capitals', 'R0123456789ABCDEFGHIJ', '__previewKitConfig'],
  ])('%s', async (_, id, content) => {
    const { status, text } = await relay.ask('/', { host: `${id}-${relay.base}`, headers: html });
    expect({ status, found: text.includes(content) }).toEqual({ status: 200, found: true });
  });
});

describe('hosts that are not ours', () => {
  it.each([
    ['seven characters of id', () => `abcdefg-${relay.base}`],
    ['forty-one characters of id', () => `${'z'.repeat(41)}-${relay.base}`],
    ['a dash in the id', () => `abcd-efgh-${relay.base}`],
    ['an underscore in the id', () => `abcd_efgh-${relay.base}`],
    ['no id', () => `-${relay.base}`],
    ['an id as a label of its own', () => `abcdefgh.${relay.base}`],
    ['the parent domain with a final dot', () => `localhost.:${relay.port}`],
    ['another name', () => 'chat.example.com'],
    ['our name at the end of another', () => `evilpreview.localhost:${relay.port}`],
    ['our name at the start of another', () => `preview.localhost.evil.com`],
    ['a port that is no number', () => 'preview.localhost:http'],
    ['a port that is too long', () => 'preview.localhost:123456'],
    ['user information', () => `user@${relay.base}`],
    ['a path', () => `preview.localhost/x`],
    ['spaces', () => 'preview .localhost'],
    ['markup', () => '<script>alert(1)</script>'],
    ['an address at a page', () => `127.0.0.1:${relay.port}`],
    ['an IPv6 address at a page', () => `[::1]:${relay.port}`],
    ['plain localhost at a page', () => `localhost:${relay.port}`],
  ])('%s', async (_, host) => {
    const { status, headers, text } = await relay.ask('/', { host: host() });
    expect({ status, type: headers['content-type'], cache: headers['cache-control'] }).toEqual({
      status: 421,
      type: 'application/json; charset=utf-8',
      cache: 'no-store',
    });
    expect(JSON.parse(text).error).toEqual({
      code: 'HOST_UNKNOWN',
      message: `The relay was asked for “${host()}”, but it serves preview.localhost and <id>-preview.localhost only.`,
      remedy:
        'Check PREVIEW_HOSTNAME, and that the proxy passes on the Host header unchanged (nginx: proxy_set_header Host $http_host). A domain of your own has to be registered (npm run share -- domain add).',
      requestId: headers['x-request-id'],
    });
  });

  it('say so on a page that shows the value escaped', async () => {
    const { status, headers, text } = await relay.ask('/', {
      host: '<script>alert(1)</script>',
      headers: html,
    });
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 421,
      type: 'text/html; charset=utf-8',
    });
    expect(text).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('it serves preview.localhost and &#60;id&#62;-preview.localhost only');
    expect(text).toContain('PREVIEW_HOSTNAME');
  });

  it('are refused whatever the path, probes excepted', async () => {
    for (const path of ['/static/x', '/-/set', '/__csb_relay/', '/healthz'])
      expect((await relay.ask(path, { host: 'chat.example.com' })).status).toBe(421);
  });
});

describe('probes', () => {
  it.each(['127.0.0.1', '10.0.0.7:8080', '[::1]:1580', 'localhost', 'localhost:1580', 'preview.localhost'])(
    'are answered at %s',
    async (host) => {
      for (const path of ['/healthz', '/healthz?verbose']) {
        const { status, headers, text } = await relay.ask(path, { host });
        expect({ status, headers, text }).toEqual({
          status: 200,
          headers: {
            'cache-control': 'no-store',
            'content-type': 'application/json; charset=utf-8',
            'content-length': '15',
          },
          text: '{"status":"ok"}',
        });
      }
      expect(await relay.ask('/readyz', { host })).toMatchObject({
        status: 200,
        text: '{"status":"ok","parts":{"relay":"ok"}}',
      });
    },
  );

  it('exist on no preview host', async () => {
    const host = `r0123456789abcdefghij-${relay.base}`;
    expect((await relay.ask('/healthz', { host })).status).toBe(404);
  });

  it('are read only', async () => {
    expect(await relay.ask('/healthz', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect((await relay.ask('/healthz', { method: 'POST' })).status).toBe(405);
  });
});
