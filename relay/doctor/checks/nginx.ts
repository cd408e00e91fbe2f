// nginx's configuration as text, for what cannot be seen from outside: how it would treat LibreChat's streams and uploads.
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, skip, warn } from '../finding.ts';
import {
  bytes,
  type NginxBlock,
  type NginxPlace,
  placeFor,
  seconds,
  serverFor,
  valueAt,
  valuesAt,
} from '../nginx-config.ts';

/** Where LibreChat streams answers, and takes files. */
const streamPath = '/api/agents/chat';
const uploadPath = '/api/files';
/** A model may think for minutes before its next token; nginx's own default is 60 s. */
const shortestReadSeconds = 300;
/** nginx's own default is 1 MB. */
const smallestBodyBytes = 25 * 1024 * 1024;

export const nginxConfiguration: Check = {
  id: 'nginx-configuration',
  group: 'nginx',
  title: 'nginx accepts its configuration',
  looksAt: 'nginx’s configuration can be read: `--nginx-conf`, else `nginx -T`, else what setup wrote',
  fix: 'Correct the line that is named, check with `nginx -t`, and reload',
  run: async ({ nginx, subject: { isLocal } }) => {
    if (!isLocal && !nginx.isNamed)
      return skip('the proxy runs on another machine', 'Name its configuration with --nginx-conf FILE.');
    const reading = await nginx.read();
    if (reading.kind === 'absent') return skip(reading.reason, 'Name the file with --nginx-conf FILE.');
    if (reading.kind === 'wrong')
      return fail(
        'a valid configuration',
        `${reading.from}: ${reading.reason}`,
        'Correct the line it names, check with `nginx -t`, then `nginx -s reload`.',
      );
    return ok('a valid configuration', reading.from);
  },
};

async function rootOf({ nginx }: CheckContext): Promise<NginxBlock> {
  const reading = await nginx.read();
  if (reading.kind !== 'read') throw new Error('The configuration of nginx was not read.');
  return reading.root;
}

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

export const nginxServerName: Check = {
  id: 'nginx-server-name',
  group: 'nginx',
  title: 'One server of nginx takes base host and previews',
  looksAt:
    'nginx picks a server by its `server_name` for the base host and for ids, and both pass to the same relay',
  fix: 'Give one server the base host and the ids as `server_name`, and one `proxy_pass`',
  needs: ['nginx-configuration', 'address'],
  run: async (context) => {
    const { url, staticHost, reactHost, relayUrl } = context.subject;
    const root = await rootOf(context);
    const regex = `"~^[a-z0-9]+-${url.hostname.replaceAll('.', '\\.')}$"`;
    const targets: string[] = [];
    for (const name of [url.host, staticHost, reactHost].map((host) => host.replace(/:\d+$/, ''))) {
      const found = serverFor(root, name, portOf(url));
      if (name === url.hostname && found?.by !== 'name')
        return skip(
          `this nginx has no server for ${name}`,
          'If another one is in front, name its configuration with --nginx-conf FILE.',
        );
      if (!found || found.by === 'default')
        return fail(
          `a server for ${name}`,
          found
            ? `no server_name fits, so the default server takes it (${found.server.names.join(' ') || 'without a name'})`
            : `no server listens on port ${portOf(url)}`,
          `\`server_name ${url.hostname} ${regex};\` in the relay’s server; quote a regular expression that has braces in it.`,
        );
      const target = valueAt(placeFor(found.server, found.http, '/healthz'), 'proxy_pass')?.[0];
      if (target === undefined)
        return fail(
          `${name} is passed to the relay`,
          'its server does not pass requests on',
          `\`location / { proxy_pass ${relayUrl.origin}; proxy_set_header Host $http_host; }\``,
        );
      targets.push(target);
    }
    if (new Set(targets).size > 1)
      return fail(
        'one relay for base host and previews',
        `${[...new Set(targets)].join(' and ')}`,
        'Use the same `proxy_pass` for both.',
      );
    return ok('a server by name', `proxy_pass ${targets[0]}`);
  },
};

/** Where nginx would handle a path of LibreChat's; undefined when nginx here does not serve LibreChat. */
async function librechatPlace(context: CheckContext, path: string): Promise<NginxPlace | undefined> {
  const { embedder } = context.subject;
  if (!embedder) return undefined;
  const found = serverFor(await rootOf(context), embedder.hostname, portOf(embedder));
  if (found?.by !== 'name') return undefined;
  const place = placeFor(found.server, found.http, path);
  return valueAt(place, 'proxy_pass') === undefined ? undefined : place;
}

/** A check of the place where nginx passes one of LibreChat's paths on. */
function librechatCheck(
  row: Pick<Check, 'id' | 'title' | 'looksAt' | 'fix'> & {
    path: string;
    look: (place: NginxPlace) => Outcome;
  },
): Check {
  const { path, look, ...rest } = row;
  return {
    ...rest,
    group: 'nginx',
    needs: ['nginx-configuration'],
    run: async (context) => {
      const place = await librechatPlace(context, path);
      if (place) return look(place);
      return skip(
        context.subject.embedder
          ? `this nginx does not serve ${context.subject.embedder.host}`
          : 'LibreChat’s address is not known',
      );
    },
  };
}

export const nginxBuffering = librechatCheck({
  id: 'nginx-buffering',
  title: 'LibreChat’s streams are not buffered',
  looksAt: '`proxy_buffering off` where nginx passes on LibreChat’s answers, which are server-sent events',
  fix: 'Put `proxy_buffering off;` into LibreChat’s server',
  path: streamPath,
  look: (place) => {
    const found = valueAt(place, 'proxy_buffering')?.[0] ?? 'on (nginx’s default)';
    if (found === 'off') return ok('proxy_buffering off', 'off');
    return fail(
      'proxy_buffering off',
      `proxy_buffering ${found}: answers arrive in bursts, or only when they are complete`,
      'In LibreChat’s server: `proxy_buffering off;`',
    );
  },
});

export const nginxTimeouts = librechatCheck({
  id: 'nginx-timeouts',
  title: 'LibreChat’s streams may pause',
  looksAt: `\`proxy_read_timeout\` of ${shortestReadSeconds} s or more for LibreChat, because a model may think for minutes`,
  fix: 'Put `proxy_read_timeout 3600s;` into LibreChat’s server',
  path: streamPath,
  look: (place) => {
    const found = valueAt(place, 'proxy_read_timeout')?.[0] ?? '60s';
    const expected = `proxy_read_timeout of ${shortestReadSeconds}s or more`;
    if (seconds(found) >= shortestReadSeconds) return ok(expected, found);
    return fail(
      expected,
      `${found}: answers that pause longer break off`,
      'In LibreChat’s server: `proxy_read_timeout 3600s; proxy_send_timeout 3600s;`',
    );
  },
});

export const nginxUploads = librechatCheck({
  id: 'nginx-uploads',
  title: 'LibreChat takes large uploads',
  looksAt: '`client_max_body_size` for LibreChat is 0, or 25 MB or more',
  fix: 'Put `client_max_body_size 512m;` into LibreChat’s server',
  path: uploadPath,
  look: (place) => {
    const found = valueAt(place, 'client_max_body_size')?.[0] ?? '1m';
    const expected = 'client_max_body_size of 25m or more';
    if (found === '0' || bytes(found) >= smallestBodyBytes) return ok(expected, found);
    return fail(
      expected,
      `${found}: larger files are refused with status 413`,
      'In LibreChat’s server: `client_max_body_size 512m;`',
    );
  },
});

export const nginxWebSockets = librechatCheck({
  id: 'nginx-websockets',
  title: 'LibreChat’s WebSockets pass',
  looksAt: 'The Upgrade header is passed on to LibreChat',
  fix: 'Pass on `Upgrade` and `Connection` over HTTP/1.1 in LibreChat’s server',
  path: '/',
  look: (place) => {
    const headers = valuesAt(place, 'proxy_set_header').map(([name = '']) => name.toLowerCase());
    if (headers.includes('upgrade')) return ok('the Upgrade header is passed on', 'it is');
    return warn(
      'the Upgrade header is passed on',
      'it is not',
      'In LibreChat’s server: `proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`',
    );
  },
});
