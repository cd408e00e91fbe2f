// The certificates that the base host and a preview show: names, dates, chain. Each is looked at by itself.
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, okUnless, skip, warn } from '../finding.ts';
import { parentOf } from '../subject.ts';
import { commonName, coversName, type Handshake, namesOf } from '../tls-probe.ts';

const dayMs = 86_400_000;
const renewBeforeDays = 21;

interface Shown {
  /** Host name without port. */
  host: string;
  handshake: Handshake;
}

/** The certificate of the base host, and of one preview of each kind. */
async function shownCertificates({
  subject: { url, staticHost, reactHost },
  names,
  tls,
}: CheckContext): Promise<Shown[]> {
  const hosts = [url.host, staticHost, reactHost].map((host) => host.replace(/:\d+$/, ''));
  return Promise.all(
    hosts.map(async (host) => {
      const { v4, v6, port = Number(url.port) || 443 } = await names.addresses(host);
      let failure: unknown;
      for (const address of [...v4, ...v6]) {
        try {
          return { host, handshake: await tls.handshake({ address, port, name: host }) };
        } catch (error) {
          failure = error;
        }
      }
      throw new Error(`${host}: ${failure instanceof Error ? failure.message : 'no address'}`);
    }),
  );
}

/** One certificate is looked at once, whoever shows it. */
function distinct(shown: Shown[]): Shown[] {
  return [...new Map(shown.map((each) => [each.handshake.leaf.fingerprint256, each])).values()];
}

const describe = ({ leaf }: Handshake): string => namesOf(leaf).join(', ') || commonName(leaf.subject);

export const tlsHandshake: Check = {
  id: 'tls',
  group: 'Certificate',
  title: 'TLS works',
  looksAt: 'The base host and previews complete a TLS handshake, with TLS 1.2 or 1.3',
  fix: 'Give the proxy’s server for these names `listen 443 ssl` and a certificate',
  needs: ['port'],
  run: async (context) => {
    if (context.subject.url.protocol === 'http:') return skip('previews are on localhost, without TLS');
    const expected = 'a TLS handshake';
    try {
      const shown = await shownCertificates(context);
      return okUnless(
        [],
        expected,
        [...new Set(shown.map(({ handshake }) => handshake.protocol))].join(', '),
      );
    } catch (error) {
      const { message } = error as Error;
      if (/unrecognized.name/i.test(message))
        return fail(
          expected,
          `${message}: the server has no certificate for this name`,
          `Let the relay’s server answer for it: \`server_name ${context.subject.url.hostname} "~^[a-z0-9]+-${context.subject.url.hostname.replaceAll('.', '\\.')}$";\`. A default server with \`ssl_reject_handshake on\` refuses every other name.`,
        );
      return fail(
        expected,
        message,
        'See that the server on this port has `listen 443 ssl`, `ssl_certificate` and `ssl_certificate_key`, and `ssl_protocols TLSv1.2 TLSv1.3`.',
      );
    }
  },
};

export const certificateNames: Check = {
  id: 'certificate-names',
  group: 'Certificate',
  title: 'The certificate covers base host and previews',
  looksAt:
    'The certificate covers the base host and a random id; a wildcard one level too deep is recognised',
  fix: 'Get a certificate for the wildcard next to the base host, such as `*.example.com`',
  needs: ['tls'],
  run: async (context) => {
    const base = context.subject.url.hostname;
    const parent = parentOf(base);
    const shown = await shownCertificates(context);
    const wrong = shown.filter(({ host, handshake }) => !coversName(namesOf(handshake.leaf), host));
    const expected = `*.${parent}, which covers ${base} and every <id>-${base}`;
    if (wrong.length === 0) return okUnless([], expected, describe((shown[0] as Shown).handshake));
    const { host, handshake } = wrong[0] as Shown;
    const tooDeep = namesOf(handshake.leaf).includes(`*.${base}`);
    return fail(
      expected,
      `${host} shows a certificate for ${describe(handshake)}${tooDeep ? `: *.${base} is one level too deep` : ''}`,
      `Get a certificate for *.${parent} (a wildcard needs a DNS challenge): \`certbot certonly -d ${parent} -d '*.${parent}' …\`, see docs/deployment/certificates.md. A wildcard stands for one whole label, and *-${base} is not possible.`,
    );
  },
};

export const certificateDates: Check = {
  id: 'certificate-dates',
  group: 'Certificate',
  title: 'The certificate is valid now',
  looksAt: `The certificate is valid now, and for at least ${renewBeforeDays} more days`,
  fix: 'Run `certbot renew && nginx -s reload`, then find out why it was not renewed',
  needs: ['tls'],
  run: async (context) => {
    const shown = distinct(await shownCertificates(context));
    const expected = `valid now, and for ${renewBeforeDays} days more`;
    const faults: Outcome[] = [];
    for (const { host, handshake } of shown) {
      const from = Date.parse(handshake.leaf.validFrom);
      const to = Date.parse(handshake.leaf.validTo);
      const day = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
      const daysLeft = Math.floor((to - Date.now()) / dayMs);
      if (to < Date.now())
        faults.push(
          fail(
            expected,
            `the certificate of ${host} expired at ${day(to)} UTC`,
            `Renew and reload: \`certbot renew && nginx -s reload\`. Then find out why it was not renewed: \`systemctl list-timers certbot.timer\`, or \`docker compose logs certbot\`.`,
          ),
        );
      else if (from > Date.now())
        faults.push(
          fail(
            expected,
            `the certificate of ${host} is valid from ${day(from)} UTC on; it is ${day(Date.now())} here`,
            'Set the clocks of server and clients (`timedatectl set-ntp true`), or wait.',
          ),
        );
      else if (daysLeft < renewBeforeDays)
        faults.push(
          warn(
            expected,
            `the certificate of ${host} has ${daysLeft} days left`,
            'Renewal is overdue: `certbot renew` shows why. `nginx -s reload` makes nginx use the new certificate.',
          ),
        );
    }
    const ends = shown.map(({ handshake }) => Date.parse(handshake.leaf.validTo));
    return okUnless(faults, expected, `${Math.floor((Math.min(...ends) - Date.now()) / dayMs)} days left`);
  },
};

export const certificateChain: Check = {
  id: 'certificate-chain',
  group: 'Certificate',
  title: 'The certificate is trusted',
  looksAt: 'The chain has every intermediate certificate and ends at a trusted authority',
  fix: 'Let the proxy send `fullchain.pem`; for an authority of your own, pass `--ca`',
  needs: ['tls'],
  run: async (context) => {
    const faults: Outcome[] = [];
    const shown = distinct(await shownCertificates(context));
    for (const { host, handshake } of shown)
      if (handshake.chainFault) faults.push(explainChain(host, handshake, handshake.chainFault));
    return okUnless(
      faults,
      'a complete chain to a trusted authority',
      (shown[0] as Shown).handshake.issuers.join(' ← '),
    );
  },
};

function explainChain(host: string, { leaf, issuers }: Handshake, fault: string): Outcome {
  const expected = 'a complete chain to a trusted authority';
  const ownAuthority =
    'If it is your organisation’s authority, every user’s browser has to trust it; name its certificate with --ca FILE. Otherwise use a public authority such as Let’s Encrypt.';
  const issuer = commonName(leaf.issuer);
  switch (fault) {
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      if (issuers.length > 0) break;
      return fail(
        expected,
        `${host} shows only its own certificate, and not that of its issuer “${issuer}”`,
        'Let nginx send the intermediate too: `ssl_certificate /etc/letsencrypt/live/<domain>/fullchain.pem;`, not cert.pem. ' +
          `If “${issuer}” is an authority of your own: --ca FILE.`,
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return fail(
        expected,
        `${host} shows a self-signed certificate`,
        'Get one from an authority that browsers trust (docs/deployment/certificates.md). Browsers start no service worker with this one, even after “proceed anyway”.',
      );
  }
  return fail(
    expected,
    `${host}: the authority “${issuers.at(-1) ?? issuer}” is not trusted (${fault})`,
    ownAuthority,
  );
}
