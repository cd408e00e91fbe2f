// nginx's configuration as nginx reads it: includes in place, directives inherited, and the server and location that a request gets.
import { NginxConfFile } from 'nginx-conf';

/** What the parser makes of a directive; it does not export the name. */
type NginxConfItem = NginxConfFile['nginx'];

/** A block: `server { … }`, `location … { … }`, or a whole file. */
export interface NginxBlock {
  /** Words behind the name, without quotes. */
  args: string[];
  /** Values of simple directives by name, each in words. */
  directives: Map<string, string[][]>;
  /** Blocks inside, by name. */
  blocks: Map<string, NginxBlock[]>;
}

export interface NginxServer extends NginxBlock {
  /** `443 ssl default_server` and so on. */
  listens: string[][];
  names: string[];
}

/** A location with the blocks around it, the innermost first: where directives are inherited from. */
export type NginxPlace = readonly NginxBlock[];

/** Reads the text of an included file, by the pattern in the directive; several for a pattern with `*`. */
export type ReadIncluded = (pattern: string) => Promise<string[]>;

const maxDepth = 8;

/**
 * @param text of a whole configuration, or of servers alone
 * @throws Error when it is not nginx's language
 */
export async function parseNginx(text: string, readIncluded: ReadIncluded): Promise<NginxBlock> {
  return toBlock((await parseFile(text)).nginx, readIncluded, 0);
}

function parseFile(text: string): Promise<NginxConfFile> {
  return new Promise((resolve, reject) => {
    NginxConfFile.createFromSource(text, (error, parsed) =>
      parsed ? resolve(parsed) : reject(error ?? new Error('The configuration cannot be parsed.')),
    );
  });
}

async function toBlock(item: NginxConfItem, readIncluded: ReadIncluded, depth: number): Promise<NginxBlock> {
  const block: NginxBlock = {
    args: words(String(item._value ?? '')),
    directives: new Map(),
    blocks: new Map(),
  };
  for (const [name, children] of Object.entries(item)) {
    // Names that begin with an underscore, and functions, are the parser's own.
    if (name.startsWith('_') || !Array.isArray(children)) continue;
    for (const child of children) {
      if (isBlock(child)) add(block.blocks, name, await toBlock(child, readIncluded, depth));
      else add(block.directives, name, words(String(child._value)));
    }
  }
  if (depth >= maxDepth) return block;
  for (const [pattern = ''] of block.directives.get('include') ?? [])
    for (const text of await readIncluded(pattern)) await include(block, text, readIncluded, depth + 1);
  return block;
}

async function include(
  into: NginxBlock,
  text: string,
  readIncluded: ReadIncluded,
  depth: number,
): Promise<void> {
  // What cannot be parsed, such as a file of Lua, holds nothing that is looked for.
  const file = await parseFile(text).catch(() => undefined);
  if (!file) return;
  const included = await toBlock(file.nginx, readIncluded, depth);
  for (const [name, values] of included.directives)
    for (const value of values) add(into.directives, name, value);
  for (const [name, blocks] of included.blocks) for (const each of blocks) add(into.blocks, name, each);
}

function isBlock(item: NginxConfItem): boolean {
  return item.__isBlock;
}

function add<T>(map: Map<string, T[]>, name: string, value: T): void {
  map.set(name, [...(map.get(name) ?? []), value]);
}

/** Splits as nginx does: at spaces, but not inside quotes. */
function words(text: string): string[] {
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(\S+)/g)].map(
    ([, double, single, plain]) => (double ?? single ?? (plain as string)).replace(/\\(["'\\])/g, '$1'),
  );
}

/** All servers, with the `http` block that they inherit from. */
export function serversOf(root: NginxBlock): { server: NginxServer; http: NginxBlock }[] {
  const contexts = [root, ...(root.blocks.get('http') ?? [])];
  return contexts.flatMap((http) =>
    (http.blocks.get('server') ?? []).map((block) => ({
      http,
      server: {
        ...block,
        listens: block.directives.get('listen') ?? [['80']],
        names: (block.directives.get('server_name') ?? []).flat(),
      },
    })),
  );
}

/**
 * The server that nginx takes for a host: exact name, longest `*.` at the front, longest `.*` at the end, first regular expression,
 * default. https://nginx.org/en/docs/http/server_names.html
 */
export function serverFor(
  root: NginxBlock,
  host: string,
  port: string,
): { server: NginxServer; http: NginxBlock; by: 'name' | 'default' } | undefined {
  const listening = serversOf(root).filter(({ server }) =>
    server.listens.some(([at = '']) => portOf(at) === port),
  );
  const named = (match: (name: string) => boolean) =>
    listening
      .flatMap((each) => each.server.names.filter(match).map((name) => ({ each, length: name.length })))
      .sort((a, b) => b.length - a.length)[0]?.each;
  const found =
    named((name) => name === host) ??
    named(
      (name) =>
        /^(\*\.|\.)/.test(name) && (`.${host}`.endsWith(name.replace(/^\*/, '')) || name === `.${host}`),
    ) ??
    named((name) => name.endsWith('.*') && host.startsWith(name.slice(0, -1))) ??
    listening.find(({ server }) => server.names.some((name) => matchesRegex(name, host)));
  if (found) return { ...found, by: 'name' };
  const fallback =
    listening.find(({ server }) => server.listens.some((listen) => listen.includes('default_server'))) ??
    listening[0];
  return fallback && { ...fallback, by: 'default' };
}

/** `443` of `443`, `[::]:443`, `203.0.113.5:443`; nginx's default is 80. */
function portOf(listen: string): string {
  return /(?:^|:)(\d+)$/.exec(listen)?.[1] ?? '80';
}

/** PCRE and JavaScript agree on what server names are written with, but for the spelling of named groups. */
function matchesRegex(name: string, host: string): boolean {
  if (!name.startsWith('~')) return false;
  try {
    return new RegExp(name.slice(1).replaceAll('(?P<', '(?<'), 'i').test(host);
  } catch {
    return false;
  }
}

/**
 * The location that nginx takes for a path: `=`, the longest prefix if it is `^~`, the first regular expression, the longest prefix.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export function placeFor(server: NginxServer, http: NginxBlock, path: string): NginxPlace {
  const locations = server.blocks.get('location') ?? [];
  const modifier = ({ args }: NginxBlock): string => (args.length > 1 ? (args[0] as string) : '');
  const pattern = ({ args }: NginxBlock): string => args.at(-1) ?? '';
  const exact = locations.find((each) => modifier(each) === '=' && pattern(each) === path);
  const [longest] = locations
    .filter((each) => /^(\^~)?$/.test(modifier(each)) && path.startsWith(pattern(each)))
    .sort((a, b) => pattern(b).length - pattern(a).length);
  const byRegex = locations.find((each) => {
    if (!modifier(each).startsWith('~')) return false;
    try {
      return new RegExp(pattern(each), modifier(each) === '~*' ? 'i' : '').test(path);
    } catch {
      return false;
    }
  });
  const found = exact ?? (longest && modifier(longest) === '^~' ? longest : (byRegex ?? longest));
  return found ? [found, server, http] : [server, http];
}

/** The value of a directive at a place: its own, else the next one around it. */
export function valueAt(place: NginxPlace, directive: string): string[] | undefined {
  return place.map((block) => block.directives.get(directive)?.at(-1)).find((value) => value !== undefined);
}

/** All values of a directive of which nginx inherits all or nothing, such as `proxy_set_header`. */
export function valuesAt(place: NginxPlace, directive: string): string[][] {
  return place.map((block) => block.directives.get(directive)).find((values) => values !== undefined) ?? [];
}

/** Seconds of `30`, `75s`, `5m`, `1h`, `1d`. */
export function seconds(text: string): number {
  const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
  return [...text.matchAll(/(\d+)(ms|[smhd]?)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (units[unit || 's'] as number),
    0,
  );
}

/** Bytes of `8k`, `100m`, `1g`. */
export function bytes(text: string): number {
  const powers: Record<string, number> = { k: 1, m: 2, g: 3 };
  const [, amount = '0', unit = ''] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
  return Number(amount) * 1024 ** (powers[unit.toLowerCase()] ?? 0);
}
