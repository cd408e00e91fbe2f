// Which CDN addresses artifacts asked for, and what answered: in memory, for the operator who decides on rules. The packages
// surface feeds it; the control listener shows it. Invariant: bounded in entries, in their length and in lines of the log.
import { LRUCache } from 'lru-cache';
import { PackageError } from '../../base/package-error.ts';
import type { PackageLog } from '../../base/package-log.ts';
import type { CdnAnswer } from '../answer/answer.ts';
import { nameRule } from './mirror-rules.ts';

/** An address, and how it went the last time. */
export interface AskedAddress {
  /** As it was asked for, clipped; values of a query that look like secrets are `***`. */
  address: string;
  /** How often. */
  count: number;
  /** ISO 8601, of the last time. */
  lastAskedAt: string;
  status: number;
  /** `name@version/file`, a rule, both, or where a redirect leads; undefined when nothing answered. */
  answeredBy: string | undefined;
  /** Why nothing answered, or what refused. */
  failure: { code: string; message: string; remedy: string } | undefined;
}

type Outcome = Pick<AskedAddress, 'status' | 'answeredBy' | 'failure'>;

const maxAddresses = 2_000;
const maxLength = 400;
/** Artifacts can ask for any number of addresses; the log of the relay is not theirs to fill. */
const maxWarnings = 1_000;
const secretName = /key|token|secret|passw|auth|sig|session|credential|code/i;

const unknownAddress: Outcome = {
  status: 404,
  answeredBy: undefined,
  failure: {
    code: 'PAGE_NOT_FOUND',
    message: 'The kit knows no npm package for this address.',
    remedy: 'Write a rule into the file that MIRROR_RULES names.',
  },
};
const internalFailure: Outcome = {
  status: 500,
  answeredBy: undefined,
  failure: {
    code: 'INTERNAL',
    message: 'Something went wrong inside the relay.',
    remedy: 'The log has the details.',
  },
};

/** Whether nothing answered although something should have; what a rule blocks does not count. */
export function isUnanswered({ answeredBy }: AskedAddress): boolean {
  return answeredBy === undefined;
}

/** The addresses of this process, the least recently asked for forgotten first. */
export class AddressLog {
  readonly #addresses = new LRUCache<string, AskedAddress>({ max: maxAddresses });
  readonly #warned = new LRUCache<string, true>({ max: maxAddresses });
  readonly #log: PackageLog;
  #warnings = 0;

  constructor(log: PackageLog) {
    this.#log = log;
  }

  /**
   * Records an address with what `answer` comes to.
   * @param address with its query
   * @returns what `answer` returns @throws what it throws
   */
  async watch(address: string, answer: () => Promise<CdnAnswer | undefined>): Promise<CdnAnswer | undefined> {
    // A module of the kit's own: what an artifact asked for led there.
    if (/^https?:\/\/[^/]+\/-\//.test(address)) return answer();
    try {
      const found = await answer();
      this.#record(address, found ? describeAnswer(found) : unknownAddress);
      return found;
    } catch (error) {
      this.#record(address, error instanceof PackageError ? describeError(error) : internalFailure);
      throw error;
    }
  }

  /** @returns what counts one more answer that was the same as the last time, for whoever keeps answers */
  counter(address: string): () => void {
    const shown = displayAddress(address);
    return () => {
      const asked = this.#addresses.get(shown);
      if (!asked) return;
      asked.count += 1;
      asked.lastAskedAt = new Date().toISOString();
    };
  }

  /** Those without an answer first, then the ones asked for last. */
  list(): AskedAddress[] {
    const all = [...this.#addresses.values()];
    return [...all.filter(isUnanswered), ...all.filter((asked) => !isUnanswered(asked))];
  }

  #record(address: string, outcome: Outcome): void {
    const shown = displayAddress(address);
    const asked: AskedAddress = {
      address: shown,
      count: (this.#addresses.peek(shown)?.count ?? 0) + 1,
      lastAskedAt: new Date().toISOString(),
      ...outcome,
    };
    this.#addresses.set(shown, asked);
    if (isUnanswered(asked)) this.#warn(asked);
  }

  #warn({ address, status, failure }: AskedAddress): void {
    if (this.#warned.has(address) || this.#warnings > maxWarnings) return;
    this.#warned.set(address, true);
    this.#warnings += 1;
    if (this.#warnings > maxWarnings)
      this.#log.warn({}, 'more addresses without an answer: /addresses of the control listener has them');
    else this.#log.warn({ address, status, code: failure?.code }, 'an address has no answer');
  }
}

function describeAnswer(answer: CdnAnswer): Outcome {
  if (answer.kind === 'redirect')
    return { status: 302, answeredBy: `→ ${displayAddress(answer.location)}`, failure: undefined };
  const rule = answer.rule === undefined ? '' : nameRule({ number: answer.rule });
  const file = `${answer.source ?? ''}${answer.file ?? ''}`;
  return {
    status: 200,
    answeredBy: [rule, file].filter(Boolean).join(': ') || 'the kit',
    failure: undefined,
  };
}

function describeError({ code, status, message, remedy, facts }: PackageError): Outcome {
  return {
    status,
    answeredBy: code === 'ADDRESS_BLOCKED' ? `${facts.rule}: blocked` : undefined,
    failure: { code, message, remedy },
  };
}

function displayAddress(address: string): string {
  const [path = '', ...query] = address.split('?');
  const shown = query
    .join('?')
    .split('&')
    .map((pair) => {
      const [name = '', value] = pair.split('=', 2);
      return value !== undefined && secretName.test(name) ? `${name}=***` : pair;
    })
    .join('&');
  const whole = shown === '' ? path : `${path}?${shown}`;
  return whole.length > maxLength ? `${whole.slice(0, maxLength)}…` : whole;
}
