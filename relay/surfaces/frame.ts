// The frame: the page on a preview's own origin, with the native engine or the bundler. Scripts come from the base host, so browsers
// keep one copy.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bundler } from '../bundler/bundler.ts';
import { readBuilt } from '../http/built-file.ts';
import { lifetimes, previewHeaders } from '../http/headers.ts';
import { baseAuthorityOf, hostOf } from '../http/host-routing.ts';
import { isNavigation } from '../http/navigation.ts';
import { jsonForScript, PageCache } from '../http/page-cache.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { pathOf } from '../http/target.ts';
import { type Egress, egressDirectives } from '../shared/egress.ts';
import { innerGlobal, innerRealmFile, type MirrorConfig } from '../shared/mirror-config.ts';
import { bundlerPath } from '../shared/native.ts';
import { escapeHtml } from '../shared/page.ts';
import { isStaticId } from '../shared/preview-id.ts';

/**
 * Serves the engine's page. At `/` always; at other paths to navigations only, because artifacts with a router
 * are reloaded there. Never under `/__csb`, where an answer would pass for the static relay. With the native engine, the bundler's
 * page is there too, at a path of its own.
 * @param options `compiler`, `worker`: paths of the fast compiler and of the native engine's worker script among the bundler's files; `embedOrigins` may embed the page besides the shell; `egress` limits what it reaches; `onBase` serves it at the base host (ISOLATION=shared)
 */
export function createFrame(options: {
  browserDir: string;
  bundler: Bundler;
  compiler: string;
  worker: string;
  embedOrigins: string[];
  egress: Egress;
  engine: 'native' | 'bundler';
  onBase?: boolean;
}): PlainHandler {
  const { browserDir, embedOrigins, egress, engine } = options;
  const headers = (authority: string) =>
    previewHeaders([...embedOrigins, authority], egressDirectives(egress, authority));
  const inner = readBuilt(browserDir, innerRealmFile);
  const prelude = `${inner};${readBuilt(browserDir, 'frame-prelude.js')}`;
  const bundlerPages = new PageCache((authority) => ({
    html: renderBundlerFrame({ ...options, prelude, authority }),
    headers: headers(authority),
  }));
  const script = `${inner};${readBuilt(browserDir, 'native-frame.js')}`;
  const nativePages = new PageCache((authority) => ({
    html: renderNativeFrame({ ...options, script, authority }),
    headers: headers(authority),
  }));
  return (req, res, next) => {
    const host = hostOf(res);
    const path = pathOf(req);
    const wanted =
      path === '/' ||
      (engine === 'native' && path === bundlerPath) ||
      (!options.onBase && !path.startsWith('/__csb') && isNavigation(req));
    // Sandpack's static client brings its files itself; its previews never see the bundler.
    if (!wanted || (host.kind === 'preview' && isStaticId(host.id))) return next();
    if (req.method === 'POST' && isNavigation(req)) return answerForm(req, res);
    if (!isRead(req)) return next();
    const pages = engine === 'native' && path !== bundlerPath ? nativePages : bundlerPages;
    pages.get(baseAuthorityOf(res)).send(req, res);
  };
}

/** A form that nobody handles: where a site would show its answer, the artifact is shown again. */
function answerForm(req: IncomingMessage, res: ServerResponse): void {
  // More than one slash at the start would name another host.
  const target = (req.url ?? '').replace(/^[/\\]*/, '/');
  res.writeHead(303, { Location: target, 'Cache-Control': lifetimes.never }).end();
}

function renderBundlerFrame(options: {
  bundler: Bundler;
  compiler: string;
  egress: Egress;
  onBase?: boolean;
  prelude: string;
  authority: string;
}): string {
  const { bundler, compiler, egress, onBase = false, prelude, authority } = options;
  const files = `//${authority}/static/${bundler.fingerprint}/`;
  const babelWorker = [...bundler.files.keys()].find((path) =>
    /^babel-transpiler\.[^/]+\.worker\.js$/.test(path),
  );
  const mirror: MirrorConfig = { egress, onBase };
  const config = jsonForScript({ base: `//${authority}/`, files, compiler, babelWorker, mirror });
  const scripts = bundler.page.map((item) =>
    'src' in item
      ? `<script src="${escapeHtml(files + item.src)}" crossorigin="anonymous"></script>`
      : `<script>${item.code}</script>`,
  );
  const body = `<div id="csb-loading-screen"></div>
${scripts.join('\n')}`;
  return renderPage(`window.__previewKitConfig=${config};window.${innerGlobal}=${prelude}`, body);
}

function renderNativeFrame(options: {
  bundler: Bundler;
  worker: string;
  egress: Egress;
  onBase?: boolean;
  script: string;
  authority: string;
}): string {
  const { bundler, egress, onBase = false, script, authority } = options;
  const mirror: MirrorConfig = { egress, onBase };
  const worker = `//${authority}/static/${bundler.fingerprint}/${options.worker}`;
  const config = jsonForScript({ base: `//${authority}/`, worker, mirror });
  return renderPage(`window.__previewKitConfig=${config};window.${innerGlobal}=${script}`, '');
}

function renderPage(script: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Preview</title>
<link rel="icon" href="data:,">
<script>${script}</script>
</head>
<body>${body}
</body>
</html>
`;
}
