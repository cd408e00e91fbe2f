// LibreChat's session: requests that would carry its cookies, answers that would be read, cookies that would be put in its way.
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareScene } from './prepare-scene.ts';
import { type ArtifactKind, openArtifact, outcomeOf, startStage } from './stage.ts';

const pause = 'await new Promise((done) => setTimeout(done, 1000));';

const slug = (name: string): string => name.replaceAll(/\W/g, '-');

const requests: [name: string, script: string][] = [
  ['fetch', 'await fetch(api, { credentials: "include" }).then((r) => r.text()).catch(() => "");'],
  [
    'a simple POST',
    'await fetch(api, { method: "POST", mode: "no-cors", credentials: "include", body: "x" }).catch(() => "");',
  ],
  [
    'XMLHttpRequest',
    'const x = new XMLHttpRequest(); x.open("GET", api); x.withCredentials = true; x.send();',
  ],
  ['an image', 'new Image().src = api;'],
  ['a script', 'const s = document.createElement("script"); s.src = api; document.head.append(s);'],
  [
    'a style sheet',
    'const l = document.createElement("link"); l.rel = "stylesheet"; l.href = api; document.head.append(l);',
  ],
  ['a beacon', 'navigator.sendBeacon(api, "x");'],
  [
    'a form',
    'const f = document.createElement("form"); f.action = api; f.method = "post"; f.target = "sink"; const i = document.createElement("iframe"); i.name = "sink"; document.body.append(i, f); f.submit();',
  ],
  ['a frame', 'const i = document.createElement("iframe"); i.src = api; document.body.append(i);'],
  ['a WebSocket', 'new WebSocket(api.replace("https", "wss"));'],
  ['an event stream', 'new EventSource(api, { withCredentials: true });'],
  ['a video', 'const v = document.createElement("video"); v.src = api; document.body.append(v);'],
  [
    'a prefetch',
    'const l = document.createElement("link"); l.rel = "prefetch"; l.href = api; document.head.append(l);',
  ],
  [
    'a worker',
    'new Worker(URL.createObjectURL(new Blob(["fetch(" + JSON.stringify(api) + ", { credentials: \'include\' })"])));',
  ],
  [
    'a clean realm',
    'const i = document.createElement("iframe"); document.body.append(i); i.contentWindow.fetch(api, { credentials: "include" }).catch(() => {});',
  ],
];

/** All of them, each for an address of its own. */
const all = requests
  .map(
    ([name, script]) =>
      `try { const api = chat + '/api/${slug(name)}'; await (async () => { ${script} })(); } catch {}`,
  )
  .join('\n');

describe.each([true, false])('previews on the chat’s own domain: %s', (sameSite) => {
  const scene = prepareScene({ sameSite });

  describe.each<ArtifactKind>(['HTML', 'React'])('a %s artifact', (kind) => {
    let reached: string[] | undefined;
    beforeAll(async () => {
      const own = await scene.stage.newContext();
      const script = `const chat = '${scene.stage.chat}'; ${all} ${pause} return 'tried';`;
      expect(await outcomeOf(await openArtifact(scene.stage, own, kind, script), 20_000)).toBe('tried');
      await own.close();
      reached = scene.stage.seenByChat.map(({ path }) => path.replace('/api/', ''));
    });

    it.each(requests)('does not reach LibreChat’s API by %s', (name) => {
      expect(reached).toBeDefined();
      expect(reached).not.toContain(slug(name));
    });
  });

  it('what an artifact calls a cookie of the whole domain reaches the chat page only where both share one', async () => {
    const domain = new URL(scene.stage.previews).hostname.split('.').slice(-2).join('.');
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      'HTML',
      `document.cookie = 'session=tossed; domain=${domain}; path=/api; Secure; SameSite=None';
       document.cookie = 'session=tossed; domain=example.test; path=/api; Secure; SameSite=None'; return 'tried';`,
    );
    await outcomeOf(opened);
    await opened.page.evaluate(() => fetch('/api/who'));
    // On one domain no browser can stop it: docs/security.md says so, and the doctor warns.
    expect(scene.stage.seenByChat.some(({ cookie }) => cookie.includes('tossed'))).toBe(sameSite);
    expect(scene.stage.seenByChat.every(({ cookie }) => cookie.includes('session=top-secret'))).toBe(true);
  });

  it('the relay sets no cookie and looks at none', async () => {
    await scene.context.addCookies([
      { name: 'session', value: 'tossed', url: scene.stage.previews },
      { name: 'id', value: '<script>', url: scene.stage.previews },
    ]);
    const page = await scene.context.newPage();
    const answer = await page.goto(`${scene.stage.previews}/`);
    expect(await answer?.headerValue('set-cookie')).toBeNull();
    expect(await answer?.text()).not.toContain('tossed');
  });
});

describe('EGRESS=open', () => {
  it('lets the same requests through: they are real; on one domain they carry the cookies, and no answer can be read', async () => {
    const stage = await startStage({ sameSite: true, flags: { egress: 'open' } });
    const context = await stage.newContext();
    const opened = await openArtifact(
      stage,
      context,
      'HTML',
      `const chat = '${stage.chat}'; ${all} ${pause}
       return fetch(chat + '/api/read', { credentials: 'include' }).then((answer) => answer.text(), (error) => error.name);`,
    );
    const answer = await outcomeOf(opened, 20_000);
    const seen = stage.seenByChat.filter(({ cookie }) => cookie.includes('refreshToken=top-secret'));
    await stage.close();
    expect(answer).toBe('TypeError');
    expect(seen.length).toBeGreaterThanOrEqual(10);
  });
});
