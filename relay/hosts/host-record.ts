// What is known of a host, and what its state means to whoever asks for it. Pure.
import type { HostTable } from '../state/schema.ts';

export type HostRecord = HostTable;

/** Why a host answers nobody, whatever they have to show; undefined when it may. */
export type HostObstacle =
  /** As if it had never been there. */
  | 'missing'
  | 'unpublished'
  | 'expired'
  /** By the operator. */
  | 'disabled';

/** @param now in milliseconds since 1970 */
export function obstacleOf(host: HostRecord | undefined, now: number): HostObstacle | undefined {
  if (!host || host.deleted_at !== null) return 'missing';
  if (host.disabled_at !== null) return 'disabled';
  if (host.unpublished_at !== null) return 'unpublished';
  if (host.expires_at !== null && host.expires_at <= now) return 'expired';
  return undefined;
}
