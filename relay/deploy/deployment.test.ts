import { createHash } from 'node:crypto';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import librechatExample from '../../librechat.env.example?raw';
import { loadConfig } from '../config.ts';
import type { Answers } from './answers.ts';
import { type DeploymentFile, renderDeployment } from './deployment.ts';
import { dnsProviderNames, dnsProviders } from './dns-providers.ts';
import { readAnswers } from './read-answers.ts';
import { renderNginx } from './render-nginx.ts';
import { completeSecrets } from './secrets.ts';

const answersFor = (flags: Record<string, string> = {}): Answers => {
  const { answers, faults } = readAnswers({ domain: 'example.com', ...flags });
  expect(faults).toEqual([]);
  return answers as Answers;
};
const render = (flags: Record<string, string> = {}): DeploymentFile[] =>
  renderDeployment(answersFor(flags), {
    secrets: completeSecrets({ compose: {}, librechat: {} }, { chatToken: false }),
    registryToken: 'token',
    hasOverride: false,
  });
const textOf = (files: DeploymentFile[], path: string): string =>
  files.find((file) => file.path === path)?.text ?? '';

describe('librechat.env', () => {
  it('is the example with the deployment’s names, and every secret filled in', () => {
    const text = textOf(render({ 'previews-host': 'preview.other.net' }), 'librechat.env');
    expect(text).not.toMatch(/example\.com(?!$)(?<!librechat\.example\.com)/m);
    const values = parse(text);
    expect(Object.keys(values)).toEqual(Object.keys(parse(librechatExample)));
    expect(Object.entries(values).filter(([, value]) => value === '')).toEqual([]);
    expect(text).toContain('#CSP_FRAME_SRC_EXTRA=https://preview.other.net https://*.other.net');
    expect(text).toContain('*.preview.other.net for DNS, TLS or CSP: that is one level too deep');
  });
});

describe('relay.env', () => {
  it('makes the relay start in production', () => {
    const values = parse(
      textOf(render({ embedders: 'https://chat.example.org', egress: 'none', offline: 'yes' }), 'relay.env'),
    );
    const config = loadConfig({ NODE_ENV: 'production', ...values });
    expect(config).toMatchObject({
      hostname: 'preview.example.com',
      embedOrigins: ['https://librechat.example.com', 'https://chat.example.org'],
      egress: 'none',
      offline: true,
    });
  });
});

describe('secrets', () => {
  it('that are there stay, and only what is missing is made', () => {
    const present = {
      compose: { MEILI_MASTER_KEY: 'kept' },
      librechat: { JWT_SECRET: 'kept', CREDS_IV: ' ' },
    };
    const { compose, librechat, made } = completeSecrets(present, { chatToken: false });
    expect([compose.MEILI_MASTER_KEY, librechat.JWT_SECRET]).toEqual(['kept', 'kept']);
    expect(made).toEqual([
      'MONGO_ROOT_PASSWORD',
      'POSTGRES_PASSWORD',
      'JWT_REFRESH_SECRET',
      'CREDS_KEY',
      'CREDS_IV',
    ]);
    expect(librechat.CREDS_IV).toMatch(/^[0-9a-f]{32}$/);
  });

  it('are in files that other users cannot read', () => {
    const files = render({ registry: 'https://npm.example.com/' });
    const { compose, librechat } = completeSecrets(
      {
        compose: parse(textOf(files, '.env')),
        librechat: parse(textOf(files, 'librechat.env')),
      },
      { chatToken: false },
    );
    for (const secret of [...Object.values(compose), ...Object.values(librechat), '_authToken=token'])
      for (const { path, text, mode } of files)
        if (text.includes(secret)) expect([path, mode & 0o007]).toEqual([path, 0]);
  });
});

describe('the token of LibreChat', () => {
  it('is made once, is in librechat.env alone, and the relay knows its hash', () => {
    const secrets = completeSecrets({ compose: {}, librechat: {} }, { chatToken: true });
    const token = secrets.librechat.PREVIEW_KIT_TOKEN ?? '';
    expect(secrets.made).toContain('PREVIEW_KIT_TOKEN');
    const files = renderDeployment(answersFor({ publish: 'yes' }), {
      secrets,
      registryToken: '',
      hasOverride: false,
    });
    expect(files.filter(({ text }) => text.includes(token)).map(({ path, mode }) => [path, mode])).toEqual([
      ['librechat.env', 0o600],
    ]);
    expect(parse(textOf(files, 'relay.env'))).toMatchObject({
      SHARES: 'on',
      API_HOSTNAME: 'pages.example.com',
      API_ALIASES: 'relay',
      CHAT_TOKEN_HASH: createHash('sha256').update(token).digest('hex'),
    });
    expect(parse(textOf(files, '.env')).COMPOSE_FILE).toContain(':compose/pages.yml');
    const again = completeSecrets(
      { compose: {}, librechat: parse(textOf(files, 'librechat.env')) },
      { chatToken: true },
    );
    expect([again.librechat.PREVIEW_KIT_TOKEN, again.made.includes('PREVIEW_KIT_TOKEN')]).toEqual([
      token,
      false,
    ]);
  });

  it('names the API for DNS and TLS where no wildcard stands for it', () => {
    const files = render({ publish: 'yes', 'api-host': 'api.example.net' });
    expect(textOf(files, 'deploy/next-steps.md')).toContain('- `api.example.net`');
    expect(textOf(files, 'deploy/certbot/certbot.env')).toMatch(/CERT_NAMES='.* api\.example\.net'/);
    expect(textOf(render({ publish: 'yes' }), 'deploy/certbot/certbot.env')).not.toContain('pages.');
  });
});

describe('deploy/certbot', () => {
  it.each(dnsProviderNames)('is complete for %s', (dns) => {
    const files = render({ dns });
    const settings = parse(textOf(files, 'deploy/certbot/certbot.env'));
    if (dns === 'none') return expect(settings).toEqual({});
    expect(settings.CERT_AUTHENTICATOR).toBe(dns === 'manual' ? 'manual' : `dns-${dns}`);
    const { credentialsFile } = dnsProviders[dns];
    const own = credentialsFile ? [credentialsFile] : ['auth-hook.sh', 'cleanup-hook.sh'];
    for (const name of own) expect(files.map(({ path }) => path)).toContain(`deploy/certbot/${name}`);
    expect(textOf(files, 'deploy/next-steps.md')).toContain(own[0]);
  });
});

describe('next steps', () => {
  it('name DNS records, and warn of the level that is too deep', () => {
    const text = textOf(render(), 'deploy/next-steps.md');
    expect(text).toContain('- `*.example.com`');
    expect(text).toContain('`*.preview.example.com` is not needed');
  });

  it('leave nginx and certbot out when a proxy elsewhere ends TLS', () => {
    const files = render({ edge: 'none' });
    expect(files.map(({ path }) => path)).toEqual([
      '.env',
      'relay.env',
      'librechat.env',
      'deploy/next-steps.md',
    ]);
    expect(textOf(files, 'deploy/next-steps.md')).not.toMatch(/certbot|sudo/);
  });
});

describe('nginx', () => {
  it('gets HTTP/2 in the form that its version wants', () => {
    const forms = ['', '1.22.1', '1.25.0', '1.25.1', '1.30.6'].map((nginxVersion) => {
      const text = renderNginx({ ...answersFor(), nginxVersion });
      return [/listen 443 ssl http2;/.test(text), /^ {2}http2 on;$/m.test(text)];
    });
    expect(forms).toEqual([
      [true, false],
      [true, false],
      [true, false],
      [false, true],
      [false, true],
    ]);
  });

  it('finds containers anew in the form that its version can', () => {
    const text = (version: string): string =>
      renderNginx(answersFor({ edge: 'containers', 'nginx-version': version }));
    expect(text('1.28.0')).toContain('server relay:1580 resolve;');
    expect(text('1.26.3')).toContain('set $preview_kit_relay relay:1580;');
    expect(text('1.26.3')).not.toMatch(/^upstream /m);
  });

  it('has no hole left in any form', () => {
    for (const flags of [
      {},
      { edge: 'containers' },
      { monaco: 'yes', 'files-folder': '/srv/kit', networks: '10.0.0.0/8' },
    ])
      expect(renderNginx(answersFor(flags))).not.toMatch(/undefined|<%|%>|\[object/);
  });
});
