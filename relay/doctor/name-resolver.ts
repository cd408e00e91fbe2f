// Names to addresses, as the deployment's users get them: from DNS, or from what the operator says with --resolve.
import { lookup, Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';

/** `name=address[:port]`; a name that begins with `*.` stands for everything below it. */
export interface NameRule {
  pattern: string;
  address: string;
  port: number | undefined;
}

/** What a name resolves to. */
export interface Addresses {
  v4: string[];
  v6: string[];
  /** The port to use in place of every other, from --resolve. */
  port?: number | undefined;
  source: 'dns' | 'hosts' | '--resolve';
  /** DNS error code when neither family has an address: ENOTFOUND, ESERVFAIL, ETIMEOUT, … */
  error?: string;
}

/** A chain of CNAMEs, the name itself first. */
export interface Aliases {
  chain: string[];
  loops: boolean;
}

const maxAliases = 12;
const nothingThere = new Set(['ENOTFOUND', 'ENODATA']);

/** @throws Error that states the form, for people */
export function parseNameRule(text: string): NameRule {
  const match =
    /^((?:\*\.)?[\w.-]+)=(?:\[([\da-f:.]+)\]|([\d.]+)|([\da-f]*:[\da-f:.]+))(?::(\d{1,5}))?$/i.exec(text);
  const address = match?.[2] ?? match?.[3] ?? match?.[4];
  if (!match || !address)
    throw new Error(
      `--resolve ${text} is not name=address[:port], e.g. *.example.com=203.0.113.5 or previews.example.com=[2001:db8::5]:8443.`,
    );
  return {
    pattern: (match[1] as string).toLowerCase(),
    address,
    port: match[5] === undefined ? undefined : Number(match[5]),
  };
}

/** See the head of this file. */
export class NameResolver {
  readonly #known = new Map<string, Promise<Addresses>>();
  readonly #dns: Resolver;

  /** @param options `server`: `address:port` of a DNS server in place of the system's; `timeoutMs`: for one query. @throws Error for people when `server` is no address */
  constructor(readonly options: { rules: NameRule[]; server?: string | undefined; timeoutMs: number }) {
    this.#dns = new Resolver({ timeout: options.timeoutMs, tries: 2 });
    if (options.server === undefined) return;
    try {
      this.#dns.setServers([options.server]);
    } catch {
      throw new Error(
        `--dns ${options.server} is not the address of a DNS server, e.g. 9.9.9.9 or [2620:fe::fe]:53.`,
      );
    }
  }

  /** Whether a browser has to be told the addresses, because its own DNS has others. */
  get isBent(): boolean {
    return this.options.rules.length > 0 || this.options.server !== undefined;
  }

  addresses(name: string): Promise<Addresses> {
    const known = this.#known.get(name) ?? this.#find(name);
    this.#known.set(name, known);
    return known;
  }

  /** Follows CNAMEs; what is given with --resolve has none. */
  async aliases(name: string): Promise<Aliases> {
    const chain = [name];
    while (chain.length <= maxAliases) {
      const [next] = await this.#dns.resolveCname(chain.at(-1) as string).catch(() => []);
      if (next === undefined) return { chain, loops: false };
      const loops = chain.includes(next);
      chain.push(next);
      if (loops) return { chain, loops };
    }
    return { chain, loops: true };
  }

  async #find(name: string): Promise<Addresses> {
    const rule = this.options.rules.find(({ pattern }) =>
      pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern,
    );
    if (rule) {
      const { address, port } = rule;
      return {
        v4: isIPv6(address) ? [] : [address],
        v6: isIPv6(address) ? [address] : [],
        port,
        source: '--resolve',
      };
    }
    // Browsers do not ask DNS for these either: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
    if (name === 'localhost' || name.endsWith('.localhost'))
      return { v4: ['127.0.0.1'], v6: [], source: 'hosts' };
    const [v4, v6] = await Promise.allSettled([this.#dns.resolve4(name), this.#dns.resolve6(name)]);
    const found: Addresses = { v4: recordsOf(v4), v6: recordsOf(v6), source: 'dns' };
    if (found.v4.length + found.v6.length > 0) return found;
    const codes = [v4, v6].map((each) =>
      each.status === 'rejected' ? String(each.reason?.code) : 'ENODATA',
    );
    found.error = codes.find((code) => !nothingThere.has(code)) ?? codes[0] ?? 'ENOTFOUND';
    return this.options.server === undefined ? ((await fromHosts(name)) ?? found) : found;
  }
}

function recordsOf(result: PromiseSettledResult<string[]>): string[] {
  return result.status === 'fulfilled' ? [...result.value].sort() : [];
}

/** What /etc/hosts and the like know, as programs on this machine see it. */
async function fromHosts(name: string): Promise<Addresses | undefined> {
  const all = await lookup(name, { all: true }).catch(() => []);
  if (all.length === 0) return undefined;
  const of = (family: number): string[] =>
    all.filter((one) => one.family === family).map(({ address }) => address);
  return { v4: of(4), v6: of(6), source: 'hosts' };
}
