// Brings a newly generated file and the operator's edits together. Pure.
import { diff3Merge } from 'node-diff3';

/** What becomes of one file. */
export type Merge =
  /** Write `text`. */
  | { action: 'create' | 'update' | 'merge'; text: string }
  /** The file is as it should be. */
  | { action: 'keep' }
  /** Both sides changed the same lines: the operator's file stays, and `text` is put beside it. */
  | { action: 'conflict'; text: string };

/**
 * @param generated the file as it is generated now
 * @param current the file on disk; undefined if there is none
 * @param pristine the file as it was generated last; undefined if this is the first time
 */
export function mergeFile(
  generated: string,
  current: string | undefined,
  pristine: string | undefined,
): Merge {
  if (current === undefined) return { action: 'create', text: generated };
  if (current === generated || generated === pristine) return { action: 'keep' };
  if (current === pristine) return { action: 'update', text: generated };
  if (pristine === undefined) return { action: 'conflict', text: generated };
  const lines = (text: string): string[] => text.split('\n');
  const regions = diff3Merge(lines(current), lines(pristine), lines(generated), {
    excludeFalseConflicts: true,
  });
  if (regions.some(({ conflict }) => conflict)) return { action: 'conflict', text: generated };
  const text = regions.flatMap(({ ok }) => ok ?? []).join('\n');
  return text === current ? { action: 'keep' } : { action: 'merge', text };
}
