// Names of the base host and of previews in DNS.
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, okUnless, skip, warn } from '../finding.ts';
import type { Addresses } from '../name-resolver.ts';
import { isLocalhost, parentOf } from '../subject.ts';

const any = (found: Addresses): string[] => [...found.v4, ...found.v6];
const hostnameOf = (host: string): string => host.replace(/:\d+$/, '');

export const dnsBase: Check = {
  id: 'dns-base',
  group: 'Network',
  title: 'DNS of the base host',
  looksAt: 'The base host has an A or AAAA record, and its CNAMEs do not run in a circle',
  fix: 'Add an A or AAAA record for the base host',
  needs: ['address'],
  run: async ({ subject: { url }, names }) => {
    const name = url.hostname;
    const found = await names.addresses(name);
    const expected = `an address for ${name}`;
    if (any(found).length > 0) return ok(expected, any(found).join(', '));
    return (
      (await findLoop(names, name)) ??
      fail(expected, `none (${found.error})`, noAddressRemedy(found, `${name}. A <address of this server>`))
    );
  },
};

export const dnsPreviews: Check = {
  id: 'dns-previews',
  group: 'Network',
  title: 'DNS of previews',
  looksAt: 'Random ids in front of the base host resolve; a wildcard one level too deep is recognised',
  fix: 'Add the wildcard next to the base host: `*.example.com` for `preview.example.com`',
  needs: ['dns-base'],
  run: async ({ subject: { url, staticHost, reactHost }, names }) => {
    const base = await names.addresses(url.hostname);
    const parent = parentOf(url.hostname);
    for (const name of [staticHost, reactHost].map(hostnameOf)) {
      const found = await names.addresses(name);
      if (any(found).length > 0) continue;
      const expected = `an address for ${name}, as for every <id>-${url.hostname}`;
      const loop = await findLoop(names, name);
      if (loop) return loop;
      const record = `*.${parent}. ${base.v4.length > 0 ? 'A' : 'AAAA'} ${any(base)[0]}`;
      const tooDeep = any(await names.addresses(`${name.split('-')[0]}.${url.hostname}`)).length > 0;
      if (tooDeep)
        return fail(
          expected,
          `none; only names below ${url.hostname} resolve: the wildcard is *.${url.hostname}, one level too deep`,
          `Add the record \`${record}\`. The wildcard *.${url.hostname} is never asked for and can go.`,
        );
      return fail(expected, `none (${found.error})`, noAddressRemedy(found, record));
    }
    return ok(
      `an address for every <id>-${url.hostname}`,
      any(await names.addresses(hostnameOf(staticHost))).join(', '),
    );
  },
};

export const dnsSame: Check = {
  id: 'dns-same',
  group: 'Network',
  title: 'Base host and previews are at the same addresses',
  looksAt: 'The base host and a random id have the same A and AAAA records',
  fix: 'Give both names the same records',
  needs: ['dns-previews'],
  run: async ({ subject: { url, staticHost }, names }) => {
    if (isLocalhost(url.hostname)) return skip('localhost has no records');
    const [base, preview] = await Promise.all(
      [url.hostname, hostnameOf(staticHost)].map((name) => names.addresses(name)),
    );
    const faults: Outcome[] = [];
    for (const [type, family] of [
      ['A', 'v4'],
      ['AAAA', 'v6'],
    ] as const) {
      const [ofBase, ofPreview] = [base?.[family] ?? [], preview?.[family] ?? []];
      if (ofBase.join() === ofPreview.join()) continue;
      const overlap = ofBase.some((address) => ofPreview.includes(address));
      faults.push(
        (overlap ? warn : fail)(
          `the same ${type} records for ${url.hostname} and *.${parentOf(url.hostname)}`,
          `${url.hostname}: ${ofBase.join(', ') || 'none'}; ${hostnameOf(staticHost)}: ${ofPreview.join(', ') || 'none'}`,
          `Give both names the same ${type} records. Where a load balancer or a CDN hands out some of its many addresses at a time, this is harmless.`,
        ),
      );
    }
    return okUnless(faults, 'the same A and AAAA records', any(base as Addresses).join(', '));
  },
};

export const addressSpace: Check = {
  id: 'address-space',
  group: 'Network',
  title: 'Previews are as public as LibreChat',
  looksAt:
    'LibreChat and previews are both at public addresses, or both at private ones: browsers ask for permission, or refuse, when a public page embeds a private one',
  fix: 'Give both names addresses of the same kind',
  needs: ['dns-previews'],
  run: async ({ subject: { url, embedder }, names }) => {
    if (!embedder) return skip('LibreChat’s address is not known');
    const [previews, librechat] = await Promise.all(
      [url.hostname, embedder.hostname].map(async (name) => any(await names.addresses(name))),
    );
    const [inner, outer] = [previews?.some(isPrivate) ?? false, librechat?.some(isPrivate) ?? false];
    const found = `previews at ${previews?.join(', ')}, LibreChat at ${librechat?.join(', ') || 'no address'}`;
    const expected = 'both public, or both private';
    if (!inner || outer || librechat?.length === 0) return ok(expected, found);
    return warn(
      expected,
      found,
      'Give both names addresses of the same kind. Chromium calls this local network access, and shows no preview until the user allows it.',
    );
  },
};

/** Loopback and private addresses: RFC 1918, RFC 6598, RFC 4193, link-local. */
const privateAddresses =
  /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd]|fe[89ab])/i;

const isPrivate = (address: string): boolean => privateAddresses.test(address);

async function findLoop(names: CheckContext['names'], name: string): Promise<Outcome | undefined> {
  const { chain, loops } = await names.aliases(name);
  if (loops)
    return fail(
      `an address for ${name}`,
      `CNAMEs that lead in a circle: ${chain.join(' → ')}`,
      `Replace the CNAME of ${chain.at(-2)} with an A or AAAA record.`,
    );
  if (chain.length < 2) return undefined;
  return fail(
    `an address for ${name}`,
    `CNAMEs that lead to a name without an address: ${chain.join(' → ')}`,
    `Give ${chain.at(-1)} an A or AAAA record, or point the CNAME to a name that has one.`,
  );
}

/** @param record the record to add */
function noAddressRemedy({ error, source }: Addresses, record: string): string {
  if (source === 'dns' && /TIMEOUT|REFUSED/.test(error ?? ''))
    return 'The DNS server does not answer. Check /etc/resolv.conf, or name a server with --dns 9.9.9.9:53.';
  return `Add the record \`${record}\` at your DNS provider. New records can take minutes to appear everywhere.`;
}
