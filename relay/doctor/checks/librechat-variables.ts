// LibreChat's own variables: the two that point to previews, its address, and names that guides invented.
import { isIP } from 'node:net';
import type { Check } from '../check.ts';
import { allowsFrame } from '../content-policy.ts';
import { fail, type Outcome, okUnless, skip, warn } from '../finding.ts';
import { isLocalhost, parentOf, type Subject } from '../subject.ts';

const needsFile = (subject: Subject): Outcome | undefined =>
  subject.files.librechat.found
    ? undefined
    : skip(
        'LibreChat’s variables are not here (no librechat.env)',
        'Name the file with --librechat-env FILE.',
      );

const restart = 'and restart LibreChat (`docker compose up -d librechat`)';

export const librechatVariables: Check = {
  id: 'librechat-variables',
  group: 'LibreChat',
  title: 'LibreChat’s variables point to previews',
  looksAt:
    '`SANDPACK_BUNDLER_URL` and `SANDPACK_STATIC_BUNDLER_URL` hold the address of previews: no internal name, no localhost, no path, no plain HTTP',
  fix: 'Set both in librechat.env to the address of previews, and restart LibreChat',
  needs: ['address'],
  run: ({ subject }) => {
    const { values, name: file } = subject.files.librechat;
    const absent = needsFile(subject);
    if (absent) return absent;
    const faults: Outcome[] = [];
    for (const name of ['SANDPACK_BUNDLER_URL', 'SANDPACK_STATIC_BUNDLER_URL']) {
      const value = values[name]?.trim() ?? '';
      const reason = faultOf(value, subject, name === 'SANDPACK_STATIC_BUNDLER_URL');
      if (reason)
        faults.push(
          fail(
            `${name}=${subject.url.origin}`,
            value === ''
              ? `${name} is ${name in values ? 'empty' : 'not set'} in ${file}: ${reason}`
              : `${name}=${value} in ${file}: ${reason}`,
            `Set ${name}=${subject.url.origin} in ${file} ${restart}.`,
          ),
        );
    }
    return okUnless(faults, 'both are the address of previews', subject.url.origin);
  },
};

/** What is wrong with a value; undefined when nothing is. */
function faultOf(value: string, { url, embedder }: Subject, isStatic: boolean): string | undefined {
  if (value === '') return 'LibreChat then uses CodeSandbox’s servers';
  if (!URL.canParse(value) || !/^https?:\/\//.test(value))
    return 'this is not an address with https:// in front';
  const given = new URL(value);
  const host = given.hostname.replace(/^\[|\]$/g, '');
  if (given.origin === url.origin)
    return value === given.origin || value === `${given.origin}/`
      ? undefined
      : 'something follows the host, and LibreChat’s client needs the bare origin';
  if (/[*<>{}$"'\s]/.test(value)) return 'this holds characters of a pattern or a template';
  if (!host.includes('.') && !isLocalhost(host))
    return 'this name resolves only inside Docker; the user’s browser opens this address';
  if (host.endsWith('.internal') || host.endsWith('.local'))
    return 'the user’s browser cannot resolve this name';
  if (isLocalhost(host) || host.startsWith('127.')) return 'that is each user’s own machine';
  if (isIP(host))
    return isStatic
      ? 'no id can be put in front of an IP address'
      : 'this is an IP address, without a certificate';
  if (given.protocol === 'http:' && embedder?.protocol === 'https:')
    return 'browsers block HTTP frames in an HTTPS page';
  if (host.endsWith(`.${url.hostname}`))
    return `this is one level too deep: previews are at <id>-${url.hostname}`;
  return 'this is not the address being examined';
}

export const librechatDomain: Check = {
  id: 'librechat-domain',
  group: 'LibreChat',
  title: 'LibreChat knows its own address',
  looksAt: '`DOMAIN_CLIENT` and `DOMAIN_SERVER` are LibreChat’s public address',
  fix: 'Set both in librechat.env to LibreChat’s public address, and restart LibreChat',
  run: ({ subject }) => {
    const { values, name: file } = subject.files.librechat;
    const absent = needsFile(subject);
    if (absent) return absent;
    const faults: Outcome[] = [];
    const wanted = subject.embedder?.origin;
    for (const name of ['DOMAIN_CLIENT', 'DOMAIN_SERVER']) {
      const value = values[name]?.trim() ?? '';
      const origin = URL.canParse(value) ? new URL(value).origin : undefined;
      if (origin !== undefined && (wanted === undefined || origin === wanted)) continue;
      faults.push(
        fail(
          `${name}=${wanted ?? 'https://librechat.example.com'}`,
          value === '' ? `${name} is not set in ${file}` : `${name}=${value}`,
          `Set ${name}=${wanted ?? 'to LibreChat’s address'} in ${file} ${restart}.`,
        ),
      );
    }
    return okUnless(faults, 'LibreChat’s public address', wanted ?? values.DOMAIN_CLIENT ?? '');
  },
};

/** Name in guides → what to write. */
const inventedNames: Record<string, string> = {
  APP_DOMAIN: 'DOMAIN_CLIENT and DOMAIN_SERVER',
  CSP_FRAME_SRC: 'CSP_FRAME_SRC_EXTRA (LibreChat 0.8.8 and newer)',
  SANDPACK_URL: 'SANDPACK_BUNDLER_URL',
  BUNDLER_URL: 'SANDPACK_BUNDLER_URL',
  SANDPACK_STATIC_URL: 'SANDPACK_STATIC_BUNDLER_URL',
};

export const librechatNames: Check = {
  id: 'librechat-names',
  group: 'LibreChat',
  title: 'LibreChat has these variables',
  looksAt: 'No variable is set that exists only in guides, such as `APP_DOMAIN` and `CSP_FRAME_SRC`',
  fix: 'Use the variable that is named instead',
  run: ({ subject }) => {
    const { values, name: file } = subject.files.librechat;
    const absent = needsFile(subject);
    if (absent) return absent;
    const found = Object.keys(values).filter((name) => Object.hasOwn(inventedNames, name));
    return okUnless(
      found.map((name) =>
        warn(
          'variables that LibreChat reads',
          `${name} in ${file}: LibreChat has no such variable`,
          `Use ${inventedNames[name]}, and remove ${name}.`,
        ),
      ),
      'variables that LibreChat reads',
      'no invented names',
    );
  },
};

export const librechatPolicy: Check = {
  id: 'librechat-policy',
  group: 'LibreChat',
  title: 'LibreChat’s policy variables allow previews',
  looksAt: 'With `CSP_ENABLED=true`, `CSP_FRAME_SRC_EXTRA` has the base host and the wildcard',
  fix: 'Add both to CSP_FRAME_SRC_EXTRA in librechat.env, and restart LibreChat',
  needs: ['address'],
  run: ({ subject }) => {
    const { values } = subject.files.librechat;
    const absent = needsFile(subject);
    if (absent) return absent;
    if (values.CSP_ENABLED?.trim() !== 'true')
      return okUnless([], 'previews are allowed', 'CSP_ENABLED is off');
    const { url } = subject;
    const needed = `${url.origin} ${url.protocol}//*.${parentOf(url.host)}`;
    const sources = (values.CSP_FRAME_SRC_EXTRA ?? '').split(/[\s,]+/).filter(Boolean);
    const refused = [url.host, subject.staticHost].filter(
      (host) => !allowsFrame(sources, `${url.protocol}//${host}`, subject.embedder?.origin),
    );
    if (refused.length === 0) return okUnless([], 'previews are allowed', sources.join(' '));
    const reportOnly = values.CSP_REPORT_ONLY?.trim() === 'true';
    return (reportOnly ? warn : fail)(
      `CSP_FRAME_SRC_EXTRA with ${needed}`,
      `CSP_FRAME_SRC_EXTRA=${sources.join(' ') || '(empty)'} does not allow ${refused.join(' and ')}`,
      `Set CSP_FRAME_SRC_EXTRA="${needed}" in librechat.env ${restart}. A wildcard stands for whole labels: *-${url.hostname} is ignored by browsers.`,
    );
  },
};
