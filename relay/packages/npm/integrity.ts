// Subresource-integrity strings as registries state them, and the check of a download against one.
import { createHash, type Hash } from 'node:crypto';
import type { PackumentVersion } from './packument.ts';

/** Strongest first. SHA-1 is all that packages from before 2017 have. */
const algorithms = ['sha512', 'sha384', 'sha256', 'sha1'] as const;

/** What a tarball has to hash to; without `digests` the registry states nothing, and the hash is only recorded. */
export interface Integrity {
  algorithm: (typeof algorithms)[number];
  /** Base64; any of them will do. */
  digests: string[];
}

/** The strongest statement that a packument makes about a version's tarball. */
export function readIntegrity(dist: PackumentVersion['dist']): Integrity {
  const stated = (dist.integrity ?? '').split(/\s+/).map((token) => token.replace(/\?.*$/, ''));
  for (const algorithm of algorithms) {
    const digests = stated
      .filter((token) => token.startsWith(`${algorithm}-`))
      .map((token) => token.slice(algorithm.length + 1));
    if (digests.length > 0) return { algorithm, digests };
  }
  if (dist.shasum && /^[0-9a-f]{40}$/i.test(dist.shasum))
    return { algorithm: 'sha1', digests: [Buffer.from(dist.shasum, 'hex').toString('base64')] };
  // A statement in a form that is unknown here matches nothing; only silence is taken as consent.
  return { algorithm: 'sha512', digests: dist.integrity ? [''] : [] };
}

/** Hashes a download as it passes. */
export class IntegrityCheck {
  readonly #hash: Hash;

  constructor(readonly expected: Integrity) {
    this.#hash = createHash(expected.algorithm);
  }

  update(chunk: Buffer): void {
    this.#hash.update(chunk);
  }

  /** Ends the check; `actual` is an integrity string. */
  finish(): { matches: boolean; actual: string } {
    const digest = this.#hash.digest('base64');
    const { algorithm, digests } = this.expected;
    return { matches: digests.length === 0 || digests.includes(digest), actual: `${algorithm}-${digest}` };
  }
}
