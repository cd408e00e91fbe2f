// Published pages as the configuration has them, for the relay and for the command line.
import type { Logger } from 'pino';
import { ArtifactCompiler } from './compile/compile-artifact.ts';
import type { Config } from './config.ts';
import { readBuilt } from './http/built-file.ts';
import { NativeAnswers } from './native/native-answers.ts';
import type { PackageEngine } from './packages/engine.ts';
import { LazyShares } from './shares/open-shares.ts';
import { PageCamera } from './shares/page-camera.ts';
import { createReactPages } from './shares/react-pages.ts';
import type { ReactPageMaker } from './shares/share-pages.ts';
import { TailwindStyles } from './tailwind/tailwind-styles.ts';

/** Nothing is opened here: that is for whoever publishes or looks at something. @param engine is asked for when a component is published */
export function configuredShares(
  config: Config,
  parts: {
    browserDir: string;
    engine: () => Promise<PackageEngine>;
    /** Where the relay listens, for a browser of this machine. */
    relay: () => { address: string; port: number };
    log: Logger;
    /** Whether this is the relay itself, whose settings say which token is LibreChat's. */
    isRelay: boolean;
  },
): LazyShares {
  const { isRelay } = parts;
  let maker: Promise<ReactPageMaker> | undefined;
  const tailwind = new TailwindStyles({ log: parts.log });
  return new LazyShares({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    ...(isRelay && { chatToken: config.chatToken }),
    limits: { maxBytes: config.shareMaxBytes, maxFiles: config.shareMaxFiles },
    quota: { ownerBytes: config.sharesOwnerMaxBytes, totalBytes: config.sharesMaxBytes },
    graceMs: config.sharesGraceMs,
    ...(config.jwtJwksUrl !== '' && {
      foreignTokens: { jwksUrl: config.jwtJwksUrl, issuer: config.jwtIssuer, audience: config.jwtAudience },
    }),
    makeReactPage: async (content, title) => {
      maker ??= reactPages({ ...parts, tailwind });
      return (await maker)(content, title);
    },
    closePages: () => tailwind.close(),
    log: parts.log,
    camera: new PageCamera({
      mode: config.sharePictures,
      hostname: config.hostname,
      relay: parts.relay,
      log: parts.log,
    }),
  });
}

async function reactPages({
  browserDir,
  engine: openEngine,
  tailwind,
  log,
}: Parameters<typeof configuredShares>[1] & { tailwind: TailwindStyles }): Promise<ReactPageMaker> {
  const engine = await openEngine();
  const answers = new NativeAnswers({
    compiler: new ArtifactCompiler(),
    linked: engine.linked,
    pageImports: (address) => engine.pageImports(address),
    tailwind,
    log,
  });
  return createReactPages({
    answers,
    readPack: async (name) => (await engine.linked.pack(name))?.encode('identity'),
    pageScript: readBuilt(browserDir, 'share-page.js'),
    workerScript: readBuilt(browserDir, 'native-worker.js'),
    libreChatFiles: JSON.parse(readBuilt(browserDir, 'librechat-files.json')) as Record<string, string>,
  });
}
