// The relay's headers as they arrive in the browser: a proxy may neither add to them nor take away.
import { previewHeaders, sharedFileHeaders, workerHeaders } from '../../http/headers.ts';
import type { Check } from '../check.ts';
import { fail, type Outcome, ok, okUnless, skip } from '../finding.ts';
import type { Answer } from '../http-probe.ts';
import { assetUrl, changedHeaders, fetchPages } from '../relay-pages.ts';

const policies = (answer: Answer): readonly string[] => answer.all('content-security-policy');

const ancestorsOf = (policy: string): string[] | undefined =>
  /(?:^|[;,])\s*frame-ancestors([^;,]*)/i.exec(policy)?.[1]?.trim().split(/\s+/);

export const contentPolicy: Check = {
  id: 'content-policy',
  group: 'Headers',
  title: 'The content policy is the relay’s alone',
  looksAt: 'Each page has exactly one Content-Security-Policy, the relay’s, and service workers have none',
  fix: 'Neither add nor hide this header in the relay’s server, or in anything it inherits from',
  needs: ['host-header'],
  run: async (context) => {
    const { shell, frame, relayFrame, workers } = await fetchPages(context);
    const expected = 'one Content-Security-Policy, the relay’s';
    const remedy =
      'Remove `add_header Content-Security-Policy` and `proxy_hide_header Content-Security-Policy` from the relay’s server and from whatever it inherits from: `http { … }` and included snippets. LibreChat’s own policy belongs in LibreChat’s server.';
    const faults: Outcome[] = [];
    for (const page of [shell, frame, relayFrame]) {
      const found = policies(page).flatMap((policy) => policy.split(/,\s*(?=[a-z-]+ )/));
      const own = found.filter((policy) => ancestorsOf(policy));
      if (found.length === 1 && own.length === 1) continue;
      const text =
        found.length === 0
          ? 'none'
          : `${found.length}: ${found.map((policy) => `“${clip(policy)}”`).join(' and ')}`;
      faults.push(fail(expected, `${page.url} has ${text}`, remedy));
    }
    for (const worker of workers)
      if (policies(worker).length > 0)
        faults.push(
          fail(
            'no Content-Security-Policy on a service worker',
            `${worker.url} has “${clip(policies(worker).join(', '))}”, which binds what the worker fetches`,
            remedy,
          ),
        );
    const framePolicy = previewHeaders(['*'])['Content-Security-Policy'];
    if (faults.length === 0 && policies(relayFrame)[0] !== framePolicy)
      faults.push(
        fail(`“${framePolicy}”`, `${relayFrame.url} has “${clip(policies(relayFrame)[0] ?? '')}”`, remedy),
      );
    return okUnless(faults.slice(0, 1), expected, 'one on each page');
  },
};

export const frameAncestors: Check = {
  id: 'frame-ancestors',
  group: 'Headers',
  title: 'LibreChat may embed previews',
  looksAt: '`frame-ancestors` of the relay’s pages includes LibreChat’s origin',
  fix: 'Add LibreChat’s origin to EMBED_ORIGINS and restart the relay',
  needs: ['content-policy'],
  run: async (context) => {
    const { embedder } = context.subject;
    if (!embedder)
      return skip(
        'LibreChat’s address is not known',
        'Give it with --embedder https://librechat.example.com.',
      );
    const { shell, frame } = await fetchPages(context);
    for (const page of [shell, frame]) {
      const ancestors = ancestorsOf(policies(page)[0] ?? '') ?? [];
      if (ancestors.includes(embedder.origin) || ancestors.includes('*')) continue;
      return fail(
        `frame-ancestors with ${embedder.origin}`,
        `${page.url} allows ${ancestors.join(' ') || 'nobody'}`,
        `Set EMBED_ORIGINS=${embedder.origin} in relay.env (several are separated by spaces; scheme and port count) and restart the relay: \`docker compose up -d relay\`.`,
      );
    }
    return ok(`frame-ancestors with ${embedder.origin}`, embedder.origin);
  },
};

export const frameOptions: Check = {
  id: 'frame-options',
  group: 'Headers',
  title: 'No X-Frame-Options',
  looksAt: 'No X-Frame-Options header is added; it would stop LibreChat from embedding previews',
  fix: 'Remove `add_header X-Frame-Options` for the relay’s hosts',
  needs: ['host-header'],
  run: async (context) => {
    const { shell, frame, relayFrame } = await fetchPages(context);
    const found = [shell, frame, relayFrame].find((page) => page.all('x-frame-options').length > 0);
    if (!found) return ok('no X-Frame-Options', 'none');
    return fail(
      'no X-Frame-Options',
      `${found.url} has X-Frame-Options: ${found.header('x-frame-options')}`,
      'Remove `add_header X-Frame-Options` for the relay’s hosts, and from whatever they inherit from. EMBED_ORIGINS decides who may embed previews.',
    );
  },
};

export const workerScript: Check = {
  id: 'worker-script',
  group: 'Headers',
  title: 'Service worker scripts arrive as such',
  looksAt:
    'Both service workers arrive with status 200, a JavaScript type and `Service-Worker-Allowed: /`, and are revalidated each time',
  fix: 'Pass every path of preview hosts to the relay, and leave its headers alone',
  needs: ['unknown-paths'],
  run: async (context) => {
    const { workers } = await fetchPages(context);
    const faults = workers.flatMap((worker) => {
      if (worker.status !== 200)
        return [
          fail(
            'status 200',
            `${worker.url}: ${worker.status}`,
            'Pass every path of preview hosts to the relay.',
          ),
        ];
      return changedHeaders(worker, workerHeaders);
    });
    return okUnless(faults.slice(0, 1), 'the relay’s headers', 'both workers');
  },
};

export const isolationHeaders: Check = {
  id: 'isolation-headers',
  group: 'Headers',
  title: 'Isolation headers arrive',
  looksAt:
    'Origin-Agent-Cluster, Cross-Origin-Resource-Policy, Referrer-Policy and nosniff are there, and no Cross-Origin-Opener-Policy or -Embedder-Policy is added',
  fix: 'Neither add nor remove such headers for the relay’s hosts',
  needs: ['host-header'],
  run: async (context) => {
    const { shell, frame } = await fetchPages(context);
    const {
      'Content-Type': _type,
      'Cache-Control': _cache,
      'Content-Security-Policy': _policy,
      ...isolation
    } = previewHeaders([]);
    const faults = [shell, frame].flatMap((page) => [
      ...changedHeaders(page, isolation),
      ...['cross-origin-embedder-policy', 'cross-origin-opener-policy']
        .filter((name) => page.all(name).length > 0)
        .map((name) =>
          fail(
            `no ${name}`,
            `${page.url} has ${name}: ${page.header(name)}`,
            `Remove \`add_header\` for ${name} from the relay’s server: artifacts load files that do not opt in.`,
          ),
        ),
    ]);
    return okUnless(faults.slice(0, 1), 'the relay’s headers', 'unchanged');
  },
};

export const sharedFiles: Check = {
  id: 'shared-files',
  group: 'Headers',
  title: 'Preview origins may load the bundler’s files',
  looksAt:
    'Files of the base host have `Access-Control-Allow-Origin: *` exactly once, and Cross-Origin-Resource-Policy',
  fix: 'Pass `/static/` to the relay or serve it from the same build’s `www/`, and add no CORS headers',
  needs: ['host-header'],
  run: async (context) => {
    const url = await assetUrl(context);
    if (!url) return skip('the bundler’s page names no script');
    const answer = await context.http.get(url, {
      headers: { origin: `${context.subject.url.protocol}//${context.subject.reactHost}` },
    });
    if (answer.status !== 200)
      return fail(
        'status 200',
        `${url}: ${answer.status}`,
        'Pass `/static/` of the base host to the relay, or serve it from the `www/` of the same build.',
      );
    return okUnless(
      changedHeaders(answer, sharedFileHeaders).slice(0, 1),
      'the relay’s CORS headers, once',
      'unchanged',
    );
  },
};

const clip = (text: string): string => (text.length > 90 ? `${text.slice(0, 90)}…` : text);
