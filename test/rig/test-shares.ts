// The state of published pages in a folder of a test's own, without the package engine: components become pages without files.
import pino from 'pino';
import { LazyShares, type SharesSettings } from '../../relay/shares/open-shares.ts';

/** @param settings what the test is about; with the others, ten files and 100 kB fit into a page */
export function testShares(dataDir: string, settings: Partial<SharesSettings> = {}): LazyShares {
  return new LazyShares({
    dataDir,
    databaseUrl: '',
    limits: { maxFiles: 10, maxBytes: 100_000 },
    quota: { ownerBytes: 1_000_000, totalBytes: 1_000_000 },
    graceMs: 1000,
    makeReactPage: async () => ({ files: [], entry: '/' }),
    log: pino({ level: 'silent' }),
    ...settings,
  });
}
