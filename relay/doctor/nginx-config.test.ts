import { describe, expect, it } from 'vitest';
import {
  bytes,
  type NginxBlock,
  parseNginx,
  placeFor,
  seconds,
  serverFor,
  valueAt,
  valuesAt,
} from './nginx-config.ts';

const parse = (text: string, files: Record<string, string> = {}): Promise<NginxBlock> =>
  parseNginx(text, async (pattern) => [files[pattern] ?? '']);

const text = `
worker_processes 1;
http {
  proxy_read_timeout 75s;
  include common.conf;
  server { listen 80 default_server; listen [::]:80; server_name _; return 301 https://$host$request_uri; }
  server {
    listen 203.0.113.5:443 ssl http2; # one
    server_name preview.example.com "~^[a-z0-9]{8,40}-preview\\.example\\.com$";
    location / { proxy_pass http://127.0.0.1:1580; proxy_set_header Host $http_host; }
  }
  server {
    listen 443 ssl;
    server_name *.example.com;
    proxy_set_header X-One 1;
    location / { proxy_pass http://a; proxy_buffering off; }
    location /api/ { proxy_pass http://b; }
    location = /api/exact { proxy_pass http://c; proxy_set_header X-Two "a b"; }
    location ^~ /static/ { proxy_pass http://d; }
    location ~ "^/st{1,2}atic/|\\.js$" { proxy_pass http://e; }
  }
}
`;

const target = (root: NginxBlock, host: string, path: string): string | undefined => {
  const found = serverFor(root, host, '443');
  return found && valueAt(placeFor(found.server, found.http, path), 'proxy_pass')?.[0];
};

describe('servers', () => {
  it.each([
    ['preview.example.com', 'name', 'http://127.0.0.1:1580'],
    ['librechat.example.com', 'name', 'http://a'],
    ['a.b.example.com', 'name', 'http://a'],
    ['example.org', 'default', 'http://127.0.0.1:1580'],
  ])('%s is taken by %s', async (host, by, to) => {
    const root = await parse(text);
    expect(serverFor(root, host, '443')?.by).toBe(by);
    expect(target(root, host, '/')).toBe(to);
  });

  it('finds an id by its quoted regular expression, unless a wildcard comes first, as in nginx', async () => {
    expect(target(await parse(text), '0123456789-preview.example.com', '/')).toBe('http://a');
    const without = await parse(
      text.replace('server_name *.example.com', 'server_name librechat.example.com'),
    );
    expect(target(without, '0123456789-preview.example.com', '/')).toBe('http://127.0.0.1:1580');
    expect(serverFor(without, 'short-preview.example.com', '443')?.by).toBe('default');
  });

  it('looks at servers of the port only', async () => {
    const root = await parse(text);
    expect(serverFor(root, 'anything', '80')?.server.names).toEqual(['_']);
    expect(serverFor(root, 'preview.example.com', '8443')).toBeUndefined();
  });

  it('reads servers without http around them, as in a file of conf.d', async () => {
    const root = await parse(
      'server { listen 443 ssl; server_name a.test; location / { proxy_pass http://x; } }',
    );
    expect(target(root, 'a.test', '/')).toBe('http://x');
  });
});

describe('locations', () => {
  it.each([
    ['/', 'http://a'],
    ['/api/agents', 'http://b'],
    ['/api/exact', 'http://c'],
    ['/static/main.js', 'http://d'],
    ['/main.js', 'http://e'],
  ])('%s goes to %s', async (path, to) => {
    expect(target(await parse(text), 'librechat.example.com', path)).toBe(to);
  });

  it('inherits directives from the blocks around', async () => {
    const root = await parse(text, { 'common.conf': 'client_max_body_size 25m;' });
    const found = serverFor(root, 'librechat.example.com', '443');
    if (!found) throw new Error('no server');
    const place = placeFor(found.server, found.http, '/');
    expect(valueAt(place, 'proxy_read_timeout')).toEqual(['75s']);
    expect(valueAt(place, 'client_max_body_size')).toEqual(['25m']);
    expect(valuesAt(place, 'proxy_set_header')).toEqual([['X-One', '1']]);
    expect(valuesAt(placeFor(found.server, found.http, '/api/exact'), 'proxy_set_header')).toEqual([
      ['X-Two', 'a b'],
    ]);
  });
});

it('refuses what is not nginx’s language', async () => {
  await expect(parse('server_name "a.test;')).rejects.toThrow();
});

it('reads times and sizes', () => {
  expect([seconds('60'), seconds('75s'), seconds('1h 30m'), seconds('500ms')]).toEqual([60, 75, 5400, 0.5]);
  expect([bytes('1m'), bytes('8k'), bytes('1g'), bytes('100')]).toEqual([
    1_048_576, 8_192, 1_073_741_824, 100,
  ]);
});
