import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Answers, questions } from './answers.ts';
import { readAnswers, writeAnswers } from './read-answers.ts';
import { relayFaults } from './settings-check.ts';

const complete = (flags: Record<string, string>, before?: Record<string, string>): Answers => {
  const { answers, faults } = readAnswers(flags, before);
  expect(faults).toEqual([]);
  return answers as Answers;
};

describe('readAnswers', () => {
  it('needs the domain only', () => {
    expect(complete({ domain: 'example.com' })).toMatchObject({
      librechatHost: 'librechat.example.com',
      previewsHost: 'preview.example.com',
      edge: 'host',
      relayAddress: '127.0.0.1:1580',
      listenHttps: ['443', '[::]:443'],
      monaco: false,
    });
  });

  it('lets defaults follow from answers', () => {
    expect(complete({ domain: 'example.com', edge: 'containers', offline: 'yes', dns: 'ovh' })).toMatchObject(
      {
        relayAddress: 'relay:1580',
        librechatAddress: 'librechat:3080',
        listenHttps: ['443'],
        monaco: true,
        propagationSeconds: 120,
      },
    );
    expect(complete({ domain: 'example.com', edge: 'none' }).dns).toBe('none');
  });

  it('prefers flags to what was answered before', () => {
    const before = { domain: 'example.com', egress: 'none' };
    expect(complete({}, before).egress).toBe('none');
    expect(complete({ egress: 'open' }, before).egress).toBe('open');
  });

  it.each([
    ['1.22.1', '1.22.1'],
    ['1.25', '1.25.0'],
    ['nginx version: nginx/1.22.1 (Debian)', '1.22.1'],
    ['nginx version: openresty/1.25.3.1', '1.25.3'],
  ])('reads a version of nginx as nginx -v prints it: %s', (text, version) => {
    expect(complete({ domain: 'example.com', 'nginx-version': text }).nginxVersion).toBe(version);
  });

  it('takes an empty flag as an answer', () => {
    const before = { domain: 'example.com', embedders: 'https://other.example.org' };
    expect(complete({ embedders: '' }, before).embedders).toEqual([]);
  });

  it.each((Object.keys(questions) as (keyof Answers)[]).filter((name) => questions[name].isOptional))(
    'takes none for an earlier answer: %s',
    (name) => {
      const earlier: Partial<Record<keyof Answers, string>> = {
        embedders: 'https://other.example.org',
        email: 'ops@example.com',
        registry: 'https://npm.example.com/',
        egressAllow: 'https://api.example.com',
        extras: 'rag',
        image: 'registry.example.com/kit:1',
        apiHost: 'api.example.com',
        accessLog: '/srv/log/previews.log',
        networks: '10.0.0.0/8',
        acmeServer: 'https://ca.example.com/directory',
        nginxVersion: '1.22.1',
        trustedProxies: '10.0.0.1',
        filesFolder: '/srv/files',
      };
      const before = { domain: 'example.com', edge: 'containers', [name]: earlier[name] as string };
      const { flag } = questions[name];
      const empty = complete({ domain: 'example.com', [flag]: '' })[name];
      expect(complete({}, before)[name]).not.toEqual(empty);
      const none = complete({ [flag]: 'none' }, before);
      expect(none[name]).toEqual(empty);
      // The next run, without the flag, has not forgotten it.
      expect(complete({}, writeAnswers(none))[name]).toEqual(empty);
    },
  );

  it('takes none as the choice that it is where it is one, and not at all where an answer is needed', () => {
    expect(complete({ domain: 'example.com', egress: 'none', edge: 'none' })).toMatchObject({
      egress: 'none',
      edge: 'none',
    });
    const { faults } = readAnswers({ domain: 'none', certificates: '', 'listen-http': '' });
    expect(faults).toEqual([
      expect.stringMatching(/^--domain none: must be a DNS name/),
      '--listen-http : must not be empty (expected: addresses).',
      '--certificates : must not be empty (expected: folder).',
    ]);
  });

  it('tells all faults at once, each with flag, value, rule and form', () => {
    const { faults } = readAnswers({
      domain: 'example.com',
      edge: 'x',
      'max-upload': 'much',
      'listen-https': '99999',
    });
    expect(faults).toEqual([
      '--edge x: must be one of host, containers, none (expected: host | containers | none).',
      '--listen-https 99999: “99999” is not a port or address:port, such as 443 or 127.0.0.1:8443 or [::]:443 (expected: addresses).',
      '--max-upload much: must be a size such as 200m or 2g; 0 for no limit (expected: size).',
    ]);
  });

  // These go into nginx's configuration and into shell files as they are.
  it.each([
    ['certificates', '/etc/x; include /evil'],
    ['files-folder', '/srv/a b'],
    ['email', "a'$(id)@example.com"],
    ['relay-address', 'relay:1580; }'],
    ['networks', '10.0.0.0/8; allow all'],
    ['acme-server', "https://ca.example.com/'"],
    ['image', 'kit:1 --privileged'],
    ['max-upload', '1g; evil on'],
  ])('lets nothing into --%s that would change the files around it: %s', (flag, text) => {
    const { answers, faults } = readAnswers({ domain: 'example.com', [flag]: text });
    const name = Object.entries(questions).find(
      ([, question]) => question.flag === flag,
    )?.[0] as keyof Answers;
    expect(faults.length > 0 || !/[;'\s]/.test(String(answers[name]))).toBe(true);
  });
});

describe('writeAnswers', () => {
  it('keeps what differs from the defaults, so that these follow a new domain', () => {
    const written = writeAnswers(
      complete({ domain: 'example.com', egress: 'none', extras: 'rag vllm', edge: 'containers' }),
    );
    expect(written).toEqual({
      domain: 'example.com',
      egress: 'none',
      extras: 'rag vllm',
      edge: 'containers',
    });
    expect(complete({ domain: 'example.org' }, written)).toMatchObject({
      librechatHost: 'librechat.example.org',
      egress: 'none',
      extras: ['rag', 'vllm'],
    });
  });
});

describe('questions', () => {
  it('have one flag each', () => {
    const flags = Object.values(questions).map(({ flag }) => flag);
    expect(new Set(flags).size).toBe(flags.length);
  });

  it('are all in docs/deployment/setup.md, in this order', async () => {
    const text = await readFile(new URL('../../docs/deployment/setup.md', import.meta.url), 'utf8');
    const documented = [...text.matchAll(/^\| `--([a-z-]+)` \|/gm)].map(([, flag]) => flag);
    expect(documented).toEqual(Object.values(questions).map(({ flag }) => flag));
  });
});

describe('relayFaults', () => {
  it('lets the relay itself say what it would refuse', () => {
    const answers = complete({ domain: 'example.com' });
    expect(relayFaults(answers)).toEqual([]);
    expect(relayFaults({ ...answers, egressAllow: ['not a source'] })).toEqual([
      expect.stringMatching(/^--egress-allow: the relay would not start: EGRESS_ALLOW=/),
    ]);
  });
});
