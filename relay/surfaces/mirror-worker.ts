// The service worker of React previews, on the host that their frame is on.

import { workerHeaders } from '../http/headers.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { PreparedResponse } from '../http/prepared.ts';
import { pathOf } from '../http/target.ts';
import { renderWorker } from '../http/worker-script.ts';
import { type MirrorConfig, mirrorWorkerPath } from '../shared/mirror-config.ts';

/** Serves the worker at its one path. @param options `browserDir` holds the built `mirror-worker.js` */
export function createMirrorWorker(options: { browserDir: string } & MirrorConfig): PlainHandler {
  const { browserDir, egress, onBase } = options;
  const worker = new PreparedResponse(
    renderWorker(browserDir, 'mirror-worker.js', { egress, onBase }),
    workerHeaders,
  );
  return (req, res, next) => {
    if (pathOf(req) === mirrorWorkerPath && isRead(req)) worker.send(req, res);
    else next();
  };
}
