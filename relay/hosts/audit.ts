// Who did what to which host: rows that nobody changes, for the operator.
import type { Database } from '../state/state.ts';

/** One act. */
export interface Act {
  /** Who: a user's id, the name of an API token, or `operator`. */
  actor: string;
  /** E.g. `share.publish`. */
  action: string;
  hostId: string | undefined;
  /** Facts about it, without secrets. */
  detail?: object;
}

/** @param now in milliseconds since 1970 */
export async function recordAct(db: Database, act: Act, now: number): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      at: now,
      actor: act.actor,
      action: act.action,
      host_id: act.hostId ?? null,
      detail: JSON.stringify(act.detail ?? {}),
    })
    .execute();
}

/** An act as it is told to the operator. */
export interface ToldAct {
  /** Milliseconds since 1970. */
  at: number;
  actor: string;
  action: string;
  /** Name of the host; undefined for what is about none, and when it is gone for good. */
  host: string | undefined;
  detail: object;
}

/** The newest acts first. @param hostId undefined for those of all hosts */
export async function listActs(
  db: Database,
  { hostId, limit }: { hostId?: string | undefined; limit: number },
): Promise<ToldAct[]> {
  let query = db
    .selectFrom('audit')
    .leftJoin('hosts', 'hosts.id', 'audit.host_id')
    .select(['audit.at', 'audit.actor', 'audit.action', 'audit.detail', 'hosts.name'])
    .orderBy('audit.id', 'desc')
    .limit(limit);
  if (hostId !== undefined) query = query.where('audit.host_id', '=', hostId);
  const rows = await query.execute();
  return rows.map(({ at, actor, action, detail, name }) => ({
    at,
    actor,
    action,
    host: name ?? undefined,
    detail: JSON.parse(detail) as object,
  }));
}
