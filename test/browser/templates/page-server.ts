// Serves the page that embeds Sandpack's own templates, for the tests of any engine.
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the page and serves it on a free port; the caller closes it. */
export async function serveTemplatePage(): Promise<Server> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page.tsx')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.SANDPACK_CLIENT_VERSION': 'undefined',
    },
    logLevel: 'error',
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(
      isScript
        ? script
        : '<!doctype html><div id="root"></div><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  return server;
}
