// Addresses of esm.sh (https://github.com/esm-dev/esm.sh#readme), taken apart. Pure.
import { parseFileAddress } from '../answer/answer.ts';
import type { ModuleAddress } from './module-answer.ts';

/** What an address asks for. */
export interface EsmShAddress extends ModuleAddress {
  /** The file as published, whatever it is. */
  raw: boolean;
  /** `module`: a module that starts it as a worker; `script`: what that worker runs, an address of the kit's own. */
  worker: 'module' | 'script' | undefined;
}

/** `/v135/…`, `/stable/…`: which builder of theirs made it. */
const builder = /^\/(?:stable|v\d+)(?=\/)/;
/** `/es2022/react.mjs`, `/es2022/client.development.mjs`: what their builds are called, and redirects lead to. */
const build =
  /^\/(?:X-[\w-]+\/)?(?:es20\d\d|esnext|deno|denonext|node)\/(.+?)(\.development)?(?:\.bundle|\.nobundle)?\.m?js$/;

/**
 * Reads `/[v135/][*]name[@range][&option…][/path][?option…]`.
 * @param path decoded
 * @returns undefined when it names no npm package
 */
export function parseEsmShAddress(path: string, search: URLSearchParams): EsmShAddress | undefined {
  const rest = path.replace(builder, '').slice(1);
  const isBare = rest.startsWith('*');
  // Options between the version and the path: so that a prefix in an import map can have them.
  const [, head = '', inner = '', tail = ''] =
    /^((?:@[^/&]+\/)?[^/&]*)((?:&[^/]*)?)(.*)$/.exec(isBare ? rest.slice(1) : rest) ?? [];
  const address = parseFileAddress(head + tail);
  if (!address) return undefined;
  const options = new URLSearchParams(inner.slice(1));
  for (const [key, value] of search) options.append(key, value);
  const built = build.exec(address.path);
  const isDevelopment = options.has('dev') || built?.[2] !== undefined;
  const baseName = address.name.replace(/^@[^/]+\//, '');
  return {
    ...address,
    path: built ? (built[1] === baseName ? '' : `/${built[1]}`) : address.path,
    raw: options.has('raw'),
    worker: options.get('worker') === 'script' ? 'script' : options.has('worker') ? 'module' : undefined,
    context: {
      env: isDevelopment ? 'development' : 'production',
      deps: readDeps(options),
      external: isBare ? ['*'] : readList(options, 'external'),
    },
  };
}

function readList(options: URLSearchParams, key: string): string[] {
  return options
    .getAll(key)
    .flatMap((value) => value.split(','))
    .map((item) => item.trim())
    .filter(Boolean);
}

function readDeps(options: URLSearchParams): Record<string, string> {
  const addresses = readList(options, 'deps').map((dep) => parseFileAddress(dep));
  return Object.fromEntries(
    addresses.flatMap((address) => (address ? [[address.name, address.range ?? 'latest']] : [])),
  );
}
