// Views of hosts, by day: counted in memory and written every few seconds, so that a page that is much looked at does not write at each look.
import type { PackageLog } from '../packages/base/package-log.ts';
import type { HostRegistry } from './host-registry.ts';

const flushMs = 5_000;

/** See the head of this file. What was counted since the last writing is lost when the process is killed. */
export class ViewCounts {
  readonly #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly hosts: HostRegistry,
    readonly log: Pick<PackageLog, 'warn'>,
  ) {}

  count(hostId: string, views = 1): void {
    this.#counts.set(hostId, (this.#counts.get(hostId) ?? 0) + views);
    this.#timer ??= setTimeout(() => void this.flush(), flushMs).unref();
  }

  /** Writes what was counted; a failure is logged, and what it was about is tried again. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counted = [...this.#counts];
    this.#counts.clear();
    for (const [hostId, views] of counted)
      await this.hosts.countViews(hostId, views).catch((err) => {
        this.log.warn({ err, hostId }, 'views could not be counted; they will be tried again');
        this.count(hostId, views);
      });
  }
}
