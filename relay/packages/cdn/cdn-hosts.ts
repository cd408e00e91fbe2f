// Which public CDN hosts the kit answers for, and where. Pure: shared by the service worker and the server, so both
// always agree on what is mirrored.

/** Hosts whose files the kit serves itself under `/-/cdn/<host>/…`. */
export const mirroredHosts = [
  'cdn.tailwindcss.com',
  'cdn.jsdelivr.net',
  'unpkg.com',
  'esm.sh',
  'cdn.esm.sh',
  'esm.run',
  'cdn.skypack.dev',
  'ga.jspm.io',
  'jspm.dev',
  'fonts.googleapis.com',
  'fonts.gstatic.com',
  'fonts.bunny.net',
  'cdnjs.cloudflare.com',
  'stackpath.bootstrapcdn.com',
  'maxcdn.bootstrapcdn.com',
  'netdna.bootstrapcdn.com',
  'polyfill.io',
  'cdn.polyfill.io',
  'polyfill-fastly.io',
  'code.jquery.com',
  'cdn.plot.ly',
  'd3js.org',
  'threejs.org',
  'use.fontawesome.com',
  'kit.fontawesome.com',
  'pro.fontawesome.com',
  'cdn.materialdesignicons.com',
  'unicons.iconscout.com',
  'code.iconify.design',
  'pyscript.net',
  'cdn.datatables.net',
  'cdn.socket.io',
  'cdn.quilljs.com',
  'cdn.tiny.cloud',
  'cdn.ckeditor.com',
  'ajax.googleapis.com',
  'ajax.aspnetcdn.com',
  'www.gstatic.com',
  'cdn.bokeh.org',
  'cdn.anychart.com',
  'cdn.amcharts.com',
  'www.amcharts.com',
  'code.highcharts.com',
  'canvasjs.com',
  'cdn.canvasjs.com',
  'cdn.babylonjs.com',
  'preview.babylonjs.com',
  'aframe.io',
  'pixijs.download',
  'code.createjs.com',
  'vjs.zencdn.net',
  'cdn.plyr.io',
  'cdn.mathjax.org',
  'mozilla.github.io',
  'cdn.sheetjs.com',
  'html2canvas.hertzen.com',
  'code.getmdl.io',
] as const;

/** Where the mirror lives on the base host. */
export const mirrorPrefix = '/-/cdn/';

const hosts: ReadonlySet<string> = new Set(mirroredHosts);

/**
 * Translates a CDN address to the kit's own path.
 * @param mirrored hosts that are mirrored, an operator's own among them
 * @returns `/-/cdn/<host><pathname><search>`, or `undefined` if the kit does not mirror that host.
 */
export function mirrorPath(url: URL, mirrored: ReadonlySet<string> = hosts): string | undefined {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || url.port !== '' || !mirrored.has(url.hostname)) return undefined;
  return `${mirrorPrefix}${url.hostname}${url.pathname}${url.search}`;
}

/**
 * Translates a path of the mirror back to the CDN address it stands for; the inverse of {@link mirrorPath}.
 * @param url any URL whose path may lie under the mirror; only its path and query matter
 */
export function mirroredUrl(url: URL): URL | undefined {
  if (!url.pathname.startsWith(mirrorPrefix)) return undefined;
  const rest = url.pathname.slice(mirrorPrefix.length);
  const slash = rest.indexOf('/');
  if (slash < 0 || !hosts.has(rest.slice(0, slash))) return undefined;
  return new URL(`https://${rest}${url.search}`);
}
