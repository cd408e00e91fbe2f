// The engine's log as a command shows it: warnings between the lines of progress, and nothing else.
import type { PackageLog } from '../packages/base/package-log.ts';
import type { Progress } from '../terminal/progress.ts';

/** A log that writes to `progress`. */
export function progressLog(progress: Progress): PackageLog {
  const show = (details: object, message: string): void => {
    const facts = details as Record<string, unknown>;
    const about = facts.package ?? facts.packageName ?? facts.tree ?? '';
    const why = facts.reason ?? facts.detail ?? '';
    progress.line(`  ${[about, message, why].filter(Boolean).join(': ')}`);
  };
  return { debug: () => {}, info: () => {}, warn: show, error: show };
}
