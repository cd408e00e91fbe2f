// Does what browsers ask for arrive at the relay, and unchanged? Each check tells another mistake of the proxy in front.
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, okUnless, skip, warn } from '../finding.ts';
import type { Answer } from '../http-probe.ts';
import { describeAnswer, frameConfigOf, isHealth, isRelayFrame, relayErrorOf } from '../relay-signs.ts';
import { parentOf } from '../subject.ts';

const asProgram = { headers: { accept: 'application/json' } };

/** What these checks ask for. */
const health = ({ subject: { url }, http }: CheckContext): Promise<Answer> =>
  http.get(`${url.origin}/healthz`);
const shell = ({ subject: { url }, http }: CheckContext): Promise<Answer> => http.get(`${url.origin}/`);
const relayFrame = ({ subject: { url, staticHost }, http }: CheckContext): Promise<Answer> =>
  http.get(`${url.protocol}//${staticHost}/__csb_relay/`);
const frame = ({ subject: { url, reactHost }, http }: CheckContext): Promise<Answer> =>
  http.get(`${url.protocol}//${reactHost}/`);

export const redirects: Check = {
  id: 'redirects',
  group: 'Proxy',
  title: 'Nothing is redirected',
  looksAt:
    'The base host and previews do not redirect; a redirect to another origin loses every message until the client times out',
  fix: 'Remove the redirect, rewrite or login page for these hosts from the proxy',
  needs: ['port'],
  yieldsTo: ['tls'],
  run: async (context) => {
    const answers = await Promise.all(
      [shell, health, relayFrame].map((ask) => ask(context).catch(() => undefined)),
    );
    const faults = answers
      .filter((answer) => answer !== undefined && answer.status >= 300 && answer.status < 400)
      .map((answer) =>
        fail(
          'no redirect',
          `${answer?.url}: ${describeAnswer(answer as Answer)}`,
          `Remove the \`return 301\`, \`rewrite\` or login page for this host from the proxy: every path of ${context.subject.url.host} and <id>-${context.subject.url.host} goes to the relay.`,
        ),
      );
    return okUnless(faults.slice(0, 1), 'no redirect', 'none');
  },
};

export const relayBase: Check = {
  id: 'relay-base',
  group: 'Proxy',
  title: 'The base host reaches the relay',
  looksAt: 'The relay answers `/healthz` on the base host, not an error page or LibreChat’s index.html',
  fix: 'Start the relay, and pass every path of the base host to it, without `try_files`',
  needs: ['redirects'],
  run: async (context) => {
    const { url, relayUrl } = context.subject;
    const expected = 'the relay’s answer';
    const answer = await health(context).catch((error: Error) => error);
    if (answer instanceof Error) return fail(expected, answer.message, 'See the proxy’s error log.');
    if (isHealth(answer) || relayErrorOf(answer)) return ok(expected, `${answer.status} at ${url.host}`);
    const found = `${answer.url}: ${describeAnswer(answer)}`;
    if (answer.status >= 502 && answer.status <= 504)
      return fail(
        expected,
        `${found}: the proxy does not reach the relay`,
        `Start the relay (\`docker compose up -d relay\`; \`docker compose logs relay\` says why it stopped), and let the proxy pass to where it listens: \`proxy_pass ${relayUrl.origin};\``,
      );
    return fail(
      expected,
      `${found}${answer.status === 200 ? ': another site, or its fallback to index.html, answers' : ''}`,
      `Give ${url.host} a server of its own in the proxy, with \`location / { proxy_pass ${relayUrl.origin}; }\` and without \`try_files\`; check the port.`,
    );
  },
};

export const relayPreviews: Check = {
  id: 'relay-previews',
  group: 'Proxy',
  title: 'Previews reach the relay',
  looksAt: 'Random ids reach the relay too: React’s ids and the hexadecimal ones of static previews',
  fix: 'Let the relay’s server take the ids: a `server_name` with the wildcard or a regular expression',
  needs: ['relay-base'],
  run: async (context) => {
    const { url } = context.subject;
    const expected = `the relay’s pages on every <id>-${url.host}`;
    const asks = [
      [relayFrame, isRelayFrame],
      [frame, (answer: Answer) => frameConfigOf(answer) !== undefined],
    ] as const;
    for (const [ask, isRelays] of asks) {
      const answer = await ask(context);
      if (isRelays(answer) || relayErrorOf(answer)?.code === 'HOST_UNKNOWN') continue;
      if (answer.text === (await shell(context)).text)
        return fail(
          expected,
          `${answer.url}: the page of ${url.host}: a cache of the proxy treats all hosts as one`,
          'Remove `proxy_cache` and `proxy_ignore_headers` from the relay’s server: the relay caches its answers itself.',
        );
      const regex = `"~^[a-z0-9]+-${url.hostname.replaceAll('.', '\\.')}$"`;
      return fail(
        expected,
        `${answer.url}: ${describeAnswer(answer)}: another server of the proxy answers`,
        `Let the relay’s server answer for ids: \`server_name ${url.hostname} ${regex};\` (or *.${parentOf(url.hostname)}), with \`proxy_pass\` for every path and no \`try_files\`.`,
      );
    }
    return ok(expected, 'both kinds of previews');
  },
};

export const hostHeader: Check = {
  id: 'host-header',
  group: 'Proxy',
  title: 'The Host header arrives unchanged',
  looksAt: 'The relay sees the host that the browser asked for, with its port if there is one',
  fix: 'Put `proxy_set_header Host $http_host;` next to `proxy_pass`, and check PREVIEW_HOSTNAME',
  needs: ['relay-base', 'relay-previews'],
  run: async (context) => {
    const { url } = context.subject;
    const expected = `the relay is asked for ${url.host}`;
    const unchanged =
      'Pass it on: `proxy_set_header Host $http_host;` in the same place as `proxy_pass` (a location with a `proxy_set_header` of its own inherits none).';
    for (const ask of [health, relayFrame]) {
      const answer = await ask(context);
      const error = relayErrorOf(answer);
      if (error?.code !== 'HOST_UNKNOWN') continue;
      const asked = /“([^”]*)”/.exec(error.message)?.[1] ?? '';
      const serves = /it serves (\S+)/.exec(error.message)?.[1] ?? 'another name';
      if (asked !== new URL(answer.url).host)
        return fail(expected, `the relay is asked for “${asked}”`, unchanged);
      return fail(
        `PREVIEW_HOSTNAME=${url.hostname}`,
        `the relay serves ${serves}`,
        `Set PREVIEW_HOSTNAME=${url.hostname} in relay.env and restart the relay (\`docker compose up -d relay\`), or check ${serves} with --url.`,
      );
    }
    // A health check by address is answered on any path, so this may be the first that shows it.
    const base = frameConfigOf(await frame(context))?.base;
    if (base !== `//${url.host}/`) return fail(expected, `the relay thinks it is at ${base}`, unchanged);
    return ok(expected, url.host);
  },
};

export const unknownPaths: Check = {
  id: 'unknown-paths',
  group: 'Proxy',
  title: 'Unknown paths are the relay’s own 404',
  looksAt: 'A path that does not exist gets the relay’s error, not index.html or the proxy’s own error page',
  fix: 'Remove `try_files`, `error_page` and `proxy_intercept_errors` from the relay’s server',
  needs: ['host-header'],
  run: async ({ subject: { url, reactHost }, http }) => {
    const faults: Outcome[] = [];
    for (const host of [url.host, reactHost]) {
      const answer = await http.get(`${url.protocol}//${host}/doctor/no-such-file.js`, asProgram);
      if (answer.status === 404 && relayErrorOf(answer)) continue;
      faults.push(
        fail(
          'status 404 with the relay’s message',
          `${answer.url}: ${describeAnswer(answer)}`,
          'Remove `try_files … /index.html`, `error_page` and `proxy_intercept_errors on` from the relay’s server: the relay explains its errors itself.',
        ),
      );
    }
    return okUnless(faults.slice(0, 1), 'status 404 with the relay’s message', 'the relay’s message');
  },
};

/** With everything that a proxy that “cleans” paths would change. */
const oddPath = '/doctor%2Fcheck/@a//b%20c';

export const paths: Check = {
  id: 'paths',
  group: 'Proxy',
  title: 'Paths arrive unchanged',
  looksAt: 'Encoded slashes, double slashes and `@` reach the relay as the browser wrote them',
  fix: 'Write `proxy_pass` without a path after the host',
  needs: ['unknown-paths'],
  run: async ({ subject: { url }, http }) => {
    const answer = await http.get(`${url.origin}${oddPath}`, asProgram);
    const message = relayErrorOf(answer)?.message;
    const arrived = /There is no (.*) on this host/.exec(message ?? '')?.[1];
    if (arrived === oddPath) return ok(oddPath, 'the same');
    return fail(
      `${oddPath} arrives as it is`,
      arrived === undefined ? describeAnswer(answer) : `it arrives as ${arrived}`,
      'Write `proxy_pass` without a path behind the host (`http://127.0.0.1:1580`, not `http://127.0.0.1:1580/`): with one, nginx decodes and rewrites addresses.',
    );
  },
};

/** More than nginx lets through by default, less than the kit's own nginx does. */
const largeArtifact = JSON.stringify({
  files: {
    '/package.json': '{"main":"/App.js","dependencies":{}}',
    '/App.js': `export default () => null; //${' '.repeat(2_000_000)}`,
  },
  imports: [],
  tailwind: false,
});

export const artifactFiles: Check = {
  id: 'artifact-files',
  group: 'Proxy',
  title: 'An artifact’s files reach the relay',
  looksAt: 'The relay compiles a React artifact of 2 MB, sent with POST to `/-/native`',
  fix: 'Let 10 MB through to `/-/native`, with POST: `client_max_body_size 10m;` in the relay’s server',
  needs: ['host-header'],
  patience: 2,
  run: async (context) => {
    const { subject, http } = context;
    if (frameConfigOf(await frame(context))?.engine !== 'native') return skip('the relay has ENGINE=bundler');
    const expected = 'a compiled artifact';
    const address = `${subject.url.origin}/-/native`;
    const remedy =
      'React previews open more slowly, with the bundler. Put `client_max_body_size 10m;` into the relay’s server, and let it pass POST on.';
    const answer = await http.post(address, largeArtifact).catch((error: Error) => error);
    if (answer instanceof Error) return warn(expected, answer.message, remedy);
    const { entry } = (answer.json ?? {}) as { entry?: string };
    if (answer.status === 200 && entry === '/App.js') return ok(expected, 'compiled');
    return warn(expected, `${answer.url}: ${describeAnswer(answer)}`, remedy);
  },
};
