// Does anything listen where DNS points to?
import { connect } from 'node:net';
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, okUnless, warn } from '../finding.ts';

/** One place that a browser may connect to. */
interface Target {
  address: string;
  port: number;
  family: 4 | 6;
}

/** What this machine says when it has no way to an address. */
const noRoute = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** Where the base host and previews are to be reached, each once. */
async function targetsOf({ subject: { url, staticHost }, names }: CheckContext): Promise<Target[]> {
  const usual = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const hosts = [url.hostname, staticHost.replace(/:\d+$/, '')];
  const all = await Promise.all(hosts.map((host) => names.addresses(host)));
  const targets = all.flatMap(({ v4, v6, port = usual }): Target[] => [
    ...v4.map((address) => ({ address, port, family: 4 as const })),
    ...v6.map((address) => ({ address, port, family: 6 as const })),
  ]);
  return [...new Map(targets.map((target) => [shown(target), target])).values()];
}

const shown = ({ address, port, family }: Target): string =>
  family === 6 ? `[${address}]:${port}` : `${address}:${port}`;

/** @returns undefined when it connects, else Node's error code */
function tryConnect({ address, port }: Target, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, signal, timeout: 4_000 });
    const end = (code: string | undefined): void => {
      socket.destroy();
      resolve(code);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end('ETIMEDOUT'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.name));
  });
}

async function tryAll(context: CheckContext): Promise<{ target: Target; code: string | undefined }[]> {
  const targets = await targetsOf(context);
  return Promise.all(
    targets.map(async (target) => ({ target, code: await tryConnect(target, context.signal) })),
  );
}

export const port: Check = {
  id: 'port',
  group: 'Network',
  title: 'The HTTPS port answers',
  looksAt: 'At least one of the addresses of the base host and of previews accepts connections',
  fix: 'Start the proxy, and open TCP ports 80 and 443 in every firewall',
  needs: ['dns-previews'],
  run: async (context) => {
    const results = await tryAll(context);
    const answering = results.filter(({ code }) => code === undefined);
    const expected = 'a server that listens';
    if (answering.length > 0) return ok(expected, answering.map(({ target }) => shown(target)).join(', '));
    const found = results.map(({ target, code }) => `${shown(target)} ${inWords(code)}`).join(', ');
    return fail(
      expected,
      found,
      context.subject.url.protocol === 'http:'
        ? 'Start the relay: `npm start`.'
        : 'Start the proxy (`systemctl start nginx`, or `docker compose up -d nginx`), see that it has `listen 443 ssl`, and open TCP ports 80 and 443 in the firewall of the machine and of the hosting provider.',
    );
  },
};

export const everyAddress: Check = {
  id: 'every-address',
  group: 'Network',
  title: 'Every address answers',
  looksAt:
    'Every published A and AAAA address accepts connections; an AAAA record where nothing listens breaks previews for some users only',
  fix: 'Let the proxy listen on that address, or remove its record',
  needs: ['port'],
  run: async (context) => {
    const faults: Outcome[] = [];
    const results = await tryAll(context);
    for (const { target, code } of results) {
      if (code === undefined) continue;
      const { address, family, port: number } = target;
      const expected = `a server at ${shown(target)}`;
      if (family === 6 && noRoute.has(code))
        faults.push(
          warn(
            expected,
            'this machine has no IPv6 connection, so it cannot tell',
            'Run the doctor from a machine with IPv6, or remove the AAAA records if the server has none.',
          ),
        );
      else
        faults.push(
          fail(
            expected,
            `${shown(target)} ${inWords(code)}, while other addresses answer`,
            family === 6
              ? `Let nginx listen there (\`listen [::]:${number} ssl;\` beside \`listen ${number} ssl;\`), or remove the AAAA record ${address}.`
              : `Start the server at ${address}, or remove its A record.`,
          ),
        );
    }
    return okUnless(
      faults,
      'a server at each address',
      results.map(({ target }) => shown(target)).join(', '),
    );
  },
};

function inWords(code: string | undefined): string {
  const words: Record<string, string> = {
    ECONNREFUSED: 'refuses connections',
    ETIMEDOUT: 'does not answer (a firewall?)',
    ENETUNREACH: 'cannot be reached from here',
    EHOSTUNREACH: 'cannot be reached from here',
  };
  return words[code ?? ''] ?? `fails (${code})`;
}
