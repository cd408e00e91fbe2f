// The shell: what LibreChat's iframe opens at the base host. Its script (relay/browser/react/shell.ts) nests a preview on a fresh
// random origin and passes messages both ways. With ISOLATION=shared the bundler's frame itself is served here.
import { readBuilt } from '../http/built-file.ts';
import { shellHeaders } from '../http/headers.ts';
import { baseAuthorityOf } from '../http/host-routing.ts';
import { jsonForScript, PageCache } from '../http/page-cache.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { pathOf } from '../http/target.ts';
import { delegatedFeatures } from '../shared/permissions-policy.ts';

/**
 * Serves the shell page at `/`.
 * @param options `browserDir` holds the built `shell.js`; `embedOrigins` may embed the page; `engine` is what the preview opens with
 */
export function createShell(options: {
  browserDir: string;
  embedOrigins: string[];
  engine: 'native' | 'bundler';
}): PlainHandler {
  const { embedOrigins, engine } = options;
  const script = readBuilt(options.browserDir, 'shell.js');
  const config = jsonForScript({ embedOrigins, allow: delegatedFeatures, engine });
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Preview</title>
<style>html,body{height:100%;margin:0;overflow:hidden;background:transparent}iframe{display:block;width:100%;height:100%;border:0}</style>
<body>
<script id="config" type="application/json">${config}</script>
<script>${script}</script>
<noscript>Previews need JavaScript.</noscript>
</html>
`;
  const pages = new PageCache((authority) => ({
    html,
    headers: shellHeaders(embedOrigins, previewSources(authority), [script]),
  }));
  return (req, res, next) => {
    if (pathOf(req) === '/' && isRead(req)) pages.get(baseAuthorityOf(res)).send(req, res);
    else next();
  };
}

/** A CSP source for every `<id>-…` sibling; wildcards cover whole labels only, so it is wider than the ids. */
function previewSources(baseAuthority: string): string {
  return `*.${baseAuthority.slice(baseAuthority.indexOf('.') + 1)}`;
}
