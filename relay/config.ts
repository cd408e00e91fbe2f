// The one table of settings: it drives parsing, `relay --help`, docs/configuration.md and the example env file.
// Pure: only main.ts and CLI entries hand in the real environment. All faults are reported at once.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type PackagePattern, parsePackagePatterns } from './packages/package-pattern.ts';

/** How the relay runs. Every field is described by the row of {@link settings} with the same name. */
export interface Config {
  hostname: string;
  port: number;
  bind: string;
  bundlerDir: string;
  dataDir: string;
  embedOrigins: string[];
  isolation: 'origin' | 'shared';
  controlPort: number;
  playground: boolean;
  offline: boolean;
  registryTimeoutMs: number;
  maxTarballBytes: number;
  maxUnpackedBytes: number;
  maxTreePackages: number;
  packagesAllow: PackagePattern[];
  packagesDeny: PackagePattern[];
  minReleaseAgeMs: number;
  setsLock: string;
  storeMaxBytes: number;
  storeMaxAgeMs: number;
  logLevel: LogLevel;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** One setting: where it comes from, what it defaults to, and the rule a value has to meet. */
export interface Setting<T = unknown> {
  env: string;
  flag: string;
  /** Default as an operator would write it; an empty string means "none". */
  fallback: string;
  /** What a value looks like, for help and messages. */
  form: string;
  help: string;
  /** Returns the parsed value, or throws an Error whose message is the rule that was broken. */
  parse: (text: string) => T;
}

/** A configuration that cannot be used: `faults` holds one sentence a fault, each with variable, value, rule and fix. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(
      `The configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.map((f) => `  - ${f}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function parseHostname(text: string): string {
  const name = text.toLowerCase();
  const labels = name.split('.');
  if (/^[\d.]+$|^\[?[\da-f]*:[\da-f:.]+\]?$/.test(name))
    throw new Error('an IP address cannot carry preview ids; use a DNS name');
  if (labels.length < 2 || !labels.every((part) => label.test(part)) || name.length > 190)
    throw new Error('must be a DNS name of two labels or more, without scheme, port or path');
  // `<id>-` (up to 23 characters) is put in front of the first label, which DNS bounds at 63.
  if ((labels[0] as string).length > 40) throw new Error('its first label must have at most 40 characters');
  return name;
}

function integer(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new Error(`must be a whole number from ${min} to ${max}`);
    return value;
  };
}

function oneOf<const T extends readonly string[]>(choices: T) {
  return (text: string): T[number] => {
    if (!choices.includes(text)) throw new Error(`must be one of ${choices.join(', ')}`);
    return text;
  };
}

function parseBoolean(text: string): boolean {
  return oneOf(['true', 'false'] as const)(text) === 'true';
}

function parseOrigins(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((item) => {
      const url = URL.canParse(item) ? new URL(item) : undefined;
      // Browser code compares whole origins, so a wildcard would let nobody in.
      const usable = url && /^https?:$/.test(url.protocol) && !url.hostname.includes('*');
      if (!usable || url.origin !== item.replace(/\/$/, ''))
        throw new Error(`“${item}” is not an origin; write scheme://host[:port] without a path`);
      return url.origin;
    });
}

const hourMs = 3_600_000;

/** `3` and `3d` are days, `36h` hours; nothing is 0. */
function parseAge(text: string): number {
  const match = /^(\d{1,5})(d|h)?$/.exec(text || '0');
  if (!match) throw new Error('must be a number of days or hours, such as 3, 3d or 36h');
  return Number(match[1]) * (match[2] === 'h' ? hourMs : 24 * hourMs);
}

const folder = (text: string): string => resolve(text);

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
    help: 'Folder of all state: packages, resolved trees, pre-bundled modules. Deleting it loses caches and nothing else.',
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
  isolation: {
    env: 'ISOLATION',
    flag: 'isolation',
    fallback: 'origin',
    form: 'origin | shared',
    help: 'origin: each React preview runs on a random origin of its own (needs wildcard DNS and TLS). shared: all React previews share the base origin, so artifacts can read each other’s storage.',
    parse: oneOf(['origin', 'shared'] as const),
  },
  controlPort: {
    env: 'CONTROL_PORT',
    flag: 'control-port',
    fallback: '1490',
    form: 'port',
    help: 'Loopback-only port of the control listener (playground); 0 switches it off.',
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
    help: 'Never call the npm registry; what the store lacks fails with a message that names it.',
    parse: parseBoolean,
  },
  registryTimeoutMs: {
    env: 'REGISTRY_TIMEOUT_MS',
    flag: 'registry-timeout-ms',
    fallback: '10000',
    form: 'milliseconds',
    help: 'How long one request to the npm registry may stay without an answer.',
    parse: integer(100, 30_000),
  },
  maxTarballBytes: {
    env: 'MAX_TARBALL_BYTES',
    flag: 'max-tarball-bytes',
    fallback: '104857600',
    form: 'bytes',
    help: 'Largest package tarball that is accepted from the registry.',
    parse: integer(1024, 2 ** 31),
  },
  maxUnpackedBytes: {
    env: 'MAX_UNPACKED_BYTES',
    flag: 'max-unpacked-bytes',
    fallback: '524288000',
    form: 'bytes',
    help: 'Most that one package may take up when it is unpacked.',
    parse: integer(1024, 2 ** 35),
  },
  maxTreePackages: {
    env: 'MAX_TREE_PACKAGES',
    flag: 'max-tree-packages',
    fallback: '1500',
    form: 'number',
    help: 'Most package versions that one artifact may need, with everything that its dependencies need.',
    parse: integer(10, 100_000),
  },
  packagesAllow: {
    env: 'PACKAGES_ALLOW',
    flag: 'packages-allow',
    fallback: '',
    form: 'packages',
    help: 'Packages that artifacts may ask for: name, @scope/* or name@range, separated by spaces or commas. What these need comes with them. Empty: any package.',
    parse: parsePackagePatterns,
  },
  packagesDeny: {
    env: 'PACKAGES_DENY',
    flag: 'packages-deny',
    fallback: '',
    form: 'packages',
    help: 'Packages that are never served, whoever needs them: name, @scope/* or name@range. Wins over PACKAGES_ALLOW. Of a name@range, other versions are used where they fit.',
    parse: parsePackagePatterns,
  },
  minReleaseAgeMs: {
    env: 'MIN_RELEASE_AGE',
    flag: 'min-release-age',
    fallback: '',
    form: 'age',
    help: 'How old a version must be to be used, in days (3 or 3d) or hours (36h), so that a hijacked release is found out before it gets here. Empty: no limit.',
    parse: parseAge,
  },
  setsLock: {
    env: 'SETS_LOCK',
    flag: 'sets-lock',
    fallback: '',
    form: 'file',
    help: 'Lock file of resolved dependency sets, written by `npm run warm -- --lock <file>`: sets in it stand for exactly these versions, on any machine. Empty: none.',
    parse: (text) => (text === '' ? '' : folder(text)),
  },
  storeMaxBytes: {
    env: 'STORE_MAX_BYTES',
    flag: 'store-max-bytes',
    fallback: '5368709120',
    form: 'bytes',
    help: 'Most that packages and what is made of them may take up below DATA_DIR; what was unused the longest goes first, pinned sets stay. 0: no limit.',
    parse: integer(0, 2 ** 50),
  },
  storeMaxAgeMs: {
    env: 'STORE_MAX_AGE',
    flag: 'store-max-age',
    fallback: '',
    form: 'age',
    help: 'How long packages are kept without being used, in days (90 or 90d) or hours (36h); pinned sets stay. Empty: no limit.',
    parse: parseAge,
  },
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
      faults.push(`${source}=${given}: ${(error as Error).message} (expected: ${setting.form}).`);
    }
  }
  if (production && Array.isArray(config.embedOrigins) && config.embedOrigins.length === 0)
    faults.push(
      'EMBED_ORIGINS is empty: in production name the origins that may embed previews, e.g. EMBED_ORIGINS=https://librechat.example.com.',
    );
  if (faults.length > 0) throw new ConfigError(faults);
  return config as unknown as Config;
}

function readFlags(args: string[], faults: string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(
    Object.values(settings).map(({ flag }) => [flag, { type: 'string' as const }]),
  );
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values as Record<
      string,
      string
    >;
  } catch (error) {
    faults.push(`${(error as Error).message} See relay --help.`);
    return {};
  }
}

/** The text of `relay --help`: every flag with its variable, form, default and meaning. */
export function helpText(): string {
  const rows = Object.values(settings).map(
    (s) => `  --${s.flag} <${s.form}>\n      ${s.help}\n      ${s.env}; default: ${s.fallback || 'none'}`,
  );
  return `Usage: relay [flags]\n\nServes LibreChat’s artifact previews. Every flag can also be set in the environment.\n\n${rows.join('\n')}\n`;
}
