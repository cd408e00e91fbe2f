import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serverFor } from './nginx-config.ts';
import { NginxSource } from './nginx-source.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nginx-source-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A program that says what nginx would. */
async function standIn(script: string): Promise<void> {
  await writeFile(join(folder, 'nginx'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'nginx'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
}

const source = (options: { file?: string; edge?: boolean } = {}): NginxSource =>
  new NginxSource({ file: options.file, edge: options.edge ?? false, folder, timeoutMs: 5_000 });

const rendered = async (text: string): Promise<void> => {
  await mkdir(join(folder, 'deploy/nginx'), { recursive: true });
  await writeFile(join(folder, 'deploy/nginx/preview-kit.conf'), text);
};

const dump = `# configuration file /etc/nginx/nginx.conf:
http {
  include mime.types;
  include /etc/nginx/conf.d/*.conf;
}
# configuration file /etc/nginx/mime.types:
types { text/html html htm; }
# configuration file /etc/nginx/conf.d/kit.conf:
server { listen 443 ssl; server_name preview.example.com; }
`;

describe('nginx -T', () => {
  it('is put together from its files', async () => {
    await standIn(`cat <<'END'\n${dump}END`);
    const reading = await source().read();
    expect(reading).toMatchObject({ kind: 'read', from: 'nginx -T' });
    if (reading.kind !== 'read') throw new Error('not read');
    expect(serverFor(reading.root, 'preview.example.com', '443')?.by).toBe('name');
    expect(reading.root.blocks.get('http')).toHaveLength(1);
  });

  it('says what nginx refuses', async () => {
    await standIn(
      `echo 'nginx: [emerg] unknown directive "servr" in /etc/nginx/conf.d/kit.conf:3' >&2; exit 1`,
    );
    expect(await source().read()).toEqual({
      kind: 'wrong',
      from: 'nginx -T',
      reason: 'unknown directive "servr" in /etc/nginx/conf.d/kit.conf:3',
    });
  });

  it('gives way to what setup wrote when this user may not read it', async () => {
    await standIn(`echo 'nginx: [emerg] cannot load certificate key: Permission denied' >&2; exit 1`);
    expect((await source().read()).kind).toBe('absent');
    await rendered('server { listen 80; }');
    expect(await source().read()).toMatchObject({ kind: 'read', from: 'deploy/nginx/preview-kit.conf' });
  });

  it('is not asked when nginx runs in a container', async () => {
    await standIn('exit 99');
    await rendered('server { listen 80; }');
    expect(await source({ edge: true }).read()).toMatchObject({ from: 'deploy/nginx/preview-kit.conf' });
  });
});

describe('--nginx-conf', () => {
  it('is read with the files that it includes', async () => {
    await writeFile(join(folder, 'a.conf'), 'http { include sites/*.conf; include none/*.conf; }');
    await mkdir(join(folder, 'sites'));
    await writeFile(join(folder, 'sites/one.conf'), 'server { listen 443 ssl; server_name a.test; }');
    await writeFile(join(folder, 'sites/two.conf.bak'), 'server { listen 443 ssl; server_name b.test; }');
    const reading = await source({ file: 'a.conf' }).read();
    if (reading.kind !== 'read') throw new Error('not read');
    expect(serverFor(reading.root, 'a.test', '443')?.by).toBe('name');
    expect(serverFor(reading.root, 'b.test', '443')?.by).toBe('default');
  });

  it('may be missing', async () => {
    expect(await source({ file: 'none.conf' }).read()).toEqual({
      kind: 'absent',
      reason: `${join(folder, 'none.conf')} cannot be read (ENOENT)`,
    });
  });
});
