// What a check is, and what it may use. A new check is a file in checks/ and a line in checks.ts.
import type { Outcome } from './finding.ts';
import type { HttpProbe } from './http-probe.ts';
import type { NameResolver } from './name-resolver.ts';
import type { NginxSource } from './nginx-source.ts';
import type { Subject } from './subject.ts';
import type { TlsProbe } from './tls-probe.ts';

/** In the order in which the report shows them. */
export const groups = [
  'Address',
  'Network',
  'Certificate',
  'Proxy',
  'Headers',
  'nginx',
  'LibreChat',
  'Relay',
  'Pages',
  'Browser',
] as const;

/** What checks work with. Answers are kept: asking twice for the same costs nothing. */
export interface CheckContext {
  subject: Subject;
  names: NameResolver;
  http: HttpProbe;
  tls: TlsProbe;
  nginx: NginxSource;
  /** Ends when the check's time is over. */
  signal: AbortSignal;
}

/** One row of the table of checks. */
export interface Check {
  /** Kebab-case; never changes once published, because scripts read it. */
  id: string;
  group: (typeof groups)[number];
  title: string;
  /** What is looked at, for the documentation: one sentence without a full stop at the end. */
  looksAt: string;
  /** What usually puts it right, for the documentation, in the same form; a finding's remedy is exact. */
  fix: string;
  /** Checks that have to be fine for this one to say anything. */
  needs?: readonly string[];
  /** Checks whose failure explains this one's; unlike with `needs`, they may be skipped. */
  yieldsTo?: readonly string[];
  /** How many times the usual time it may take. Default: 1. */
  patience?: number;
  /** What it throws counts as a failure of the check with the error's message. */
  run(context: CheckContext): Promise<Outcome | Outcome[]> | Outcome | Outcome[];
}
