// Framing by strangers, and frames that take themselves or others elsewhere.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { prepareScene } from './prepare-scene.ts';
import { type ArtifactKind, openArtifact, outcomeOf } from './stage.ts';

const scene = prepareScene({ sameSite: true });

const previewHost = (id: string, { stage } = scene): string =>
  stage.previews.replace('://preview.', `://${id}-preview.`);

/** A page of the attacker's with `address` in a frame. */
async function frameFromEvil(address: string, script = '', { stage, context } = scene): Promise<Page> {
  stage.evilPages.set(
    '/framing',
    `<!doctype html><iframe id="f" name="f" src="${address}"></iframe><script>${script}</script>`,
  );
  const page = await context.newPage();
  await page.goto(`${stage.evil}/framing`);
  await page.waitForLoadState('load');
  return page;
}

const pages: [name: string, address: (from: typeof scene) => string][] = [
  ['the shell', ({ stage }) => `${stage.previews}/`],
  ['a React preview', (from) => `${previewHost('r0123456789abcdefghij', from)}/`],
  ['a static preview', (from) => `${previewHost('0123456789abcdef', from)}/`],
];

/** Asks the framed relay frame to serve, as Sandpack's client does. */
const askRelay = `window.heard = []; addEventListener('message', ({ data }) => heard.push(data));
       document.getElementById('f').onload = ({ target }) => { for (let i = 0; i < 20; i += 1) setTimeout(() => {
         const { port1, port2 } = new MessageChannel(); port1.onmessage = ({ data }) => heard.push(data);
         target.contentWindow.postMessage({ $channel: '$CSB_RELAY', $type: 'preview/init' }, '*', [port2]);
         target.contentWindow.postMessage({ type: 'preview-kit:metrics-request' }, '*'); }, i * 50); };`;

describe('a foreign site', () => {
  it.each(pages)('cannot frame %s', async (_, address) => {
    const page = await frameFromEvil(address(scene));
    await expect.poll(() => page.frame('f')?.url()).toMatch(/^chrome-error:/);
  });

  it('that frames a relay frame gets no answer from it', async () => {
    const page = await frameFromEvil(`${previewHost('0123456789abcdef')}/__csb_relay/`, askRelay);
    await expect.poll(() => page.frame('f')?.locator('#notice').textContent()).toContain('EMBED_ORIGINS');
    expect(await page.evaluate('window.heard')).toEqual([]);
  });

  it('that opens the shell in a tab of its own gets no answer from it', async () => {
    scene.stage.evilPages.set('/opening', '<!doctype html><button>open</button>');
    const page = await scene.context.newPage();
    await page.goto(`${scene.stage.evil}/opening`);
    await page.evaluate((address) => {
      Object.assign(window, { heard: [] });
      addEventListener('message', ({ data }) => (window as unknown as { heard: unknown[] }).heard.push(data));
      document
        .querySelector('button')
        ?.addEventListener('click', () => Object.assign(window, { opened: window.open(address) }));
    }, `${scene.stage.previews}/`);
    const [popup] = await Promise.all([scene.context.waitForEvent('page'), page.locator('button').click()]);
    await popup.waitForLoadState();
    await page.evaluate(() => {
      const { opened } = window as unknown as { opened: Window };
      opened.postMessage({ type: 'register-frame', origin: location.origin, id: 1 }, '*');
    });
    // The shell hears this one after the other, and has then had its chance to answer.
    await popup.evaluate(
      () =>
        new Promise<void>((heard) => {
          addEventListener('message', ({ data }) => data === 'fence' && heard());
          postMessage('fence', '*');
        }),
    );
    expect(await page.evaluate('window.heard')).toEqual([]);
  });

  it.each([
    '//evil.test/x',
    '/\\evil.test',
    '/?url=https://evil.test',
    '/#https://evil.test',
    '/%2f%2fevil.test',
  ])('finds no redirect to itself at %s', async (path) => {
    for (const base of [
      scene.stage.previews,
      previewHost('0123456789abcdef'),
      previewHost('r0123456789abcdefghij'),
    ]) {
      const page = await scene.context.newPage();
      await page.goto(base + path).catch(() => {});
      expect(new URL(page.url() === 'about:blank' ? base : page.url()).hostname).not.toBe('evil.test');
      await page.close();
    }
    expect(scene.stage.seenByEvil).toEqual([]);
  });

  it('finds no address that shows text of its choice as a page', async () => {
    const payload = '<script>document.title="owned"</script>';
    for (const path of [
      `/${payload}`,
      `/?q=${payload}`,
      `/-/set?q=${payload}`,
      `/-/cdn/${payload}/x`,
      `/-/esm/${payload}`,
      `/api/placeholder/${payload}/1`,
      `/-/cdn/unpkg.com/react?callback=${payload}`,
    ])
      for (const base of [scene.stage.previews, previewHost('0123456789abcdef')]) {
        const page = await scene.context.newPage();
        await page.goto(base + encodeURI(path)).catch(() => {});
        expect(await page.title()).not.toBe('owned');
        await page.close();
      }
  });
});

describe.each<ArtifactKind>(['HTML', 'React'])('a %s artifact', (kind) => {
  it.each([
    ['by its location', 'top.location.href = evil;'],
    ['by replacing it', 'top.location.replace(evil);'],
    [
      'by a link',
      'const a = document.createElement("a"); a.href = evil; a.target = "_top"; document.body.append(a); a.click();',
    ],
    [
      'by a form',
      'const f = document.createElement("form"); f.action = evil; f.target = "_top"; document.body.append(f); f.submit();',
    ],
    ['by open', 'window.open(evil, "_top");'],
    [
      'by a frame inside',
      'const f = document.createElement("iframe"); document.body.append(f); f.contentWindow.eval("top.location = " + JSON.stringify(evil));',
    ],
  ])('cannot take the chat page elsewhere %s', async (_, attempt) => {
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      kind,
      `const evil = '${scene.stage.evil}/top'; try { ${attempt} } catch {} await new Promise((done) => setTimeout(done, 600)); return 'tried';`,
    );
    expect(await outcomeOf(opened)).toBe('tried');
    expect(new URL(opened.page.url()).origin).toBe(scene.stage.chat);
    expect(scene.stage.seenByEvil.filter(({ path }) => path === '/top')).toEqual([]);
  });

  it('cannot take a sibling frame elsewhere', async () => {
    const opened = await openArtifact(scene.stage, scene.context, kind, 'return "ready";');
    await opened.page.evaluate(
      (address) => {
        const frame = document.createElement('iframe');
        frame.name = 'sibling';
        frame.src = address;
        document.body.append(frame);
      },
      `${previewHost('0123456789abcdef01')}/__csb_relay/`,
    );
    await expect.poll(() => opened.page.frame('sibling')?.url()).toContain('__csb_relay');
    const before = opened.page.frames().map((frame) => frame.url());
    const refused = opened.page.waitForEvent('console', (message) => /Unsafe attempt/.test(message.text()));
    await opened.frame.evaluate(`for (let i = 0; i < top.length; i += 1) { if (top[i] === window || top[i] === window.parent) continue;
      try { top[i].location = '${scene.stage.evil}/sibling'; } catch {} try { top[i].location.replace('${scene.stage.evil}/sibling'); } catch {} }
      void 0`);
    await refused;
    expect(opened.page.frames().map((frame) => frame.url())).toEqual(before);
    expect(scene.stage.seenByEvil).toEqual([]);
  });

  it('cannot frame the chat page', async () => {
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      kind,
      `const f = document.createElement('iframe'); f.src = '${scene.stage.chat}/api/framed'; document.body.append(f);
       await new Promise((done) => setTimeout(done, 800)); return 'tried';`,
    );
    expect(await outcomeOf(opened)).toBe('tried');
    expect(scene.stage.seenByChat).toEqual([]);
  });

  it('cannot frame another preview', async () => {
    const other = `${previewHost('r0123456789abcdefghij')}/`;
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      kind,
      `const f = document.createElement('iframe'); f.name = 'other'; f.src = '${other}'; document.body.append(f);
       await new Promise((done) => setTimeout(done, 1000)); return 'tried';`,
    );
    expect(await outcomeOf(opened)).toBe('tried');
    expect(opened.page.frame('other')?.url() ?? '').not.toBe(other);
  });

  it('cannot take itself elsewhere where the shell holds it; elsewhere it is listed as what remains', async () => {
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      kind,
      `window.leave = () => setTimeout(() => { location.href = '${scene.stage.evil}/self?secret'; }); return 'ready';`,
    );
    expect(await outcomeOf(opened)).toBe('ready');
    const refused =
      kind === 'React' && opened.page.waitForEvent('console', (message) => /frame-src/.test(message.text()));
    await opened.frame.evaluate('void window.leave()');
    const arrived = () => scene.stage.seenByEvil.some(({ path }) => path.startsWith('/self'));
    if (kind === 'React') {
      await refused;
      expect(arrived()).toBe(false);
    } else {
      // The frame is LibreChat's, and no policy of the document inside limits where it goes: docs/security.md.
      await expect.poll(arrived).toBe(true);
    }
  });
});

describe('a foreign site in EMBED_ORIGINS', () => {
  const open = prepareScene({ sameSite: true, evilMayEmbed: true });

  it.each(pages)('would frame %s: the attempt is real', async (_, address) => {
    const page = await frameFromEvil(address(open), '', open);
    await expect.poll(() => page.frame('f')?.url()).toBe(address(open));
  });

  it('would get an answer from the relay frame', async () => {
    const page = await frameFromEvil(`${previewHost('0123456789abcdef', open)}/__csb_relay/`, askRelay, open);
    await expect.poll(() => page.evaluate('window.heard.length')).toBeGreaterThan(0);
  });
});
