// Views of hosts, by day: counted in memory and written every few seconds, so that a page that is much looked at does not write at each look.
import type { PackageLog } from '../packages/base/package-log.ts';
import type { HostRegistry } from './host-registry.ts';

const flushMs = 5_000;

/** See the head of this file. What was counted since the last writing is lost when the process is killed. */
export class ViewCounts {
  readonly #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly hosts: Pick<HostRegistry, 'countViews'>,
    readonly log: Pick<PackageLog, 'warn'>,
  ) {}

  count(hostId: string, views = 1): void {
    this.#counts.set(hostId, (this.#counts.get(hostId) ?? 0) + views);
    this.#timer ??= setTimeout(() => void this.flush(), flushMs).unref();
  }

  /** Writes what was counted; a failure is logged, and what is left is tried again. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counted = [...this.#counts];
    this.#counts.clear();
    for (const [index, [hostId, views]] of counted.entries()) {
      try {
        await this.hosts.countViews(hostId, views);
      } catch (err) {
        const left = counted.slice(index);
        this.log.warn({ err, hosts: left.length }, 'views could not be counted; they will be tried again');
        for (const [id, count] of left) this.count(id, count);
        return;
      }
    }
  }
}
