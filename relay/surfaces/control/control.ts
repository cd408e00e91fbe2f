// The control listener: loopback only, never behind the public proxy. It serves the playground, what artifacts asked
// for, and the API.
import { join } from 'node:path';
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import serveStatic from 'serve-static';
import { answerFaultsTo } from '../../http/answer-faults.ts';
import { createErrorPage, notFound } from '../../http/error-page.ts';
import type { AddressLog } from '../../packages/cdn/rules/address-log.ts';
import { createAddresses } from './addresses.ts';

/**
 * Builds the control listener's handler.
 * @param options `previewUrl` is the relay's address as the browser on this machine reaches it; without `addresses` there is no
 * page of them
 */
export function createControl(options: {
  playgroundDir: string;
  playground: boolean;
  previewUrl: () => string;
  addresses?: AddressLog;
  /** The API and the MCP server. */
  api?: RequestHandler | undefined;
  log: Logger;
}): Express {
  const app = express();
  app.disable('x-powered-by');
  const watchAnswer = answerFaultsTo(options.log);
  app.use((req, res, next) => {
    watchAnswer(res);
    // A page elsewhere could point a name of its own at 127.0.0.1 (DNS rebinding) and read what is served here.
    if (/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(req.headers.host ?? '')) return next();
    res.status(421).type('text').send('The control listener answers at localhost only.\n');
  });
  app.use(
    helmet({
      strictTransportSecurity: false,
      // LibreChat's page has none; with one, artifacts get no hold of the windows that they open.
      crossOriginOpenerPolicy: false,
      crossOriginResourcePolicy: { policy: 'same-origin' },
      contentSecurityPolicy: {
        directives: {
          'default-src': ["'self'"],
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:'],
          // Sandpack's static client parses artifacts with DOMParser, and the browser reports their handlers here.
          'script-src-attr': ["'unsafe-inline'"],
          'frame-src': ['http:', 'https:'],
          'upgrade-insecure-requests': null,
        },
      },
    }),
  );
  app.use(compression());
  if (options.api) app.use(options.api);
  if (options.addresses) app.use(createAddresses(options.addresses));
  if (options.playground) {
    app.get('/playground.json', (_req, res) => {
      const url = options.previewUrl();
      res.set('Cache-Control', 'no-store').json({
        bundlerURL: url,
        staticBundlerURL: url,
        canPublish: options.api !== undefined,
      });
    });
    app.use(serveStatic(join(options.playgroundDir), { cacheControl: false, index: 'index.html' }));
  }
  app.use(notFound);
  app.use(createErrorPage(options.log));
  return app;
}
