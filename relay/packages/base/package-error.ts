// The one table of ways a package can fail: code, HTTP status, message and remedy for people.
// Messages never carry an address or a credential of the registry; `detail` may, redacted, and goes to the log only.
import { redactCredentials } from './redact.ts';

/** The values that messages are built from; a code uses those it needs. */
export interface PackageErrorFacts {
  packageName?: string;
  version?: string;
  /** The range, tag or spec as it was asked for. */
  range?: string;
  /** The newest version that exists. */
  newest?: string;
  /** A file inside the package, with a leading slash. */
  path?: string;
  /** The limit that was exceeded, with its unit. */
  limit?: string;
  /** Who asked for it, when it was not the artifact itself. */
  requiredBy?: string;
  /** The operator's setting that forbids it. */
  setting?: string;
  /** An address as the artifact wrote it. */
  address?: string;
  /** The operator's rule for that address: `rule 3 of MIRROR_RULES`. */
  rule?: string;
  /** The operator's own words. */
  reason?: string;
  /** What an artifact can use in its place, as a clause. */
  instead?: string;
}

interface PackageErrorRow {
  status: number;
  message: (facts: PackageErrorFacts) => string;
  remedy: string;
}

const named = (facts: PackageErrorFacts): string => facts.packageName ?? 'a package';
const exact = (facts: PackageErrorFacts): string =>
  facts.version === undefined ? named(facts) : `${named(facts)}@${facts.version}`;
const asked = (facts: PackageErrorFacts): string =>
  facts.range === undefined ? exact(facts) : `${named(facts)}@${facts.range}`;
const because = (facts: PackageErrorFacts): string =>
  facts.requiredBy === undefined ? '' : ` (required by ${facts.requiredBy})`;

const rows = {
  PACKAGE_NOT_FOUND: {
    status: 404,
    message: (facts) => `The package ${named(facts)} does not exist in the npm registry${because(facts)}.`,
    remedy: 'Check the spelling of the import.',
  },
  VERSION_NOT_FOUND: {
    status: 404,
    message: (facts) =>
      `No version of ${named(facts)} matches ${facts.range ?? facts.version ?? 'the range'}${because(facts)}` +
      `${facts.newest === undefined ? '' : `; the newest is ${facts.newest}`}.`,
    remedy: 'Ask for a version that exists.',
  },
  INVALID_NAME: {
    status: 400,
    message: (facts) => `${JSON.stringify(facts.packageName ?? '')} is not the name of an npm package.`,
    remedy: 'A name is `name` or `@scope/name`, without a path or a version.',
  },
  INVALID_RANGE: {
    status: 400,
    message: (facts) =>
      `${JSON.stringify(facts.range ?? facts.version ?? '')} is not a version that can be installed for ${named(facts)}${because(facts)}.`,
    remedy: 'Use a version, a range, a tag or `npm:name@range`; git, file and web addresses are refused.',
  },
  PACKAGE_DENIED: {
    status: 403,
    message: (facts) =>
      `${exact(facts)} may not be used here${because(facts)}: ${facts.setting ?? 'the policy'} forbids it.`,
    remedy:
      'Use another package or version, or ask whoever runs the relay to change PACKAGES_ALLOW or PACKAGES_DENY.',
  },
  VERSION_TOO_YOUNG: {
    status: 404,
    message: (facts) =>
      `${exact(facts)} was published too recently${because(facts)}: versions are used once they are` +
      `${facts.limit === undefined ? '' : ` ${facts.limit}`} old.`,
    remedy: 'Ask for an earlier version, wait, or lower MIN_RELEASE_AGE.',
  },
  TREE_TOO_LARGE: {
    status: 413,
    message: (facts) =>
      `The dependencies need too many packages${facts.limit === undefined ? '' : ` (more than ${facts.limit})`}.`,
    remedy: 'Use fewer or smaller dependencies, or raise MAX_TREE_PACKAGES.',
  },
  REGISTRY_REFUSED: {
    status: 502,
    message: (facts) => `The npm registry refused to hand out ${exact(facts)}.`,
    remedy: "Check the registry's token in .npmrc, and that it may read this package.",
  },
  REGISTRY_UNREACHABLE: {
    status: 502,
    message: (facts) => `The npm registry could not be reached for ${exact(facts)}.`,
    remedy:
      'Check `registry`, `proxy` and `cafile` in .npmrc, and that this server may connect to the registry.',
  },
  REGISTRY_FAILED: {
    status: 502,
    message: (facts) => `The npm registry failed when asked for ${exact(facts)} (an error of its own).`,
    remedy: 'Try again; if it persists, look at the registry or any proxy in between.',
  },
  REGISTRY_TIMEOUT: {
    status: 504,
    message: (facts) => `The npm registry did not answer in time for ${exact(facts)}.`,
    remedy: 'Try again; if it stays slow, raise REGISTRY_TIMEOUT_MS or check any proxy in between.',
  },
  REGISTRY_RATE_LIMITED: {
    status: 503,
    message: (facts) =>
      `The npm registry limits the number of requests, and refused ${exact(facts)} for now.`,
    remedy: 'Wait a minute and try again, or use a registry mirror or a token.',
  },
  REGISTRY_INVALID_ANSWER: {
    status: 502,
    message: (facts) => `The npm registry's answer for ${exact(facts)} makes no sense.`,
    remedy:
      'Check that `registry` in .npmrc names an npm registry, and that no login page answers in its place.',
  },
  INTEGRITY_MISMATCH: {
    status: 502,
    message: (facts) =>
      `${exact(facts)} was damaged or altered on the way: its checksum does not match the registry's.`,
    remedy: 'Try again; if it persists, the registry mirror or a proxy in between has a bad copy.',
  },
  TARBALL_INVALID: {
    status: 502,
    message: (facts) => `The archive of ${exact(facts)} cannot be unpacked safely.`,
    remedy: 'The package itself is broken: use another version.',
  },
  TARBALL_TOO_LARGE: {
    status: 502,
    message: (facts) =>
      `${exact(facts)} is too large for a preview${facts.limit === undefined ? '' : ` (more than ${facts.limit})`}.`,
    remedy: 'Use a smaller package, or raise MAX_TARBALL_BYTES or MAX_UNPACKED_BYTES.',
  },
  BUILD_FAILED: {
    status: 500,
    message: (facts) =>
      `${exact(facts)} cannot be turned into ES modules for browsers (${facts.path ?? '/'}).`,
    remedy: 'Use another version or another file of the package; the log says why.',
  },
  FILE_NOT_FOUND: {
    status: 404,
    message: (facts) => `${exact(facts)} has no file ${facts.path ?? ''}.`,
    remedy: "Check the path of the import against the package's files.",
  },
  ADDRESS_BLOCKED: {
    status: 403,
    message: (facts) =>
      `${facts.address ?? 'The address'} is blocked by ${facts.rule ?? 'MIRROR_RULES'}: ${facts.reason ?? 'no reason given'}.`,
    remedy: 'Use another address, or ask whoever runs the relay to change MIRROR_RULES.',
  },
  RULE_FILE_NOT_FOUND: {
    status: 404,
    message: (facts) =>
      `${facts.address ?? 'The address'} has no file: ${facts.rule ?? 'MIRROR_RULES'} names a folder without ${facts.path ?? 'it'}.`,
    remedy: 'Put the file into the rule’s folder, or change MIRROR_RULES.',
  },
  NOT_ON_NPM: {
    status: 404,
    message: (facts) =>
      `${facts.address ?? 'The address'} is not in any npm package${facts.instead === undefined ? '' : `; ${facts.instead}`}.`,
    remedy:
      'Use an npm package (https://cdn.jsdelivr.net/npm/<name>@<version>/<file>), or ask whoever runs the relay to add the address to MIRROR_RULES.',
  },
  FONT_NOT_FOUND: {
    status: 404,
    message: (facts) => `None of these fonts is in the npm packages of Fontsource: ${named(facts)}.`,
    remedy: 'Check the spelling of the family, and that it has the weights and styles you ask for.',
  },
  TREE_CONFLICT: {
    status: 409,
    message: (facts) =>
      `The dependencies cannot be installed together: two different ${exact(facts)} would be needed.`,
    remedy: 'Ask for different versions.',
  },
  OFFLINE_MISSING: {
    status: 503,
    message: (facts) => `${asked(facts)} is not stored here, and the relay is offline.`,
    remedy:
      'Where a registry can be reached, run npm run warm -- <package> and npm run bundle -- export <file>; here, npm run bundle -- import <file>.',
  },
  STORE_FULL: {
    status: 507,
    message: (facts) => `${exact(facts)} could not be stored: the disk is full.`,
    remedy: 'Free some space under the data folder.',
  },
} satisfies Record<string, PackageErrorRow>;

export type PackageErrorCode = keyof typeof rows;

/** All rows, for the reference of errors and its parity test. */
export const packageErrorTable: Readonly<Record<PackageErrorCode, PackageErrorRow>> = rows;

/**
 * A package that cannot be served. `message` and `remedy` may be shown to anyone; `detail` is for the log.
 */
export class PackageError extends Error {
  readonly status: number;
  readonly remedy: string;
  readonly packageName: string | undefined;
  readonly detail: string | undefined;
  constructor(
    readonly code: PackageErrorCode,
    readonly facts: PackageErrorFacts = {},
    detail?: unknown,
  ) {
    const row: PackageErrorRow = rows[code];
    super(row.message(facts));
    this.name = 'PackageError';
    this.status = row.status;
    this.remedy = row.remedy;
    this.packageName = facts.packageName;
    this.detail = detail === undefined ? undefined : describe(detail);
  }
}

/** What is missing offline, named as it was asked for; any other error comes back as it is. */
export function withRange(error: unknown, range: string): unknown {
  const nameless = error instanceof PackageError && error.code === 'OFFLINE_MISSING' && !error.facts.range;
  return nameless ? new PackageError(error.code, { ...error.facts, range }, error.detail) : error;
}

/** Turns a caught value into one line for the log, without credentials. */
function describe(cause: unknown): string {
  const text =
    cause instanceof Error
      ? [(cause as NodeJS.ErrnoException).code, cause.message].filter(Boolean).join(': ')
      : String(cause);
  return redactCredentials(text).slice(0, 500);
}
