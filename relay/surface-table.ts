// Which surfaces there are, by kind of host, in the order in which they are asked. What is asked for most, and answered from
// memory, comes first.
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { SurfaceTable } from './app.ts';
import type { Bundler } from './bundler/bundler.ts';
import { addKitScript } from './bundler/kit-script.ts';
import type { Config } from './config.ts';
import { readBuilt } from './http/built-file.ts';
import { knowClients } from './http/client.ts';
import { expressPart } from './http/express-part.ts';
import type { PlainHandler } from './http/plain-handler.ts';
import { limitRate } from './http/rate-limit.ts';
import { pathOf } from './http/target.ts';
import type { AddressLog } from './packages/cdn/rules/address-log.ts';
import type { PackageEngine } from './packages/engine.ts';
import type { Traffic } from './packages/upkeep/warm/background-turns.ts';
import type { Egress } from './shared/egress.ts';
import { innerRealmFile } from './shared/mirror-config.ts';
import type { LazyShares } from './shares/open-shares.ts';
import { OwnPages } from './shares/own-pages.ts';
import { createAssets } from './surfaces/assets.ts';
import { createFallbackPage } from './surfaces/fallback-page.ts';
import { createFrame } from './surfaces/frame.ts';
import { createHealth, type Readiness } from './surfaces/health.ts';
import { createMirrorWorker } from './surfaces/mirror-worker.ts';
import { MirrorFiles } from './surfaces/packages/mirror-files.ts';
import { createPackages } from './surfaces/packages/packages.ts';
import { createPlaceholder } from './surfaces/placeholder.ts';
import { createShares } from './surfaces/shares.ts';
import { createShell } from './surfaces/shell.ts';
import { createStaticRelay } from './surfaces/static-relay.ts';
import type { TailwindStyles } from './tailwind/tailwind-styles.ts';

/** What surfaces are made of. */
export interface SurfaceParts {
  config: Config;
  /** Folder of the compiled browser code. */
  browserDir: string;
  bundler: Bundler;
  engine: PackageEngine;
  addresses: AddressLog;
  /** Makes styles of native previews; undefined where only the Play CDN may. */
  tailwind: TailwindStyles | undefined;
  /** Is told of the requests for packages that are running. */
  traffic: Traffic;
  readiness: Readiness;
  /** The API and the MCP server; undefined where nothing can be published. */
  api: RequestHandler | undefined;
  /** Published pages; undefined where there are none. */
  shares: LazyShares | undefined;
  log: Logger;
}

/** @throws Error for people when browser code is not built */
export function createSurfaces(parts: SurfaceParts): SurfaceTable {
  const { config, browserDir, bundler, engine, addresses, tailwind, traffic, shares, log } = parts;
  const { embedOrigins } = config;
  const egress: Egress = {
    mode: config.egress,
    allow: config.egressAllow,
    mirroredHosts: engine.mirroredHosts,
  };
  const compiler = addKitScript(bundler, browserDir, 'fast-compiler.js');
  const worker = addKitScript(bundler, browserDir, 'native-worker.js');
  const placeholder = createPlaceholder();
  const frame = (onBase: boolean) =>
    createFrame({
      browserDir,
      bundler,
      compiler,
      worker,
      embedOrigins,
      egress,
      engine: config.engine,
      onBase,
    });
  const mirrorWorker = (onBase: boolean) => createMirrorWorker({ browserDir, egress, onBase });
  const health = createHealth(parts.readiness);
  const files = new MirrorFiles(engine.encoded);
  const packages = expressPart(config.trustProxy, [
    limitRate(config.rateLimit),
    createPackages(engine, { files, addresses, tailwind, log }),
  ]);
  const published =
    shares &&
    createShares({
      open: () => shares.openExisting(),
      clients: knowClients(config.trustProxy),
      signIn: { authUrl: config.signInAuthUrl, signInUrl: config.signInUrl },
      log,
      egress,
      innerScript: readBuilt(browserDir, innerRealmFile),
      maintenance: config.maintenance,
      hasBars: config.shareBar === 'on',
      own: new OwnPages({ script: readBuilt(browserDir, 'bar.js'), style: readBuilt(browserDir, 'bar.css') }),
    });
  return {
    base: [
      createAssets(bundler),
      ...(config.engine === 'native' && tailwind ? [prepareStyles(tailwind)] : []),
      ...(config.isolation === 'shared'
        ? [placeholder, frame(true), mirrorWorker(true)]
        : [createShell({ browserDir, embedOrigins, engine: config.engine })]),
      files.ready,
      health,
      countIn(traffic),
      packages,
    ],
    preview: [
      placeholder,
      createStaticRelay({ browserDir, embedOrigins, egress }),
      mirrorWorker(false),
      frame(false),
      createFallbackPage({ browserDir, embedOrigins }),
    ],
    probe: [health],
    ...(published && {
      named: [published],
      foreign: [published],
      api: [
        health,
        expressPart(config.trustProxy, [limitRate(config.rateLimit), ...(parts.api ? [parts.api] : [])]),
      ],
    }),
  };
}

/** Whoever opens a preview needs styles a moment later. */
function prepareStyles(tailwind: TailwindStyles): PlainHandler {
  return (req, _res, next) => {
    if (pathOf(req) === '/') tailwind.prepare();
    next();
  };
}

function countIn(traffic: Traffic): PlainHandler {
  return (req, res, next) => {
    if (pathOf(req).startsWith('/-/')) res.once('close', traffic.enter());
    next();
  };
}
