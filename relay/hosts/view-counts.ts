// Views of hosts, by day: counted in memory and written every few seconds, so that a page that is much looked at does not write at each look.
import type { PackageLog } from '../packages/base/package-log.ts';
import type { HostRegistry } from './host-registry.ts';

const flushMs = 5_000;
const dayMs = 24 * 3_600_000;

/** Views of one day, `2026-11-28`, in UTC. */
export interface DayViews {
  day: string;
  views: number;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** See the head of this file. What was counted since the last writing is lost when the process is killed. */
export class ViewCounts {
  readonly #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly hosts: Pick<HostRegistry, 'countViews' | 'viewsSince' | 'now'>,
    readonly log: Pick<PackageLog, 'warn'>,
  ) {}

  count(hostId: string, views = 1): void {
    this.#counts.set(hostId, (this.#counts.get(hostId) ?? 0) + views);
    this.#timer ??= setTimeout(() => void this.flush(), flushMs).unref();
  }

  /**
   * Views of the last days by host, today included.
   * @returns for each host one row a day, oldest first, days without views too
   */
  async lastDays(hostIds: string[], days: number): Promise<Map<string, DayViews[]>> {
    await this.flush();
    const today = this.hosts.now();
    const names = Array.from({ length: days }, (_, back) => dayOf(today - (days - 1 - back) * dayMs));
    const rows = await this.hosts.viewsSince(hostIds, names[0] as string);
    const counts = new Map(rows.map(({ host_id, day, views }) => [`${host_id} ${day}`, views]));
    return new Map(
      hostIds.map((id) => [id, names.map((day) => ({ day, views: counts.get(`${id} ${day}`) ?? 0 }))]),
    );
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
