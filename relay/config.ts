// The one table of settings: it drives parsing, `relay --help`, docs/configuration.md and the example env file.
// Pure: only main.ts and CLI entries hand in the real environment. All faults are reported at once.

import { type ShareConfig, shareSettings } from './config-shares.ts';
import {
  folder,
  integer,
  oneOf,
  parseAge,
  parseBoolean,
  parseHostname,
  parseOrigins,
  parseProxies,
  parseSources,
  type Setting,
} from './config-values.ts';
import { helpRows, parseFlags } from './flags.ts';
import { type PackagePattern, parsePackagePatterns } from './packages/policy/package-pattern.ts';
import type { Egress } from './shared/egress.ts';

/** How the relay runs. Every field is described by the row of {@link settings} with the same name. */
export interface Config extends ShareConfig {
  hostname: string;
  port: number;
  bind: string;
  bundlerDir: string;
  dataDir: string;
  embedOrigins: string[];
  trustProxy: string[];
  rateLimit: number;
  isolation: 'origin' | 'shared';
  engine: 'native' | 'bundler';
  egress: Egress['mode'];
  egressAllow: string[];
  controlPort: number;
  playground: boolean;
  offline: boolean;
  prepareSets: 'auto' | 'off';
  registryTimeoutMs: number;
  maxTarballBytes: number;
  maxUnpackedBytes: number;
  maxTreePackages: number;
  packagesAllow: PackagePattern[];
  packagesDeny: PackagePattern[];
  minReleaseAgeMs: number;
  undeclaredPackages: 'latest' | 'declared';
  setsLock: string;
  mirrorRules: string;
  storeMaxBytes: number;
  storeMaxAgeMs: number;
  logLevel: LogLevel;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** A configuration that cannot be used: `faults` holds one sentence a fault, each with variable, value, rule and fix. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(
      `The configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.map((f) => `  - ${f}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Every setting, in the order in which help and docs show them. */
export const settings: { [Name in keyof Config]: Setting<Config[Name]> } = {
  hostname: {
    env: 'PREVIEW_HOSTNAME',
    flag: 'hostname',
    fallback: 'preview.localhost',
    form: 'name',
    help: 'Base host name of previews. React artifacts open at <hostname>, and every preview gets an origin of its own at <id>-<hostname>.',
    parse: parseHostname,
  },
  port: {
    env: 'PORT',
    flag: 'port',
    fallback: '1580',
    form: 'port',
    help: 'TCP port of the relay.',
    parse: integer(0, 65535),
  },
  bind: {
    env: 'BIND',
    flag: 'bind',
    fallback: '127.0.0.1',
    form: 'address',
    help: 'Address the relay listens on. Keep it on loopback behind a proxy; 0.0.0.0 inside a container.',
    parse: (text) => text,
  },
  bundlerDir: {
    env: 'BUNDLER_DIR',
    flag: 'bundler-dir',
    fallback: 'www',
    form: 'folder',
    help: 'Folder that bundler-build wrote: the patched bundler, fingerprinted and pre-compressed.',
    parse: folder,
  },
  dataDir: {
    env: 'DATA_DIR',
    flag: 'data-dir',
    fallback: 'data',
    form: 'folder',
    help: 'Folder for all state: packages, resolved trees, pre-bundled modules, and published pages. Deleting it loses the pages; everything else is made again.',
    parse: folder,
  },
  embedOrigins: {
    env: 'EMBED_ORIGINS',
    flag: 'embed-origins',
    fallback: 'http://localhost:1490 http://127.0.0.1:1490',
    form: 'origins',
    help: 'Origins whose pages may embed previews (LibreChat’s own), separated by spaces or commas. Required when NODE_ENV=production.',
    parse: parseOrigins,
  },
  trustProxy: {
    env: 'TRUST_PROXY',
    flag: 'trust-proxy',
    fallback: 'loopback',
    form: 'addresses',
    help: 'Proxies whose X-Forwarded-For the relay believes, separated by spaces or commas: addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal; none trusts nobody. RATE_LIMIT counts by the client address that results.',
    parse: parseProxies,
  },
  rateLimit: {
    env: 'RATE_LIMIT',
    flag: 'rate-limit',
    fallback: '6000',
    form: 'number',
    help: 'How many requests for packages and CDN files one client address may make per minute; any more get 429. Files that were sent before and are ready in memory do not count. A preview makes 5 to 200. 0: no limit.',
    parse: integer(0, 1_000_000),
  },
  isolation: {
    env: 'ISOLATION',
    flag: 'isolation',
    fallback: 'origin',
    form: 'origin | shared',
    help: 'origin: each React preview runs on a random origin of its own (needs wildcard DNS and TLS). shared: all React previews share the base origin, so artifacts can read each other’s storage.',
    parse: oneOf(['origin', 'shared'] as const),
  },
  engine: {
    env: 'ENGINE',
    flag: 'engine',
    fallback: 'native',
    form: 'native | bundler',
    help: 'What shows React artifacts. native: the relay compiles an artifact’s files and the browser runs them, without CodeSandbox’s bundler; what needs the bundler gets it. bundler: CodeSandbox’s bundler, in every preview.',
    parse: oneOf(['native', 'bundler'] as const),
  },
  egress: {
    env: 'EGRESS',
    flag: 'egress',
    fallback: 'mirror',
    form: 'mirror | open | none',
    help: 'What artifacts may reach, enforced by the browser. mirror: the kit, its copies of public CDNs, and EGRESS_ALLOW. none: the kit only. open: anything; CDN files that the kit lacks come from the Internet.',
    parse: oneOf(['mirror', 'open', 'none'] as const),
  },
  egressAllow: {
    env: 'EGRESS_ALLOW',
    flag: 'egress-allow',
    fallback: '',
    form: 'sources',
    help: 'What else artifacts may reach with EGRESS=mirror, separated by spaces or commas: https://api.example.com, wss://live.example.com, https://*.tile.example.com.',
    parse: parseSources,
  },
  controlPort: {
    env: 'CONTROL_PORT',
    flag: 'control-port',
    fallback: '1490',
    form: 'port',
    help: 'Loopback-only port of the control listener (playground); 0 turns it off.',
    parse: integer(0, 65535),
  },
  playground: {
    env: 'PLAYGROUND',
    flag: 'playground',
    fallback: 'true',
    form: 'true | false',
    help: 'Serve the playground, a LibreChat-like page for trying previews, on the control listener. Off by default when NODE_ENV=production.',
    parse: parseBoolean,
  },
  offline: {
    env: 'OFFLINE',
    flag: 'offline',
    fallback: 'false',
    form: 'true | false',
    help: 'Never call the npm registry; a package that the store lacks fails with a message that names it.',
    parse: parseBoolean,
  },
  prepareSets: {
    env: 'PREPARE_SETS',
    flag: 'prepare-sets',
    fallback: 'auto',
    form: 'auto | off',
    help: 'auto: after its start the relay fetches and builds, in the background, what LibreChat’s artifacts and the playground’s samples need, so that the first preview does not wait for the registry; not with OFFLINE=true. off: packages come when a preview first needs them.',
    parse: oneOf(['auto', 'off'] as const),
  },
  registryTimeoutMs: {
    env: 'REGISTRY_TIMEOUT_MS',
    flag: 'registry-timeout-ms',
    fallback: '10000',
    form: 'milliseconds',
    help: 'How long to wait for the npm registry to answer one request.',
    parse: integer(100, 30_000),
  },
  maxTarballBytes: {
    env: 'MAX_TARBALL_BYTES',
    flag: 'max-tarball-bytes',
    fallback: '104857600',
    form: 'bytes',
    help: 'Largest package tarball to accept from the registry.',
    parse: integer(1024, 2 ** 31),
  },
  maxUnpackedBytes: {
    env: 'MAX_UNPACKED_BYTES',
    flag: 'max-unpacked-bytes',
    fallback: '524288000',
    form: 'bytes',
    help: 'How large one package may be once it is unpacked.',
    parse: integer(1024, 2 ** 35),
  },
  maxTreePackages: {
    env: 'MAX_TREE_PACKAGES',
    flag: 'max-tree-packages',
    fallback: '1500',
    form: 'number',
    help: 'How many package versions one artifact may need, counting its dependencies’ dependencies.',
    parse: integer(10, 100_000),
  },
  packagesAllow: {
    env: 'PACKAGES_ALLOW',
    flag: 'packages-allow',
    fallback: '',
    form: 'packages',
    help: 'Packages that artifacts may ask for: name, @scope/* or name@range, separated by spaces or commas. Their own dependencies come with them. Empty: any package.',
    parse: parsePackagePatterns,
  },
  packagesDeny: {
    env: 'PACKAGES_DENY',
    flag: 'packages-deny',
    fallback: '',
    form: 'packages',
    help: 'Packages that are never served, whoever needs them: name, @scope/* or name@range. Wins over PACKAGES_ALLOW. With name@range, other versions are used where they fit.',
    parse: parsePackagePatterns,
  },
  minReleaseAgeMs: {
    env: 'MIN_RELEASE_AGE',
    flag: 'min-release-age',
    fallback: '',
    form: 'age',
    help: 'How old a version must be before it is used, in days (3 or 3d) or hours (36h), so that a hijacked release is discovered before it gets here. Empty: no limit.',
    parse: parseAge,
  },
  undeclaredPackages: {
    env: 'UNDECLARED_PACKAGES',
    flag: 'undeclared-packages',
    fallback: 'latest',
    form: 'latest | declared',
    help: 'What a React preview without a bundler does about a package that the artifact imports and its dependencies do not name. latest: takes the newest version that fits the others, under the rules for packages. declared: refuses it with a message.',
    parse: oneOf(['latest', 'declared'] as const),
  },
  setsLock: {
    env: 'SETS_LOCK',
    flag: 'sets-lock',
    fallback: '',
    form: 'file',
    help: 'Lock file of resolved dependency sets, written by `npm run warm -- --lock <file>`: sets in it resolve to exactly these versions, on any machine. Empty: none.',
    parse: (text) => (text === '' ? '' : folder(text)),
  },
  mirrorRules: {
    env: 'MIRROR_RULES',
    flag: 'mirror-rules',
    fallback: '',
    form: 'file',
    help: 'YAML or JSON file of rules for addresses that artifacts load: answer from a package, answer from a folder, or block (docs/cdn-mirror.md). Empty: none.',
    parse: (text) => (text === '' ? '' : folder(text)),
  },
  storeMaxBytes: {
    env: 'STORE_MAX_BYTES',
    flag: 'store-max-bytes',
    fallback: '5368709120',
    form: 'bytes',
    help: 'How much space packages and what is built from them may take up below DATA_DIR; whatever has been unused the longest goes first, pinned sets stay. 0: no limit.',
    parse: integer(0, 2 ** 50),
  },
  storeMaxAgeMs: {
    env: 'STORE_MAX_AGE',
    flag: 'store-max-age',
    fallback: '',
    form: 'age',
    help: 'How long to keep packages that nobody uses, in days (90 or 90d) or hours (36h); pinned sets stay. Empty: no limit.',
    parse: parseAge,
  },
  ...shareSettings,
  logLevel: {
    env: 'LOG_LEVEL',
    flag: 'log-level',
    fallback: 'info',
    form: logLevels.join(' | '),
    help: 'How much is logged (JSON lines on standard output).',
    parse: oneOf(logLevels),
  },
};

const productionFallbacks: Partial<Record<keyof Config, string>> = { embedOrigins: '', playground: 'false' };

/**
 * Reads the configuration; a flag wins over the environment, the environment over the default.
 * @param env environment variables; `NODE_ENV=production` drops defaults that only suit development
 * @param args command-line arguments without node and script, e.g. `['--port', '1580']`
 * @throws ConfigError with every fault found
 */
export function loadConfig(env: Record<string, string | undefined>, args: string[] = []): Config {
  const faults: string[] = [];
  const names = Object.keys(settings) as (keyof Config)[];
  const flags = readFlags(args, faults);
  const config: Record<string, unknown> = {};
  const production = env.NODE_ENV === 'production';
  for (const name of names) {
    const setting = settings[name];
    const fallback = production ? (productionFallbacks[name] ?? setting.fallback) : setting.fallback;
    const flag = flags[setting.flag];
    const given = flag ?? (env[setting.env]?.trim() || undefined);
    try {
      config[name] = setting.parse(given ?? fallback);
    } catch (error) {
      const source = flag === undefined ? setting.env : `--${setting.flag}`;
      faults.push(
        `${source}=${setting.isSecret ? '…' : given}: ${(error as Error).message} (expected: ${setting.form}).`,
      );
    }
  }
  if (production && Array.isArray(config.embedOrigins) && config.embedOrigins.length === 0)
    faults.push(
      'EMBED_ORIGINS is empty: in production name the origins that may embed previews, e.g. EMBED_ORIGINS=https://librechat.example.com.',
    );
  if (config.jwtJwksUrl && !(config.jwtIssuer && config.jwtAudience))
    faults.push(
      'JWT_JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE: without them, tokens that the service makes for others would open pages.',
    );
  if (faults.length > 0) throw new ConfigError(faults);
  if (production && config.previewUrl === '') config.previewUrl = `https://${config.hostname as string}`;
  return config as unknown as Config;
}

function readFlags(args: string[], faults: string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(
    Object.values(settings).map(({ flag }) => [flag, { type: 'string' as const }]),
  );
  try {
    return parseFlags(args, options).values;
  } catch (error) {
    faults.push(`${(error as Error).message} See relay --help.`);
    return {};
  }
}

/** The text of `relay --help`: every flag with its variable, form, default and meaning. */
export function helpText(): string {
  const flags = Object.fromEntries(
    Object.values(settings).map(({ flag, form, help, env, fallback }) => [
      flag,
      { form, help: `${help}\n      ${env}; default: ${fallback || 'none'}` },
    ]),
  );
  return `Usage: relay [flags]\n\nServes LibreChat’s artifact previews. Every flag can also be set in the environment.\n\n${helpRows(flags)}\n`;
}
