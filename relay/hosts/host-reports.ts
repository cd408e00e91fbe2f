// What visitors report about hosts, for the operator.
import type { HostReportTable } from '../state/schema.ts';
import type { Database } from '../state/state.ts';
import { newId } from './host-registry.ts';

/** What a visitor may say is wrong. */
export const reportReasons = ['misleading', 'harmful', 'private-data', 'copyright', 'other'] as const;
export type ReportReason = (typeof reportReasons)[number];

/** A report with the page that it is about. */
export type ReportRecord = HostReportTable & {
  name: string;
  title: string;
  owner: string;
  disabled_at: number | null;
};

/** More open ones about one host say nothing new. */
const maxOpenPerHost = 50;

/** See the head of this file. */
export class HostReports {
  constructor(
    readonly db: Database,
    readonly now: () => number = Date.now,
  ) {}

  /** @returns false when there are so many about this host that it is not kept */
  async add(hostId: string, reason: ReportReason, message: string): Promise<boolean> {
    const { open } = await this.db
      .selectFrom('host_reports')
      .select(({ fn }) => fn.countAll<number | string>().as('open'))
      .where('host_id', '=', hostId)
      .where('closed_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(open) >= maxOpenPerHost) return false;
    await this.db
      .insertInto('host_reports')
      .values({ id: newId(), host_id: hostId, reason, message, created_at: this.now(), closed_at: null })
      .execute();
    return true;
  }

  /** Those that the operator is not done with, newest first; at most `limit`. */
  list(limit = 200): Promise<ReportRecord[]> {
    return this.db
      .selectFrom('host_reports')
      .innerJoin('hosts', 'hosts.id', 'host_reports.host_id')
      .selectAll('host_reports')
      .select(['hosts.name', 'hosts.title', 'hosts.owner', 'hosts.disabled_at'])
      .where('host_reports.closed_at', 'is', null)
      .orderBy('host_reports.created_at', 'desc')
      .limit(limit)
      .execute();
  }

  /** @returns whether there was such an open one */
  async close(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('host_reports')
      .set({ closed_at: this.now() })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}
