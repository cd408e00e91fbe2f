// `npm run setup` as an operator runs it: by flags, twice, with edits in between, and with wrong answers.
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSetup } from './rig/kit-commands.ts';

const basic = ['--yes', '--domain', 'example.com', '--nginx-version', '1.22.1'];

let folder: string;
const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text);
const mode = async (path: string): Promise<string> =>
  ((await stat(join(folder, path))).mode & 0o777).toString(8);
const setup = (...args: string[]) => runSetup(folder, args);
const edit = async (path: string, from: string | RegExp, to: string): Promise<void> => {
  const before = await read(path);
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await write(path, after);
};
/** Every file below the folder with its text. */
async function snapshot(): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')])),
  );
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'setup-'));
  await write('package.json', '{}');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('by flags', () => {
  it('writes the files of a deployment, and says what comes next', async () => {
    const { code, stdout, stderr } = await setup(...basic);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('sudo certbot/issue.sh');
    expect(stdout).toContain('docker compose up --detach --wait');
    expect(parse(await read('.env'))).toMatchObject({
      COMPOSE_FILE: 'docker-compose.sandpack.yml',
      COMPOSE_PROFILES: '',
      DOMAIN: 'example.com',
      LIBRECHAT_HOSTNAME: 'librechat.example.com',
      PREVIEW_HOSTNAME: 'preview.example.com',
    });
    expect(parse(await read('relay.env'))).toEqual({
      PREVIEW_HOSTNAME: 'preview.example.com',
      EMBED_ORIGINS: 'https://librechat.example.com',
      EGRESS: 'mirror',
      OFFLINE: 'false',
      TRUST_PROXY: 'loopback uniquelocal',
    });
    const librechat = parse(await read('librechat.env'));
    expect(librechat).toMatchObject({
      SANDPACK_BUNDLER_URL: 'https://preview.example.com',
      SANDPACK_STATIC_BUNDLER_URL: 'https://preview.example.com',
      DOMAIN_CLIENT: 'https://librechat.example.com',
      DOMAIN_SERVER: 'https://librechat.example.com',
    });
    expect([librechat.CREDS_KEY, librechat.CREDS_IV]).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{32}$/),
    ]);
    expect(await read('deploy/certbot/certbot.env')).toContain("CERT_NAMES='example.com,*.example.com'");
    expect(await read('deploy/nginx/preview-kit.conf')).toContain('listen 443 ssl http2;');
  });

  it('keeps secrets from other users, also after somebody opened them', async () => {
    await setup(...basic);
    const secrets = ['.env', 'librechat.env', 'deploy/certbot/credentials.ini'];
    for (const path of secrets) expect([path, await mode(path)]).toEqual([path, '600']);
    expect(await mode('deploy/.setup')).toBe('700');
    for (const path of secrets) await chmod(join(folder, path), 0o644);
    const { stdout } = await setup(...basic);
    expect(stdout).toContain('permissions restored');
    for (const path of secrets) expect([path, await mode(path)]).toEqual([path, '600']);
  });

  it('lets users publish from the chat, in an operator’s own librechat.yaml, too', async () => {
    await write('librechat.yaml', '# Ours.\nversion: 1.2.1\ninterface:\n  customWelcome: Hello # to all\n');
    const { code, stdout, stderr } = await setup(...basic, '--publish', 'yes');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('librechat.yaml');
    expect(stdout).toContain('https://pages.example.com/pages');
    const yaml = await read('librechat.yaml');
    expect(yaml).toMatch(/^# Ours\.\nversion: 1\.2\.1\ninterface:\n {2}customWelcome: Hello # to all\n/);
    expect(yaml).toContain('url: http://relay:1580/mcp');
    const token = parse(await read('librechat.env')).PREVIEW_KIT_TOKEN ?? '';
    expect(token).toMatch(/^pka_[\w-]{43}$/);
    expect([await mode('librechat.env'), await mode('librechat.yaml')]).toEqual(['600', '644']);
    for (const text of [yaml, stdout, await read('relay.env')]) expect(text).not.toContain(token);

    await edit('librechat.yaml', 'http://relay:1580/mcp', 'https://pages.example.com/mcp');
    const before = await snapshot();
    const again = await setup('--yes', '--nginx-version', '1.22.1');
    expect(again.stdout).not.toMatch(/New secrets/);
    expect(await snapshot()).toEqual(before);
  });

  it('changes nothing the second time', async () => {
    await setup(...basic);
    const before = await snapshot();
    const { code, stdout } = await setup('--yes', '--nginx-version', '1.22.1');
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/updated|written|New secrets/);
    expect(await snapshot()).toEqual(before);
  });

  it('takes new answers in, keeps secrets and edits, and shows the difference without secrets', async () => {
    await setup(...basic);
    const before = parse(await read('librechat.env'));
    await edit('librechat.env', 'OPENAI_API_KEY=user_provided', 'OPENAI_API_KEY=sk-very-secret');
    await edit('relay.env', '#LOG_LEVEL=info', 'LOG_LEVEL=debug');
    await edit('deploy/nginx/preview-kit.conf', 'proxy_read_timeout 3600s;', 'proxy_read_timeout 7200s;');
    await edit('deploy/certbot/credentials.ini', /token = $/m, 'token = abc');
    const { code, stdout } = await setup(
      '--yes',
      '--previews-host',
      'preview.example.net',
      '--nginx-version',
      '1.27.0',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('-SANDPACK_BUNDLER_URL=https://preview.example.com');
    expect(stdout).toContain('+SANDPACK_BUNDLER_URL=https://preview.example.net');
    for (const secret of ['sk-very-secret', before.JWT_SECRET as string, before.CREDS_KEY as string])
      expect(stdout).not.toContain(secret);

    const after = parse(await read('librechat.env'));
    for (const name of ['JWT_SECRET', 'JWT_REFRESH_SECRET', 'CREDS_KEY', 'CREDS_IV'])
      expect([name, after[name]]).toEqual([name, before[name]]);
    expect(after).toMatchObject({
      OPENAI_API_KEY: 'sk-very-secret',
      SANDPACK_STATIC_BUNDLER_URL: 'https://preview.example.net',
    });
    expect(parse(await read('relay.env'))).toMatchObject({
      LOG_LEVEL: 'debug',
      PREVIEW_HOSTNAME: 'preview.example.net',
    });
    const nginx = await read('deploy/nginx/preview-kit.conf');
    expect(nginx).toContain('proxy_read_timeout 7200s;');
    expect(nginx).toContain('http2 on;');
    expect(nginx).toContain('/live/example.net/fullchain.pem');
    expect(await read('deploy/certbot/credentials.ini')).toContain('token = abc');
    expect(await read('deploy/certbot/certbot.env')).toContain(
      "'example.com,*.example.com example.net,*.example.net'",
    );
  });

  it('keeps your file when both changed the same line, puts the new one beside it, and is content once you decided', async () => {
    await setup(...basic);
    await edit('relay.env', 'PREVIEW_HOSTNAME=preview.example.com', 'PREVIEW_HOSTNAME=mine.example.com');
    const change = ['--yes', '--previews-host', 'artifacts.example.com', '--nginx-version', '1.22.1'];
    const { code, stdout } = await setup(...change);
    expect(code).toBe(3);
    expect(stdout).toMatch(/relay\.env +kept; the new form is in relay\.env\.new/);
    expect(parse(await read('relay.env')).PREVIEW_HOSTNAME).toBe('mine.example.com');
    expect(parse(await read('relay.env.new')).PREVIEW_HOSTNAME).toBe('artifacts.example.com');

    // Nothing is decided yet: it says so again.
    expect((await setup(...change)).code).toBe(3);
    await edit('relay.env', 'mine.example.com', 'artifacts.example.com');
    await rm(join(folder, 'relay.env.new'));
    expect((await setup(...change)).code).toBe(0);
    expect(await readdir(folder)).not.toContain('relay.env.new');

    // Decided against the offer: it is not offered again.
    await edit('relay.env', 'EGRESS=mirror', 'EGRESS=none');
    expect((await setup(...change, '--egress', 'open')).code).toBe(3);
    await rm(join(folder, 'relay.env.new'));
    expect((await setup(...change, '--egress', 'open')).code).toBe(0);
    expect(parse(await read('relay.env')).EGRESS).toBe('none');
  });

  it('does not touch files that were there before its first run', async () => {
    await write('.env', 'MONGO_ROOT_PASSWORD=mine\n');
    const { code } = await setup(...basic);
    expect(code).toBe(3);
    expect(await read('.env')).toBe('MONGO_ROOT_PASSWORD=mine\n');
    // The offer already holds the secret that was there.
    expect(parse(await read('.env.new')).MONGO_ROOT_PASSWORD).toBe('mine');
    expect(await mode('.env.new')).toBe('600');
  });

  it('writes nothing with --dry-run, and shows what it would', async () => {
    const before = await snapshot();
    const { code, stdout } = await setup('--dry-run', '--domain', 'example.com');
    expect(code).toBe(0);
    expect(stdout).toContain('+PREVIEW_HOSTNAME=preview.example.com');
    expect(stdout).toMatch(/\+JWT_SECRET=‹hidden›/);
    expect(stdout).toMatch(/relay\.env +would be written/);
    expect(await snapshot()).toEqual(before);
  });

  it('prints its result as JSON alone', async () => {
    const { code, stdout } = await setup('--json', '--yes', '--domain', 'example.com');
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result.files).toContainEqual({ path: 'librechat.env', action: 'create', mode: '600' });
    expect(result.secretsMade).toContain('CREDS_KEY');
    expect(stdout).not.toContain(parse(await read('librechat.env')).CREDS_KEY);
  });

  it('reads a registry’s token from the environment, and keeps it', async () => {
    const flags = [...basic, '--registry', 'https://npm.example.com/team'];
    expect((await runSetup(folder, flags, { REGISTRY_TOKEN: 't0k3n' })).code).toBe(0);
    const npmrc = await read('npmrc');
    expect(npmrc).toContain(
      'registry=https://npm.example.com/team/\n//npm.example.com/team/:_authToken=t0k3n\n',
    );
    expect(await mode('npmrc')).toBe('640');
    const { stdout } = await setup('--yes');
    expect(await read('npmrc')).toBe(npmrc);
    expect(stdout).not.toContain('t0k3n');
    expect(parse(await read('.env')).NPMRC_FILE).toBe('./npmrc');
  });

  it('writes a token for no other registry than the one that it was given for, and says so', async () => {
    const flags = [...basic, '--registry', 'https://npm.example.com/team'];
    await runSetup(folder, flags, { REGISTRY_TOKEN: 't0k3n' });
    const { code, stdout } = await setup('--yes', '--registry', 'https://npm.example.org/team');
    expect(code).toBe(0);
    expect(await read('npmrc')).not.toContain('t0k3n');
    expect(await read('npmrc')).toContain('registry=https://npm.example.org/team/');
    expect(stdout).toContain(
      'The token in npmrc was written for another registry than https://npm.example.org/team/, and is not used for this one. If it needs one: REGISTRY_TOKEN=… npm run setup -- --yes',
    );
    expect((await runSetup(folder, ['--yes'], { REGISTRY_TOKEN: 'n3w' })).code).toBe(0);
    expect(await read('npmrc')).toContain('//npm.example.org/team/:_authToken=n3w\n');
  });

  it('takes none for a token, a registry and other answers of before', async () => {
    const flags = [...basic, '--registry', 'https://npm.example.com/', '--email', 'ops@example.com'];
    await runSetup(folder, flags, { REGISTRY_TOKEN: 't0k3n' });
    expect((await runSetup(folder, ['--yes'], { REGISTRY_TOKEN: 'none' })).code).toBe(0);
    expect(await read('npmrc')).not.toContain('_authToken');
    await runSetup(folder, ['--yes'], { REGISTRY_TOKEN: 't0k3n' });
    const { stdout } = await setup('--yes', '--registry', 'none', '--email', 'none');
    expect(stdout).toContain('npmrc holds a token and is not used any more: remove the file.');
    expect(parse(await read('.env'))).not.toHaveProperty('NPMRC_FILE');
    expect(await read('deploy/certbot/certbot.env')).toContain("CERT_EMAIL=''");
    expect(JSON.parse((await setup('--yes', '--json')).stdout).notes).toHaveLength(1);
  });

  it('composes edge, prebuilt image, extras and an override of yours', async () => {
    await write('compose.override.yml', 'services: {}\n');
    await setup(
      ...basic,
      '--edge',
      'containers',
      '--image',
      'registry.example.com/kit:1',
      '--extras',
      'rag,ollama',
      '--dns',
      'route53',
    );
    expect(parse(await read('.env'))).toMatchObject({
      COMPOSE_FILE: 'docker-compose.sandpack.yml:compose/edge.yml:compose/prebuilt.yml:compose.override.yml',
      COMPOSE_PROFILES: 'rag,ollama',
      RELAY_IMAGE: 'registry.example.com/kit:1',
      CERTBOT_IMAGE: expect.stringMatching(/^certbot\/dns-route53:v/),
      RAG_API_URL: 'http://rag_api:8000',
    });
    const nginx = await read('deploy/nginx/preview-kit.conf');
    expect(nginx).toMatch(/relay:1580/);
    expect(await read('compose.override.yml')).toBe('services: {}\n');
  });
});

describe('wrong answers', () => {
  it('are told together, each with the rule and the remedy, and nothing is written', async () => {
    const before = await snapshot();
    const { code, stderr } = await setup(
      ...['--yes', '--domain', 'https://example.com', '--edge', 'cloud', '--egress-allow', 'api.example.com'],
      ...['--embedders', 'https://chat.example.org/path', '--extras', 'gpu'],
    );
    expect(code).toBe(1);
    for (const part of [
      '5 answers cannot be used; nothing was written',
      '--domain https://example.com: write the name alone, without https://',
      '--edge cloud: must be one of host, containers, none',
      '--egress-allow api.example.com: “api.example.com” must be an origin such as https://api.example.com',
      '--embedders https://chat.example.org/path: “https://chat.example.org/path” is not an origin',
      '--extras gpu: must be one of rag, ollama, vllm',
    ])
      expect(stderr).toContain(part);
    expect(await snapshot()).toEqual(before);
  });

  it.each([
    [['--domain', '192.0.2.1'], 'an IP address has no names below it'],
    [['--domain', 'co.uk'], 'write a domain of your own'],
    [['--domain', 'example.com', '--previews-host', 'example.net'], 'write preview.example.net'],
    [['--domain', 'example.com', '--previews-host', '*.example.com'], 'without *.'],
    [
      ['--domain', 'example.com', '--previews-host', `${'p'.repeat(41)}.example.com`],
      'at most 40 characters',
    ],
    [
      ['--domain', 'example.com', '--previews-host', 'librechat.example.com'],
      'previews need a name of their own',
    ],
    [
      ['--domain', 'example.com', '--librechat-host', 'chat.example.org'],
      'is not below --domain example.com',
    ],
    [['--domain', 'example.com', '--edge', 'containers', '--dns', 'gandi'], 'no image of certbot'],
    [
      ['--domain', 'example.com', '--registry', 'https://me:pw@npm.example.com/'],
      'must not hold a user or password',
    ],
    [['--domain', 'example.com', '--hsts', '1'], "Unknown option '--hsts'"],
    [[], '--domain <name> is missing'],
  ])('%j', async (flags, message) => {
    const { code, stderr } = await setup('--yes', ...flags);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  it('says what to do where there is no terminal, or no checkout', async () => {
    expect(await setup('--domain', 'example.com')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'There is no terminal to ask on. Give the answers as flags and add --yes',
      ),
    });
    await rm(join(folder, 'package.json'));
    expect(await setup(...basic)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not a checkout of this kit'),
    });
  });

  it('names a damaged file of answers', async () => {
    await setup(...basic);
    await write('deploy/.setup/answers.json', '{');
    expect(await setup('--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('answers.json is damaged'),
    });
  });
});
