// Lets npm's libraries (pacote, arborist) resolve from our packuments: whatever they look up, they find "cached".
import type { NpmOptions } from './npm-config.ts';
import type { Packument } from './packument.ts';

/** The part of pacote's packument cache that it calls; keys are `corgi:<url>` or `full:<url>`. */
interface PackumentCache {
  has(key: string): boolean;
  get(key: string): Promise<Packument>;
  set(): void;
  delete(): void;
}

/** The package name in a key of pacote's: its last path segment, where a scope's slash is `%2f`. */
function nameInKey(key: string): string {
  return decodeURIComponent(key.slice(key.lastIndexOf('/') + 1));
}

/**
 * Options for pacote and arborist that never reach the network on their own.
 * @param source answers every packument; its errors come out of npm's libraries unchanged
 */
export function pacoteOptions(
  npm: NpmOptions,
  source: { packument(name: string): Promise<Packument> },
): Record<string, unknown> & { registry: string } {
  const packumentCache: PackumentCache = {
    has: () => true,
    get: (key) => source.packument(nameInKey(key)),
    set: () => {},
    delete: () => {},
  };
  return { ...npm, packumentCache, fullMetadata: false, allowScripts: null, ignoreScripts: true };
}
