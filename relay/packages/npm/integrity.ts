// The check of a download against what the registry states of it, by npm's own ssri. Called for every tarball while it arrives.
// A statement that cannot be read matches nothing; only silence is taken as consent.
import ssri, { type Integrity } from 'ssri';
import type { PackumentVersion } from './packument.ts';

/** SHA-1 is all that packages from before 2017 have; what Node knows beyond these proves less, or is never stated. */
const algorithms = ['sha512', 'sha384', 'sha256', 'sha1'];

/** Hashes a download as it passes. */
export class IntegrityCheck {
  readonly #isSilent: boolean;
  readonly #stated: Integrity | null;
  readonly #hash: ReturnType<typeof ssri.create>;

  /** @param dist its `integrity` counts, by the strongest algorithm in it, or where there is none its `shasum` */
  constructor({ integrity, shasum }: PackumentVersion['dist']) {
    this.#isSilent = !integrity && !shasum;
    this.#stated = integrity ? ssri.parse(integrity) : shasum ? ssri.fromHex(shasum, 'sha1') : null;
    const algorithm = this.#stated?.pickAlgorithm(undefined, algorithms) ?? 'sha512';
    this.#hash = ssri.create({ algorithms: [algorithm] });
  }

  update(chunk: Buffer): void {
    this.#hash.update(chunk);
  }

  /** Ends the check; `actual` is an integrity string. */
  finish(): { matches: boolean; actual: string } {
    const actual = this.#hash.digest();
    return { matches: this.#isSilent || actual.match(this.#stated) !== false, actual: actual.toString() };
  }
}
