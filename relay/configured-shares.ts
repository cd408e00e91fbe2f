// Published pages as the configuration has them, for the relay and for the command line.
import type { Config } from './config.ts';
import type { PackageLog } from './packages/base/package-log.ts';
import { LazyShares } from './shares/open-shares.ts';
import { ShareRefused } from './shares/share-archive.ts';

/** Nothing is opened here: that is for whoever publishes or looks at something. */
export function configuredShares(config: Config, log: PackageLog): LazyShares {
  return new LazyShares({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    limits: { maxBytes: config.shareMaxBytes, maxFiles: config.shareMaxFiles },
    quota: { ownerBytes: config.sharesOwnerMaxBytes, totalBytes: config.sharesMaxBytes },
    graceMs: config.sharesGraceMs,
    makeReactPage: async () => {
      throw new ShareRefused('React components cannot be published yet: publish a page (html) instead.');
    },
    log,
  });
}
