// The operator's rules for addresses, and the record of what artifacts asked for: the real relay with a real rules file.
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './http-client.ts';
import { packages, sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const rules = `
- match: https://cdn.example.com/greeting/*/*
  package: greeting@$1
  file: $2
- match: https://unpkg.com/greeting@1.2.0/style.css
  package: shout@^2.0.0
  file: index.js
- match: https://cdn.example.com/kept/*
  folder: ./kept
- match: https://cdn.example.com/logo
  folder: ./kept
  file: logo.svg
- match: https://cdn.example.com/tracker/*
  blocked: it counts <b>visitors</b>.
- match: https://cdn.example.com/*
  package: "@scope/part@1.0.0"
  file: index.js
`;

let folder: string;
let relay: TestRelay;
let controlPort: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-kit-rules-'));
  await mkdir(join(folder, 'kept', 'deep'), { recursive: true });
  await writeFile(join(folder, 'kept', 'deep', 'lib.js'), 'window.kept = true;');
  await writeFile(join(folder, 'kept', 'logo.svg'), '<svg/>');
  await writeFile(join(folder, 'kept', '.env'), 'SECRET=1');
  await writeFile(join(folder, 'outside.js'), 'secret');
  await symlink(join(folder, 'outside.js'), join(folder, 'kept', 'link.js'));
  await symlink(folder, join(folder, 'kept', 'up'));
  await symlink(join(folder, 'kept', 'deep'), join(folder, 'kept', 'within'));
  await writeFile(join(folder, 'rules.yaml'), rules);
  controlPort = await freePort();
  relay = await startTestRelay({
    packages,
    config: { mirrorRules: join(folder, 'rules.yaml'), controlPort },
  });
});
afterAll(async () => {
  await relay?.close();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe('a rule for Tailwind’s Play CDN', () => {
  it.each([
    ['blocks it', 'blocked: no styles from elsewhere'],
    ['puts another file in its place', 'package: greeting@1.2.0\n  file: index.js'],
  ])('that %s leaves no styles to be made ahead of it', async (_, target) => {
    const file = join(folder, 'tailwind.yaml');
    await writeFile(file, `- match: https://cdn.tailwindcss.com/*\n  ${target}\n`);
    const ruled = await startTestRelay({ packages, config: { mirrorRules: file } });
    try {
      expect(await stylesOf(ruled)).toBeUndefined();
      expect(await stylesOf(relay)).toMatch(/^\/-\/styles\//);
    } finally {
      await ruled.close();
    }
  });

  async function stylesOf({ ask: askRelay }: TestRelay): Promise<string | undefined> {
    const files = {
      '/package.json': '{"main":"/index.js"}',
      '/index.js': 'document.body.className = "p-4";',
    };
    const { status, text } = await askRelay('/-/native', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ files, imports: [], tailwind: true }),
    });
    expect(status).toBe(200);
    return JSON.parse(text).styles;
  }
});

describe('a rule', () => {
  it('answers with a file of a package, at the version that the address names', async () => {
    const { status, headers, text } = await relay.ask('/-/cdn/cdn.example.com/greeting/1.2.0/style.css');
    expect({ status, text }).toEqual({ status: 200, text: 'b { color: red }' });
    expect(headers).toEqual({
      ...sharedHeaders,
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
      'content-length': '16',
      vary: 'Accept-Encoding',
    });
  });

  it('comes before the kit’s own answer', async () => {
    const { text } = await relay.ask('/-/cdn/unpkg.com/greeting@1.2.0/style.css');
    expect(text).toBe('module.exports = (t) => t + "!";');
    expect((await relay.ask('/-/cdn/unpkg.com/greeting@1.2.0/README.md')).text).toBe('# greeting');
  });

  it('gives way to the rules before it', async () => {
    expect((await relay.ask('/-/cdn/cdn.example.com/anything')).text).toBe('module.exports = 1;');
  });

  it('takes no version that is another package, a folder or an address', async () => {
    for (const version of ['npm:shout@2', 'npm%3Ashout%402', 'file:..', 'git+ssh:x'])
      expect((await relay.ask(`/-/cdn/cdn.example.com/greeting/${version}/index.js`)).status, version).toBe(
        400,
      );
  });

  it('answers with files of a folder', async () => {
    const script = await relay.ask('/-/cdn/cdn.example.com/kept/deep/lib.js');
    expect(script).toMatchObject({ status: 200, text: 'window.kept = true;' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await relay.ask('/-/cdn/cdn.example.com/kept/within/lib.js')).status).toBe(200);
    expect((await relay.ask('/-/cdn/cdn.example.com/logo')).headers['content-type']).toBe(
      'image/svg+xml; charset=utf-8',
    );
  });

  it.each([
    '../outside.js',
    '..%2foutside.js',
    '%2e%2e/outside.js',
    'deep/../../outside.js',
    '..%5coutside.js',
    'link.js',
    'up/outside.js',
    '.env',
    'deep',
    'deep/lib.js/x',
    '%00',
    'absent.js',
    '',
  ])('never leaves its folder: %s', async (path) => {
    const { status, text } = await relay.ask(`/-/cdn/cdn.example.com/kept/${path}`);
    // What HTTP itself resolves (`..`) ends at another rule or nowhere; nothing ends outside of the folder.
    expect(status, text).not.toBe(500);
    expect(text).not.toMatch(/secret/i);
    if (!path.startsWith('../') && !path.includes('/../'))
      expect(JSON.parse(text).error.code).toBe('RULE_FILE_NOT_FOUND');
  });

  it('blocks an address and says why', async () => {
    const { status, headers, text } = await relay.ask('/-/cdn/cdn.example.com/tracker/t.js?id=1');
    expect(status).toBe(403);
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(text).error).toEqual({
      code: 'ADDRESS_BLOCKED',
      message:
        'https://cdn.example.com/tracker/t.js is blocked by rule 5 of MIRROR_RULES: it counts <b>visitors</b>.',
      remedy: 'Use another address, or ask whoever runs the relay to change MIRROR_RULES.',
    });
  });
});

describe('the record of addresses', () => {
  const control = (path: string, host?: string) =>
    ask(controlPort, path, { host: host ?? `localhost:${controlPort}` });

  it('shows what had no answer first, with a rule to start from', async () => {
    await relay.ask('/-/cdn/cdn.nowhere.example/libs/%3Cscript%3E.js?token=hush');
    await relay.ask('/-/cdn/cdn.jsdelivr.net/npm/greeting@1.2.0/absent.js');
    const { status, headers, text } = await control('/addresses');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(text.indexOf('Without an answer')).toBeLessThan(text.indexOf('<h2>Answered'));
    expect(text).toContain('- match: https://cdn.nowhere.example/libs/%3Cscript%3E.js\n');
    expect(text).toContain('greeting@1.2.0 has no file /absent.js.');
    expect(text).not.toMatch(/hush|<script|<b>/i);
  });

  it('says what answered, as JSON', async () => {
    await relay.ask('/-/cdn/unpkg.com/greeting');
    const { addresses } = JSON.parse((await control('/addresses.json')).text);
    const byAddress = new Map(addresses.map((asked: { address: string }) => [asked.address, asked]));
    expect(byAddress.get('https://cdn.example.com/greeting/1.2.0/style.css')).toEqual({
      address: 'https://cdn.example.com/greeting/1.2.0/style.css',
      count: 1,
      lastAskedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      status: 200,
      answeredBy: 'rule 1 of MIRROR_RULES: greeting@1.2.0/style.css',
    });
    expect(byAddress.get('https://cdn.example.com/tracker/t.js?id=1')).toMatchObject({
      status: 403,
      answeredBy: 'rule 5 of MIRROR_RULES: blocked',
      failure: { code: 'ADDRESS_BLOCKED' },
    });
    expect(byAddress.get('https://unpkg.com/greeting')).toMatchObject({ status: 302 });
    expect(byAddress.get('https://cdn.nowhere.example/libs/%3Cscript%3E.js?token=***')).toMatchObject({
      status: 404,
      failure: { code: 'PAGE_NOT_FOUND' },
    });
  });

  it('is in the log, one line for each address without an answer', async () => {
    for (let times = 0; times < 2; times += 1) await relay.ask('/-/cdn/cdn.nowhere.example/other.js');
    const lines = relay.log.filter(({ address }) => address === 'https://cdn.nowhere.example/other.js');
    expect(lines).toMatchObject([{ level: 40, status: 404, msg: 'an address has no answer' }]);
  });

  it('is for this machine only', async () => {
    expect((await control('/addresses', 'evil.example')).status).toBe(421);
    expect((await relay.ask('/addresses')).status).toBe(404);
  });
});

describe('a relay with rules that cannot be used', () => {
  const remedy = 'Correct the file (docs/cdn-mirror.md has examples), or unset MIRROR_RULES.';

  it.each([
    ['{', 'line 1 is not YAML'],
    ['match: x', 'it must be a list of rules, each beginning with “- match:”'],
    ['- package: a', 'rule 1, match: is missing, or not text'],
    ['- match: https://a.example/*\n  package: a\n- just text', 'rule 2, match: is missing'],
    [
      '- match: https://a.example/*\n  packages: a',
      'rule 1, packages: is not a field of rules; these are match, package, folder, blocked, file',
    ],
    ['- match: https://a.example/*\n  blocked: true', 'rule 1, blocked: must be the reason, as text'],
    [
      '- match: a.example/*\n  blocked: x',
      'rule 1, match: must be an address such as https://cdn.example.com/libs/*',
    ],
    [
      '- match: https://a.example/*',
      'rule 1, match: must be followed by exactly one of package, folder and blocked',
    ],
    [
      '- match: https://a.example/*\n  package: a\n  blocked: x',
      'rule 1, blocked: must be followed by exactly one of package, folder and blocked',
    ],
    [
      '- match: https://a.example/x\n  package: a',
      'rule 1, file: is missing: without a * in match, name the file, as in “file: dist/lib.js”',
    ],
    ['- match: https://a.example/*\n  package: a\n  file: $2', 'rule 1, file: names $2, but match has 1 *'],
    [
      '- match: https://a.example/*\n  package: $1',
      'rule 1, package: must be name@version, as in “my-lib@1.2.3” or “my-lib@$1”',
    ],
    [
      '- match: https://a.example/*\n  package: a@file:..',
      'rule 1, package: "file:.." is not a version that can be installed for a',
    ],
    ['- match: https://a.example/*\n  folder: ./none', 'rule 1, folder: there is no folder '],
    ['- match: https://a.example/*\n  package: @scope/x', 'line 2 is not YAML'],
  ])('does not start: %s', async (text, why) => {
    const file = join(folder, 'faulty.yaml');
    await writeFile(file, text);
    const error = await startTestRelay({ config: { mirrorRules: file } }).catch((reason) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toContain(`MIRROR_RULES=${file}: ${why}`);
    expect(error.message).toContain(remedy);
    expect(error.message).not.toContain('\n');
  });

  it('does not start without the file', async () => {
    const file = join(folder, 'absent.yaml');
    await expect(startTestRelay({ config: { mirrorRules: file } })).rejects.toThrow(
      `MIRROR_RULES=${file}: there is no such file. ${remedy}`,
    );
  });

  it('takes JSON, and an empty file as no rules', async () => {
    for (const text of ['', '[{"match": "https://a.example/*", "blocked": "why"}]']) {
      await writeFile(join(folder, 'fine.json'), text);
      await (await startTestRelay({ config: { mirrorRules: join(folder, 'fine.json') } })).close();
    }
  });
});
