// npm's own choice of the version for a range or tag, for whoever resolves single packages or guesses ahead of npm's resolver.
import pickManifest from 'npm-pick-manifest';
import type { NpmOptions } from './npm-config.ts';
import type { Packument, PackumentVersion } from './packument.ts';

/** What npm throws when it has nothing to pick. */
const missingCodes = new Set(['ETARGET', 'ENOVERSIONS']);

/**
 * @param range version, range or tag
 * @returns what npm would install, with `before` and `tag` of its configuration; undefined when nothing matches
 */
export function pickVersion(
  packument: Packument,
  range: string,
  { before, defaultTag }: NpmOptions,
): PackumentVersion | undefined {
  try {
    return pickManifest(packument, range, { before, defaultTag });
  } catch (error) {
    if (missingCodes.has((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
}
