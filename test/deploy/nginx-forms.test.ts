// Every form of nginx's configuration that setup can render is accepted by `nginx -t`: the machine's nginx, and newer ones from
// later Debian suites, unpacked beside it with their own libraries.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../relay/deploy/answers.ts';
import { certificatesOf } from '../../relay/deploy/host-names.ts';
import { readAnswers } from '../../relay/deploy/read-answers.ts';
import { renderNginx } from '../../relay/deploy/render-nginx.ts';
import { ensurePackages, unpackFrom } from '../rig/debian-packages.ts';
import { createTestCa, type TestCa } from '../rig/test-ca.ts';
import { root, runProgram } from './rig/kit-commands.ts';
import { startNginx, testNginxConf } from './rig/nginx.ts';
import { ask } from './rig/tls-request.ts';

const libraries = ['libc6', 'libpcre2-8-0', 'libssl3t64', 'zlib1g', 'libcrypt1', 'libzstd1'];
const installed = ['nginx'];
const brotliModule = 'load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;';

const variants: Record<string, Record<string, string>> = {
  plain: {},
  'previews on a domain of their own': { 'previews-host': 'preview.example.net' },
  'previews one level down': { 'previews-host': 'preview.artifacts.example.test' },
  'LibreChat at the top of its domain': { 'librechat-host': 'example.test' },
  'LibreChat two levels down': { 'librechat-host': 'chat.intern.example.test' },
  'long names': {
    'librechat-host': `${'l'.repeat(60)}.example.test`,
    'previews-host': `${'p'.repeat(40)}.${'q'.repeat(60)}.example.test`,
  },
  Monaco: { monaco: 'yes' },
  'files from disk': { 'files-folder': '/srv/preview-kit' },
  'no default server, no HSTS': { 'default-server': 'no', 'hsts-seconds': '0' },
  'limited networks, behind a load balancer': {
    networks: '10.0.0.0/8 2001:db8::/32',
    'trusted-proxies': '192.0.2.0/24',
  },
  'everything at once': {
    'previews-host': 'preview.example.net',
    monaco: 'yes',
    'files-folder': '/srv/preview-kit',
    networks: '10.0.0.0/8',
    'trusted-proxies': '192.0.2.1',
    'max-upload': '2g',
    publish: 'yes',
    'api-host': `${'a'.repeat(50)}.example.net`,
    'access-log': 'none',
  },
  'in containers': { edge: 'containers' },
  'in containers, with everything': {
    edge: 'containers',
    publish: 'yes',
    monaco: 'yes',
    'files-folder': '/srv/preview-kit',
    'previews-host': 'preview.example.net',
  },
};

let folder: string;
let ca: TestCa;
let count = 0;

beforeAll(async () => {
  await ensurePackages(['nginx', 'libnginx-mod-http-brotli-static', 'openssl']);
  folder = await mkdtemp(join(tmpdir(), 'nginx-forms-'));
  ca = await createTestCa(join(folder, 'ca'));
});
afterAll(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Answers with certificates that exist and, unless it says otherwise, ports that anyone may open. */
async function answersFor(flags: Record<string, string>): Promise<Answers> {
  const live = join(folder, `live-${++count}`);
  const { answers, faults } = readAnswers({
    domain: 'example.test',
    dns: 'manual',
    certificates: live,
    'listen-http': '127.0.0.1:28080',
    'listen-https': '127.0.0.1:28443',
    ...flags,
  });
  expect(faults).toEqual([]);
  const complete = answers as Answers;
  for (const { name, names } of certificatesOf(complete)) {
    const { certFile, keyFile } = await ca.issue({ names });
    await mkdir(join(live, name), { recursive: true });
    await cp(certFile, join(live, name, 'fullchain.pem'));
    await cp(keyFile, join(live, name, 'privkey.pem'));
  }
  return complete;
}

async function check(program: string[], answers: Answers, main = '') {
  const conf = renderNginx(answers);
  return testNginxConf({ conf, folder: join(folder, `nginx-${count}`), program, main });
}

/** A newer nginx of another suite as program and arguments. */
async function newerNginx(suite: string): Promise<{ program: string[]; version: string }> {
  const place = join(root, 'node_modules/.cache', `nginx-${suite}`);
  await unpackFrom(suite, ['nginx', ...libraries], place);
  const lib = join(place, 'usr/lib', process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu');
  const loader = process.arch === 'arm64' ? 'ld-linux-aarch64.so.1' : 'ld-linux-x86-64.so.2';
  const program = [join(lib, loader), '--library-path', lib, join(place, 'usr/sbin/nginx')];
  const [command = '', ...args] = program;
  const { stderr } = await runProgram(command, [...args, '-v']);
  return { program, version: /nginx\/([\d.]+)/.exec(stderr)?.[1] ?? stderr };
}

describe('the nginx of this machine', () => {
  it.each(Object.entries(variants))('accepts the configuration: %s', async (_name, flags) => {
    const { output, ok } = await check(installed, await answersFor({ ...flags, 'nginx-version': '' }));
    expect([ok, output]).toEqual([true, expect.not.stringMatching(/\[warn\]/)]);
    if (flags.edge === 'containers') {
      const old = await answersFor({ ...flags, 'nginx-version': '1.26.3' });
      expect((await check(installed, { ...old, nginxVersion: '1.22.1' })).output).toContain('successful');
    }
  });

  it('accepts brotli from disk', async () => {
    const answers = await answersFor({ 'files-folder': '/srv/preview-kit', brotli: 'yes' });
    expect((await check(installed, answers, brotliModule)).output).toContain('successful');
  });

  it.skipIf(
    !Object.values(networkInterfaces())
      .flat()
      .some((it) => it?.family === 'IPv6'),
  )('accepts the ports that setup takes by default', async () => {
    const defaults = { 'listen-http': '80 [::]:80', 'listen-https': '443 [::]:443' };
    expect((await check(installed, await answersFor(defaults))).output).toContain('successful');
  });

  it('accepts it inside Debian’s own nginx.conf', async () => {
    const place = join(folder, 'debian');
    await mkdir(place, { recursive: true });
    const answers = await answersFor({ monaco: 'yes', 'files-folder': '/srv/preview-kit' });
    await writeFile(join(place, 'preview-kit.conf'), renderNginx(answers));
    const debian = await readFile('/etc/nginx/nginx.conf', 'utf8');
    const conf = debian
      .replace('/etc/nginx/conf.d/*.conf', join(place, 'preview-kit.conf'))
      // The modules' own paths count from another folder; the example site is what next-steps.md removes.
      .replace(/^\s*include \/etc\/nginx\/(sites|modules)-enabled.*$/gm, '');
    expect(conf).toContain(place);
    const { output } = await testNginxConf({ conf, folder: place });
    expect(output).toContain('successful');
  });

  it('would not accept a long name as it is, which is why it is an expression', async () => {
    const conf = ['a.test', `${'l'.repeat(60)}.example.test`]
      .map((name) => `server { listen 127.0.0.1:28080; server_name ${name}; }`)
      .join('\n');
    const { output } = await testNginxConf({ conf, folder: join(folder, 'long') });
    expect(output).toContain('server_names_hash_bucket_size');
  });
});

describe.each(['trixie', 'sid'])('the nginx of Debian %s', (suite) => {
  let newer: Awaited<ReturnType<typeof newerNginx>>;
  beforeAll(async () => {
    newer = await newerNginx(suite);
  });

  it('accepts every form that is made for it without a warning, and the form for any version', async () => {
    const { program, version } = newer;
    for (const [name, flags] of Object.entries(variants)) {
      const own = await check(program, await answersFor({ ...flags, 'nginx-version': version }));
      expect([name, own.ok, own.output]).toEqual([name, true, expect.not.stringMatching(/\[warn\]/)]);
      const any = await check(program, { ...(await answersFor(flags)), nginxVersion: '' });
      expect([name, any.ok, any.output]).toEqual([name, true, expect.any(String)]);
    }
  });

  it('serves it with HTTP/2 and refuses names of others', async () => {
    const answers = await answersFor({ 'nginx-version': newer.version });
    const conf = renderNginx(answers);
    expect(conf).toContain('http2 on;');
    const nginx = await startNginx({ conf, folder: join(folder, `run-${suite}`), program: newer.program });
    try {
      const root = await readFile(ca.certFile);
      const answer = await ask({ port: 28443, ca: root, host: 'preview.example.test' });
      expect([answer.status, answer.body.toString()]).toEqual([
        503,
        expect.stringContaining('does not answer'),
      ]);
      const other = await ask({
        port: 28443,
        ca: root,
        host: 'other.test',
        servername: 'preview.example.test',
      });
      expect(other.status).toBe(421);
    } finally {
      await nginx.stop();
    }
  });
});
