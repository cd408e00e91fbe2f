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
