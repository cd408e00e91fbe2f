// Forged messages: to a sibling's frame, to the shell, to a static preview's relay frame, to the chat page.
import type { Frame, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PlaygroundPage } from '../browser/playground-page.ts';
import { prepareScene } from './prepare-scene.ts';
import { type ArtifactKind, openArtifact, outcomeOf } from './stage.ts';

const scene = prepareScene({ sameSite: false });

/** Files of an artifact that the attacker would like to see run in somebody else's frame. */
const forgedCompile = (id: string): string => `{
  codesandbox: true, type: 'compile', version: 3, $id: ${id}, template: 'create-react-app', externalResources: [],
  isInitializationCompile: true, showErrorScreen: true, showLoadingScreen: false,
  modules: { '/package.json': { code: '{"main":"/index.js","dependencies":{}}' },
             '/index.js': { code: 'document.body.innerHTML = "<b id=hijacked>hijacked</b>"' } } }`;

/** Posts to every window of the page, and to the frames inside each: windows of other origins can be reached like this. */
const postEverywhere = (messages: string): string => `
const windows = []; const collect = (w) => { windows.push(w); for (let i = 0; i < w.length; i += 1) collect(w[i]); };
collect(top);
for (const target of windows) { if (target === window) continue; for (const message of ${messages}) target.postMessage(message, '*'); }`;

/** A second artifact beside the first, in the same chat page: LibreChat keeps frames of earlier previews. */
async function addSibling(page: Page, script: string): Promise<Frame> {
  const address = `${scene.stage.previews.replace('://preview.', '://0123456789abcdef01-preview.')}/__csb_relay/`;
  await page.evaluate((source) => {
    const frame = document.createElement('iframe');
    frame.name = 'sibling';
    frame.src = source;
    document.body.append(frame);
  }, address);
  await expect.poll(() => page.frame('sibling')?.url()).toContain('__csb_relay');
  const sibling = page.frame('sibling') as Frame;
  await sibling.waitForLoadState();
  await sibling.evaluate(`(async () => { ${script} })()`);
  return sibling;
}

describe('a sibling in the same chat page', () => {
  it('cannot take a React preview over before or after the chat page has registered', async () => {
    const tab = await PlaygroundPage.open(scene.context, scene.stage.kit);
    const flood = `
      const ids = Array.from({ length: 50 }, (_, i) => i);
      window.flood = setInterval(() => { ${postEverywhere(
        `[{ type: 'register-frame', origin: location.origin, id: 7 }, ${forgedCompile('7')}, { codesandbox: true, type: 'refresh', $id: 7 }]`,
      )} }, 5);
      void ids;`;
    const sibling = await addSibling(tab.page, flood);
    await tab.run({
      type: 'application/vnd.react',
      code: 'export default () => <p id="mine">mine</p>;',
    });
    expect(await tab.settled()).toBe('ready');
    const frame = await tab.artifactFrameOf('r');
    await frame.locator('#mine').waitFor();
    // Once more over a preview that is idle.
    await sibling.evaluate(
      `clearInterval(window.flood); ${postEverywhere(
        `[{ type: 'register-frame', origin: location.origin, id: 7 }, ${forgedCompile('7')}]`,
      )}`,
    );
    await tab.edit('export default () => <p id="edited">edited</p>;');
    await frame.locator('#edited').waitFor();
    expect(await frame.locator('#hijacked').count()).toBe(0);
  });

  it('hears nothing of what a React preview and the chat page tell each other', async () => {
    const tab = await PlaygroundPage.open(scene.context, scene.stage.kit);
    const sibling = await addSibling(
      tab.page,
      `window.heard = []; addEventListener('message', ({ data }) => heard.push(data));
       ${postEverywhere(`[{ type: 'register-frame', origin: location.origin, id: 7 }, { type: 'preview-kit:metrics-request' }]`)}`,
    );
    await tab.run({ type: 'application/vnd.react', code: 'export default () => <p id="mine">secret</p>;' });
    expect(await tab.settled()).toBe('ready');
    await sibling.evaluate(
      postEverywhere(
        `[{ type: 'preview-kit:metrics-request' }, { type: 'register-frame', origin: location.origin, id: 8 }]`,
      ),
    );
    await tab.edit('export default () => <p id="edited">secret too</p>;');
    await (await tab.artifactFrameOf('r')).locator('#edited').waitFor();
    expect(await sibling.evaluate('JSON.stringify(window.heard)')).toBe('[]');
  });

  it('cannot make the chat page believe that another preview failed', async () => {
    const tab = await PlaygroundPage.open(scene.context, scene.stage.kit);
    await addSibling(
      tab.page,
      `window.flood = setInterval(() => { ${postEverywhere(
        `Array.from({ length: 5 }, (_, $id) => ({ codesandbox: true, type: 'action', action: 'show-error', title: 'forged', message: 'forged', $id }))`,
      )} }, 20);`,
    );
    await tab.run({ type: 'application/vnd.react', code: 'export default () => <p id="mine">mine</p>;' });
    expect(await tab.settled()).toBe('ready');
    expect(JSON.stringify(await tab.messages())).not.toContain('forged');
  });

  it('cannot feed files to a static preview', async () => {
    const tab = await PlaygroundPage.open(scene.context, scene.stage.kit);
    const heard = await addSibling(
      tab.page,
      `window.heard = 0;
       window.flood = setInterval(() => { ${postEverywhere(`[]`)}
         const windows2 = []; const collect2 = (w) => { windows2.push(w); for (let i = 0; i < w.length; i += 1) collect2(w[i]); }; collect2(top);
         for (const target of windows2) { if (target === window) continue; const { port1, port2 } = new MessageChannel();
           port1.onmessage = ({ data }) => { window.heard += 1; if (data.$type === 'preview/request') port1.postMessage({ $channel: '$CSB_RELAY', $type: 'preview/response', id: data.id, status: 200, headers: { 'Content-Type': 'text/html' }, body: '<b id=hijacked>hijacked</b>' }); };
           target.postMessage({ $channel: '$CSB_RELAY', $type: 'preview/init' }, '*', [port2]); } }, 10);`,
    );
    await tab.run({ type: 'text/html', code: '<!doctype html><p id="mine">mine</p>' });
    expect(await tab.settled()).toBe('ready');
    const frame = await tab.artifactFrame();
    await frame.locator('#mine').waitFor();
    expect(await frame.locator('#hijacked').count()).toBe(0);
    expect(await heard.evaluate('window.heard')).toBe(0);
  });
});

describe('an artifact', () => {
  it.each<ArtifactKind>(['HTML', 'React'])(
    '(%s) cannot open the shell for a preview of its own',
    async (kind) => {
      const opened = await openArtifact(
        scene.stage,
        scene.context,
        kind,
        `const frame = document.createElement('iframe');
       frame.name = 'preview-kit:r00000000000000000000';
       frame.src = '${scene.stage.previews}/';
       window.heard = [];
       addEventListener('message', ({ data, source }) => { if (source === frame.contentWindow) heard.push(data); });
       document.body.append(frame);
       await new Promise((done) => { frame.onload = done; setTimeout(done, 2000); });
       frame.contentWindow.postMessage({ type: 'register-frame', origin: location.origin, id: 1 }, '*');
       await new Promise((done) => setTimeout(done, 500));
       return window.heard;`,
      );
      expect(await outcomeOf(opened)).toEqual([]);
    },
  );

  it('with malformed messages does not break the shell, and the next edit is shown', async () => {
    const odd = `[null, 1, 'x', [], {}, { codesandbox: true }, { codesandbox: true, type: 7 }, { codesandbox: true, type: 'compile' },
      { codesandbox: true, type: '__proto__', $id: {} }, { type: 'preview-kit:hello' }, { type: 'preview-kit:metrics', requests: 'x' },
      { codesandbox: true, type: 'initialized', url: {} }, { codesandbox: true, type: 'urlchange', url: 'javascript:alert(1)' }]`;
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      'React',
      `for (const message of ${odd}) parent.postMessage(message, '*'); return 'sent';`,
    );
    expect(await outcomeOf(opened)).toBe('sent');
    await opened.tab.edit('export default () => <p id="edited">edited</p>;');
    await (await opened.tab.artifactFrameOf('r')).locator('#edited').waitFor();
  });

  it('learns of the chat page nothing but its own files', async () => {
    const listen =
      'addEventListener("message", ({ origin }) => sessionStorage.setItem("heard", (sessionStorage.getItem("heard") ?? "") + origin + " "));';
    const opened = await openArtifact(scene.stage, scene.context, 'React', listen);
    await opened.tab.edit(`${listen} export default () => <p id="edited">edited</p>;`);
    const frame = await opened.tab.artifactFrameOf('r');
    await frame.locator('#edited').waitFor();
    const heard = await frame.evaluate(() => sessionStorage.getItem('heard')?.trim().split(' '));
    expect(new Set(heard)).toEqual(new Set([scene.stage.previews]));
  });
});
