// LibreChat as browsers get it: reachable at its public address, and with headers that let previews in.

import type { Check, CheckContext } from '../check.ts';
import { allowsFrame, frameSourcesOf } from '../content-policy.ts';
import { fail, type Outcome, ok, okUnless, skip, warn } from '../finding.ts';
import type { Answer } from '../http-probe.ts';
import { describeAnswer } from '../relay-signs.ts';
import { coversName, namesOf } from '../tls-probe.ts';

const fetchPage = ({ http }: CheckContext, embedder: URL): Promise<Answer> => http.get(`${embedder.origin}/`);

export const librechatReached: Check = {
  id: 'librechat-reached',
  group: 'LibreChat',
  title: 'LibreChat answers at its public address',
  looksAt: 'LibreChat’s address resolves, has a trusted certificate that covers it, and returns a page',
  fix: 'Start LibreChat, and check its DNS, its certificate and its server in the proxy',
  run: async (context) => {
    const { embedder } = context.subject;
    if (!embedder)
      return skip(
        'LibreChat’s address is not known',
        'Give it with --embedder https://librechat.example.com.',
      );
    const expected = `a page at ${embedder.origin}`;
    let answer: Answer;
    try {
      answer = await fetchPage(context, embedder);
    } catch (error) {
      return fail(
        expected,
        (error as Error).message,
        `Check DNS of ${embedder.hostname}, and that the proxy serves it. If LibreChat is elsewhere, pass its address with --embedder.`,
      );
    }
    if (answer.status >= 500)
      return fail(
        expected,
        describeAnswer(answer),
        'Start LibreChat (`docker compose up -d librechat`); `docker compose logs librechat` says why it stopped. Its container listens on 3080, published on 127.0.0.1:1490.',
      );
    const location = answer.header('location');
    if (location && answer.status < 400 && new URL(location, embedder).origin !== embedder.origin)
      return warn(
        expected,
        describeAnswer(answer),
        `If users end up at ${new URL(location, embedder).origin}, that is the origin for EMBED_ORIGINS and DOMAIN_CLIENT.`,
      );
    const fault = embedder.protocol === 'https:' ? await findCertificateFault(context, embedder) : undefined;
    return fault ?? ok(expected, describeAnswer(answer));
  },
};

async function findCertificateFault(
  { names, tls }: CheckContext,
  { hostname, port }: URL,
): Promise<Outcome | undefined> {
  const { v4, v6, port: given } = await names.addresses(hostname);
  const [address = hostname] = [...v4, ...v6];
  const { leaf, chainFault } = await tls.handshake({
    address,
    port: given ?? (Number(port) || 443),
    name: hostname,
  });
  const expected = `a valid certificate for ${hostname}`;
  if (!coversName(namesOf(leaf), hostname))
    return fail(
      expected,
      `one for ${namesOf(leaf).join(', ')}`,
      `Get a certificate that names ${hostname} (docs/deployment/certificates.md).`,
    );
  if (Date.parse(leaf.validFrom) > Date.now())
    return fail(expected, `one that is valid from ${leaf.validFrom} on`, '`timedatectl set-ntp true`');
  if (Date.parse(leaf.validTo) < Date.now())
    return fail(expected, `one that expired at ${leaf.validTo}`, '`certbot renew && nginx -s reload`');
  if (chainFault)
    return fail(
      expected,
      `one that is not trusted (${chainFault})`,
      '`ssl_certificate` has to be fullchain.pem; for an authority of your own: --ca FILE.',
    );
  return undefined;
}

export const librechatHeaders: Check = {
  id: 'librechat-headers',
  group: 'LibreChat',
  title: 'LibreChat’s page may embed previews',
  looksAt:
    'LibreChat’s Content-Security-Policy allows frames of the base host and of ids, and no Cross-Origin-Embedder-Policy forbids them',
  fix: 'Add both to CSP_FRAME_SRC_EXTRA, or to `frame-src` if the proxy adds the policy',
  needs: ['librechat-reached', 'address'],
  run: async (context) => {
    const { url, embedder, staticHost, reactHost } = context.subject;
    if (!embedder) return skip('LibreChat’s address is not known');
    const answer = await fetchPage(context, embedder);
    const wildcard = `${url.protocol}//*.${url.host.slice(url.host.indexOf('.') + 1)}`;
    const faults: Outcome[] = [];
    const look = (header: string, report: typeof fail): void => {
      for (const policy of answer.all(header).flatMap((value) => value.split(/,\s*(?=[a-z-]+[ ;])/))) {
        const sources = frameSourcesOf(policy);
        const refused =
          sources &&
          [url.host, staticHost, reactHost].filter(
            (host) => !allowsFrame(sources, `${url.protocol}//${host}`, embedder.origin),
          );
        if (refused && refused.length > 0)
          faults.push(
            report(
              `frame-src with ${url.origin} ${wildcard}`,
              `${header} of ${embedder.origin} allows frames of ${sources.join(' ') || 'nobody'} only`,
              `Where the policy is LibreChat’s own: CSP_FRAME_SRC_EXTRA="${url.origin} ${wildcard}" in librechat.env. Where the proxy adds it: add both sources to its frame-src.`,
            ),
          );
      }
    };
    look('content-security-policy', fail);
    look('content-security-policy-report-only', warn);
    const embedding = answer.header('cross-origin-embedder-policy');
    if (embedding && embedding !== 'unsafe-none')
      faults.push(
        fail(
          'no Cross-Origin-Embedder-Policy',
          `${embedder.origin} has Cross-Origin-Embedder-Policy: ${embedding}, so browsers block frames without one, such as previews`,
          'Remove `add_header Cross-Origin-Embedder-Policy` from LibreChat’s server.',
        ),
      );
    return okUnless(
      faults,
      'previews may be embedded',
      answer.header('content-security-policy') ? 'its policy allows them' : 'no policy forbids them',
    );
  },
};
