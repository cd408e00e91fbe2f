// The operator's rules for addresses: which package file or local file answers, or that none does. They come before the kit's own
// dialects, and the first that fits wins. Immutable once read (mirror-rules-file.ts).
import { type AddressPattern, matchAddress } from './address-pattern.ts';

/** What answers for the addresses of a rule; `$1` in templates is what the pattern's first `*` stands for. */
export type RuleTarget =
  /** `range` and `file` are templates; the name is not, so that artifacts cannot choose the package. */
  | { kind: 'package'; name: string; range: string; file: string }
  /** `folder` is absolute and free of symbolic links; `file` is a template for a path in it. */
  | { kind: 'folder'; folder: string; file: string }
  | { kind: 'blocked'; reason: string };

export interface MirrorRule {
  /** Place in the file, from 1. */
  number: number;
  pattern: AddressPattern;
  target: RuleTarget;
}

/** A rule that fits an address. */
export interface RuleMatch {
  rule: MirrorRule;
  /** What the pattern's wildcards stand for. */
  captures: string[];
}

/** The rules of a MIRROR_RULES file, in its order. */
export class MirrorRules {
  readonly #byHost = new Map<string, MirrorRule[]>();

  constructor(rules: readonly MirrorRule[] = []) {
    for (const rule of rules)
      this.#byHost.set(rule.pattern.host, [...(this.#byHost.get(rule.pattern.host) ?? []), rule]);
  }

  /** Hosts that rules name. */
  get hosts(): string[] {
    return [...this.#byHost.keys()];
  }

  /** The first rule for `https://<host><path>?<search>`; `path` is decoded. */
  find(host: string, path: string, search: URLSearchParams): RuleMatch | undefined {
    for (const rule of this.#byHost.get(host.toLowerCase()) ?? []) {
      const captures = matchAddress(rule.pattern, path, search);
      if (captures) return { rule, captures };
    }
    return undefined;
  }
}

/** How messages and records name a rule. */
export function nameRule({ number }: Pick<MirrorRule, 'number'>): string {
  return `rule ${number} of MIRROR_RULES`;
}
