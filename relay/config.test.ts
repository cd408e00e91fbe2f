import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, ConfigError, helpText, loadConfig, settings } from './config.ts';

const faultsOf = (env: Record<string, string>, args: string[] = []): string[] => {
  try {
    loadConfig(env, args);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).faults;
  }
  return [];
};

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toMatchObject({
      hostname: 'preview.localhost',
      port: 1580,
      bind: '127.0.0.1',
      bundlerDir: resolve('www'),
      dataDir: resolve('data'),
      embedOrigins: ['http://localhost:1490', 'http://127.0.0.1:1490'],
      isolation: 'origin',
      controlPort: 1490,
      playground: true,
      offline: false,
      registryTimeoutMs: 10_000,
      maxTarballBytes: 104_857_600,
      maxUnpackedBytes: 524_288_000,
      maxTreePackages: 1_500,
      packagesAllow: [],
      packagesDeny: [],
      minReleaseAgeMs: 0,
      logLevel: 'info',
    } satisfies Partial<Config>);
  });

  it('takes a flag before the environment, and the environment before the default', () => {
    expect(loadConfig({}).port).toBe(1580);
    expect(loadConfig({ PORT: '8080' }).port).toBe(8080);
    expect(loadConfig({ PORT: '8080' }, ['--port', '9090']).port).toBe(9090);
    expect(loadConfig({ PORT: '8080' }, ['--port=9090']).port).toBe(9090);
  });

  it('takes an empty or blank variable as not set, and trims the others', () => {
    expect(loadConfig({ PORT: '', ISOLATION: '  ' })).toMatchObject({ port: 1580, isolation: 'origin' });
    expect(loadConfig({ PORT: ' 81 ', PREVIEW_HOSTNAME: ' Preview.Example.COM ' })).toMatchObject({
      port: 81,
      hostname: 'preview.example.com',
    });
  });

  it('reads origins separated by spaces or commas', () => {
    const { embedOrigins } = loadConfig({
      EMBED_ORIGINS: 'https://a.example, https://b.example:8443/  http://c.localhost:3080',
    });
    expect(embedOrigins).toEqual(['https://a.example', 'https://b.example:8443', 'http://c.localhost:3080']);
  });

  it('reads packages and ages', () => {
    const config = loadConfig({
      PACKAGES_ALLOW: 'react @acme/*',
      PACKAGES_DENY: 'lodash@<4.17.21,left-pad',
      MIN_RELEASE_AGE: '3',
    });
    expect(config.packagesAllow.map(({ name }) => name)).toEqual(['react', '@acme/*']);
    expect(config.packagesDeny.map(({ range }) => range)).toEqual(['<4.17.21', undefined]);
    expect(config.minReleaseAgeMs).toBe(3 * 86_400_000);
    expect(loadConfig({ MIN_RELEASE_AGE: '36h' }).minReleaseAgeMs).toBe(36 * 3_600_000);
    expect(faultsOf({ PACKAGES_DENY: 'a b@y', MIN_RELEASE_AGE: '1w' })).toEqual([
      'PACKAGES_DENY=a b@y: “b@y” has no valid range after the @; write it without spaces, e.g. name@<1.2.3 (expected: packages).',
      'MIN_RELEASE_AGE=1w: must be a number of days or hours, such as 3, 3d or 36h (expected: age).',
    ]);
  });

  it('reads names of the API and the hash of LibreChat’s token, and shows no token that is put in its place', () => {
    const hash = 'A1'.repeat(32);
    expect(loadConfig({ API_ALIASES: 'Relay, kit.internal', CHAT_TOKEN_HASH: hash })).toMatchObject({
      apiAliases: ['relay', 'kit.internal'],
      chatToken: hash.toLowerCase(),
    });
    expect(loadConfig({})).toMatchObject({ apiAliases: [], chatToken: '' });
    const faults = faultsOf({ API_ALIASES: 'relay:1580', CHAT_TOKEN_HASH: 'pka_secret' });
    expect(faults[0]).toBe(
      'API_ALIASES=relay:1580: “relay:1580” is not a name, such as relay, without scheme, port or path (expected: names).',
    );
    expect(faults[1]).toMatch(/^CHAT_TOKEN_HASH.*never the token itself/);
    expect(faults[1]).not.toContain('pka_secret');
  });

  it('takes undeclared packages unless told otherwise', () => {
    expect(loadConfig({}).undeclaredPackages).toBe('latest');
    expect(loadConfig({ UNDECLARED_PACKAGES: 'declared' }).undeclaredPackages).toBe('declared');
    expect(faultsOf({ UNDECLARED_PACKAGES: 'none' })).toEqual([
      'UNDECLARED_PACKAGES=none: must be one of latest, declared (expected: latest | declared).',
    ]);
  });

  it('reports every fault at once, with variable, value, rule and form', () => {
    const faults = faultsOf(
      {
        PREVIEW_HOSTNAME: 'https://preview.example.com',
        PORT: '70000',
        CONTROL_PORT: '-1',
        EMBED_ORIGINS: 'https://ok.example chat.example.com',
        ISOLATION: 'none',
        PLAYGROUND: 'yes',
        OFFLINE: '1',
        REGISTRY_TIMEOUT_MS: '10s',
        MAX_TARBALL_BYTES: '12',
      },
      ['--log-level', 'loud'],
    );
    expect(faults).toEqual([
      'PREVIEW_HOSTNAME=https://preview.example.com: must be a DNS name of two labels or more, without scheme, port or path (expected: name).',
      'PORT=70000: must be a whole number from 0 to 65535 (expected: port).',
      'EMBED_ORIGINS=https://ok.example chat.example.com: “chat.example.com” is not an origin; write scheme://host[:port] without a path (expected: origins).',
      'ISOLATION=none: must be one of origin, shared (expected: origin | shared).',
      'CONTROL_PORT=-1: must be a whole number from 0 to 65535 (expected: port).',
      'PLAYGROUND=yes: must be one of true, false (expected: true | false).',
      'OFFLINE=1: must be one of true, false (expected: true | false).',
      'REGISTRY_TIMEOUT_MS=10s: must be a whole number from 100 to 30000 (expected: milliseconds).',
      'MAX_TARBALL_BYTES=12: must be a whole number from 1024 to 2147483648 (expected: bytes).',
      '--log-level=loud: must be one of fatal, error, warn, info, debug, silent (expected: fatal | error | warn | info | debug | silent).',
    ]);
    expect(new ConfigError(faults).message).toContain(
      'The configuration has 10 faults:\n  - PREVIEW_HOSTNAME=',
    );
  });

  it.each([
    '10.0.0.1',
    '[::1]',
    '::1',
    'fe80::1',
    'a.example:80',
    'localhost',
    'a..b',
    '-a.example',
    'a.example/',
    'a b.example',
    'ü.example',
    'a_b.example',
    `${'a'.repeat(41)}.example`,
  ])('refuses %s as the base host', (name) => {
    expect(faultsOf({ PREVIEW_HOSTNAME: name })).toHaveLength(1);
  });

  it.each([
    '*',
    'null',
    'https://*.example.com',
    'https://a.example/path',
    'file:///x',
    'https://u:p@a.example',
    'ws://a.example',
  ])('refuses %s as an embedder', (origin) => {
    expect(faultsOf({ EMBED_ORIGINS: origin })).toHaveLength(1);
  });

  it('reads TRUST_PROXY as addresses, networks and names', () => {
    const read = (value: string) => loadConfig({ TRUST_PROXY: value }).trustProxy;
    expect(read('')).toEqual(['loopback']);
    expect(read('none')).toEqual([]);
    expect(read('loopback, 10.0.0.0/8 192.0.2.7 2001:db8::/32')).toEqual([
      'loopback',
      '10.0.0.0/8',
      '192.0.2.7',
      '2001:db8::/32',
    ]);
    for (const wrong of ['true', '10.0.0.0/33', '10.0.0.0/8/8', 'nginx', '0.0.0.0/0', '1'])
      expect(faultsOf({ TRUST_PROXY: wrong })).toEqual([expect.stringContaining(`“${wrong}”`)]);
  });

  it('refuses flags it does not know, and arguments that are no flags', () => {
    expect(faultsOf({}, ['--prot', '1'])).toEqual([expect.stringMatching(/--prot.*See relay --help\.$/)]);
    expect(faultsOf({}, ['start'])).toEqual([expect.stringMatching(/start.*See relay --help\.$/)]);
    expect(faultsOf({}, ['--port'])).toHaveLength(1);
  });

  it('in production drops the defaults that only suit development', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual([
      'EMBED_ORIGINS is empty: in production name the origins that may embed previews, e.g. EMBED_ORIGINS=https://librechat.example.com.',
    ]);
    const env = { NODE_ENV: 'production', EMBED_ORIGINS: 'https://chat.example.com' };
    expect(loadConfig(env)).toMatchObject({ embedOrigins: ['https://chat.example.com'], playground: false });
    expect(loadConfig({ ...env, PLAYGROUND: 'true' }).playground).toBe(true);
  });
});

describe('the table of settings', () => {
  it('names each variable and flag once', () => {
    const rows = Object.values(settings);
    expect(new Set(rows.map(({ env }) => env)).size).toBe(rows.length);
    expect(new Set(rows.map(({ flag }) => flag)).size).toBe(rows.length);
    for (const { env, flag, help } of rows) {
      expect(env).toMatch(/^[A-Z][A-Z_]+$/);
      expect(flag).toMatch(/^[a-z][a-z-]+$/);
      expect(help).toMatch(/^.+[.)]$/);
    }
  });

  it('is what --help shows', () => {
    for (const { env, flag, form, fallback, help } of Object.values(settings))
      expect(helpText()).toContain(
        `  --${flag} <${form}>\n      ${help}\n      ${env}; default: ${fallback || 'none'}\n`,
      );
  });
});
