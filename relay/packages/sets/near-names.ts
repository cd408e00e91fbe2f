// Finds the package that somebody probably meant: models misspell names, and people who edit their code do.
import { distance } from 'fastest-levenshtein';
import { artifactSets } from '../../shared/standard-sets.ts';
import { importedNames } from './imported-names.ts';

const usual = [...new Set([...Object.values(artifactSets).flatMap(Object.keys), ...importedNames])];

/**
 * The known name that is nearest to `name`; undefined when none is near.
 * @param declared the artifact's own dependencies, which are meant before all others
 */
export function findNearName(name: string, declared: Iterable<string>): string | undefined {
  // One letter in three may be wrong, and no more than three.
  const most = Math.min(3, Math.floor(name.length / 3));
  let nearest: { known: string; steps: number } | undefined;
  for (const known of [...declared, ...usual]) {
    const steps = known === name ? Number.POSITIVE_INFINITY : stepsBetween(name, known);
    if (steps <= most && steps < (nearest?.steps ?? Number.POSITIVE_INFINITY)) nearest = { known, steps };
  }
  return nearest?.known;
}

/** Letters to change; `date_fns` and `Date-FNS` are `date-fns` but for the way they are written. */
function stepsBetween(name: string, known: string): number {
  return plain(name) === plain(known) ? 0 : distance(name.toLowerCase(), known);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
