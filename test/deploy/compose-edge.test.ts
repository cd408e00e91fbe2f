// What nginx's container runs, with a real nginx: it waits for the certificate, and takes a renewed one and changed configuration
// up by itself. The container's folders are mounted in a namespace of the test's own.
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../browser/start-kit.ts';
import { ensurePackages } from '../rig/debian-packages.ts';
import { createTestCa, type TestCa } from '../rig/test-ca.ts';

const script = resolve(import.meta.dirname, '../../compose/edge/nginx.sh');

let folder: string;
let ca: TestCa;
let port: number;
let edge: ChildProcess;
let said = '';

beforeAll(async () => {
  await ensurePackages(['nginx', 'openssl', 'util-linux']);
  folder = await mkdtemp(join(tmpdir(), 'edge-'));
  ca = await createTestCa(join(folder, 'ca'));
  port = await freePort();
  for (const path of ['conf.d', 'letsencrypt/live/example.test'])
    await mkdir(join(folder, path), { recursive: true });
  await writeFile(
    join(folder, 'nginx.conf'),
    `pid ${folder}/nginx.pid; error_log stderr notice; events {} http { access_log off; include /etc/nginx/conf.d/*.conf; }`,
  );
  await configure('one');
  const inside = `mkdir -p /etc/letsencrypt
    mount --bind ${folder}/conf.d /etc/nginx/conf.d
    mount --bind ${folder}/nginx.conf /etc/nginx/nginx.conf
    mount --bind ${folder}/letsencrypt /etc/letsencrypt
    exec sh ${script}`;
  edge = spawn('unshare', ['--mount', 'sh', '-euc', inside], {
    env: { ...process.env, RELOAD_CHECK_SECONDS: '1', TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  edge.stderr?.on('data', (text) => {
    said += text;
  });
}, 300_000);
afterAll(async () => {
  if (edge?.pid) process.kill(-edge.pid, 'SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

async function configure(answer: string): Promise<void> {
  const live = '/etc/letsencrypt/live/example.test';
  await writeFile(
    join(folder, 'conf.d', 'preview-kit.conf'),
    `server {
      listen 127.0.0.1:${port} ssl;
      ssl_certificate ${live}/fullchain.pem;
      ssl_certificate_key ${live}/privkey.pem;
      return 200 "${answer}";
    }`,
  );
}

async function putCertificate(names: string[]): Promise<void> {
  const { certFile, keyFile } = await ca.issue({ names });
  const live = join(folder, 'letsencrypt/live/example.test');
  await copyFile(keyFile, join(live, 'privkey.pem'));
  await copyFile(certFile, join(live, 'fullchain.pem'));
}

/** What is served: the names of the certificate, and the answer. */
function look(): Promise<{ names: string; answer: string } | undefined> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const names = socket.getPeerCertificate().subjectaltname ?? '';
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('end', () => done({ names, answer: text.split('\r\n\r\n')[1] ?? '' }));
      socket.write('GET / HTTP/1.0\r\n\r\n');
    });
    socket.on('error', () => done(undefined));
  });
}

const serves = (wanted: { names: string; answer: string }): Promise<unknown> =>
  vi.waitUntil(async () => JSON.stringify(await look()) === JSON.stringify(wanted), { timeout: 15_000 });

it('waits for the certificate, and says which', async () => {
  await vi.waitUntil(() => said.includes('waiting for the certificate /etc/letsencrypt/live/example.test/'));
  expect(await look()).toBeUndefined();
  await putCertificate(['*.example.test']);
  await serves({ names: 'DNS:*.example.test', answer: 'one' });
});

it('takes a renewed certificate', async () => {
  await putCertificate(['renewed.example.test']);
  await serves({ names: 'DNS:renewed.example.test', answer: 'one' });
  await vi.waitUntil(() => said.includes('reloading'));
});

it('takes changed configuration, and goes on with the old one when it has a fault', async () => {
  await configure('two');
  await serves({ names: 'DNS:renewed.example.test', answer: 'two' });
  await writeFile(join(folder, 'conf.d', 'broken.conf'), 'nonsense;');
  await vi.waitUntil(() => said.includes('nginx goes on with the old one'), { timeout: 15_000 });
  expect(await look()).toEqual({ names: 'DNS:renewed.example.test', answer: 'two' });
});
