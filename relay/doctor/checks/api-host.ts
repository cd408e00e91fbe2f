// The host of the API, where there is one, and LibreChat's token for it.
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, skip } from '../finding.ts';
import { examineCertificate, examineDns } from '../further-host.ts';
import type { Answer } from '../http-probe.ts';

/** A check of the host, where the deployment has one. */
function apiCheck(
  row: Omit<Check, 'group' | 'run'>,
  look: (context: CheckContext, host: string) => Promise<Outcome>,
): Check {
  return {
    ...row,
    group: 'Pages',
    run: async (context) => {
      const { isLocal, config } = context.subject;
      if (!isLocal) return skip('the relay’s settings are elsewhere');
      const host = config?.apiHostname ?? '';
      return host === '' ? ok('API_HOSTNAME, if at all', 'there is none') : look(context, host);
    },
  };
}

export const apiDns: Check = apiCheck(
  {
    id: 'api-dns',
    title: 'DNS of the API',
    looksAt: 'API_HOSTNAME has an address of the base host’s',
    fix: 'Add the record next to the base host’s',
    needs: ['relay-settings', 'dns-same', 'port'],
  },
  examineDns,
);

export const apiCertificate: Check = apiCheck(
  {
    id: 'api-certificate',
    title: 'The API’s certificate',
    looksAt: 'The certificate shown for API_HOSTNAME names it, and is trusted',
    fix: 'Run `npm run setup`, `certbot/issue.sh`, and reload nginx',
    needs: ['api-dns', 'certificate-names', 'certificate-dates', 'certificate-chain'],
  },
  (context, host) =>
    examineCertificate(
      context,
      host,
      `Let nginx have a server for ${host} with its certificate: run \`npm run setup -- --yes --api-host ${host}\`, then \`certbot/issue.sh\`, and reload nginx.`,
    ),
);

const codeOf = ({ json }: Answer): string => {
  const error = (json as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
  return `${error?.code ?? ''} ${error?.message ?? ''}`;
};

export const apiAnswers: Check = apiCheck(
  {
    id: 'api-answers',
    title: 'The API answers, and asks for a token',
    looksAt: '`/mcp` of API_HOSTNAME answers 401 in JSON to whoever has no token',
    fix: 'Give nginx a server for API_HOSTNAME that passes every path to the relay, with the Host header',
    needs: ['api-certificate', 'relay-base'],
  },
  async ({ http, subject: { url, relayUrl } }, host) => {
    const address = `${url.protocol}//${host}${url.port && `:${url.port}`}/mcp`;
    const answer = await http.post(address, '{}');
    const expected = '401, in JSON';
    const found = `${answer.status}${answer.header('content-type') ? `, ${answer.header('content-type')}` : ''}`;
    if (answer.status === 401 && /API_TOKEN_NEEDED/.test(codeOf(answer))) return ok(expected, found);
    if (answer.status === 421)
      return fail(
        expected,
        `${found}: the relay does not take ${host} for its API`,
        `Set API_HOSTNAME=${host} for the relay, restart it, and pass the Host header on: \`proxy_set_header Host $http_host;\``,
      );
    return fail(
      expected,
      found,
      `In nginx’s server for ${host}: \`location / { proxy_pass ${relayUrl.origin}; proxy_set_header Host $http_host; proxy_buffering off; }\`; SHARES=on for the relay.`,
    );
  },
);

export const chatToken: Check = {
  id: 'chat-token',
  group: 'Pages',
  title: 'LibreChat’s token is good',
  looksAt: 'The relay takes PREVIEW_KIT_TOKEN of librechat.env, at the name by which LibreChat calls it',
  fix: 'Run `npm run setup -- --yes --publish yes`, and restart the relay',
  needs: ['relay-settings', 'relay-health'],
  run: async ({ http, subject: { config, files, relayUrl } }) => {
    const { librechat, relay } = files;
    const token = librechat.values.PREVIEW_KIT_TOKEN ?? '';
    const expected = 'a token that the relay takes';
    if (token === '')
      return ok(`${expected}, if at all`, 'LibreChat has none: nobody publishes from the chat');
    const host = config?.apiAliases[0] ?? config?.apiHostname ?? '';
    if (host === '')
      return fail(
        expected,
        'a token, and no name at which the relay would take it',
        `Set API_ALIASES=relay in ${relay.name}, and restart the relay.`,
      );
    const answer = await http.get(`${relayUrl.origin}/api/shares?limit=1`, {
      headers: { host, authorization: `Bearer ${token}`, 'x-user-id': 'doctor' },
    });
    if (answer.status === 200) return ok(expected, `it takes it, at ${host}`);
    const found = `${answer.status} ${codeOf(answer).trim()}`;
    if (answer.status === 401 || answer.status === 403)
      return fail(
        expected,
        found,
        `Run \`npm run setup -- --yes --publish yes\`, which puts the hash of PREVIEW_KIT_TOKEN into ${relay.name}, then \`docker compose up -d relay\`. If the token was revoked: put a new one into ${librechat.name} first.`,
      );
    if (answer.status === 421)
      return fail(
        expected,
        `${found}: the relay does not answer its API at ${host}`,
        `Restart the relay: it runs with other settings than ${relay.name} has. \`docker compose up -d relay\``,
      );
    return fail(expected, found, 'See the relay’s log: `docker compose logs relay`. SHARES has to be on.');
  },
};
