// Storage, caches, service workers and channels of another preview, of the shell and of the chat page.
import { describe, expect, it } from 'vitest';
import { prepareScene } from './prepare-scene.ts';
import { type ArtifactKind, openArtifact, outcomeOf, startStage } from './stage.ts';

/** Leaves something in every store that a page has. */
const hide = `
localStorage.setItem('victim', 'secret'); sessionStorage.setItem('victim', 'secret');
document.cookie = 'victim=secret; Secure; SameSite=None';
await (await caches.open('victim')).put('/victim', new Response('secret'));
await new Promise((done, fail) => { const open = indexedDB.open('victim'); open.onsuccess = done; open.onerror = fail; });
return location.origin;`;

const attacks: { name: string; script: string; nothing: unknown }[] = [
  { name: 'local storage', script: `return localStorage.getItem('victim');`, nothing: null },
  { name: 'session storage', script: `return sessionStorage.getItem('victim');`, nothing: null },
  { name: 'cookies', script: `return document.cookie.includes('victim');`, nothing: false },
  {
    name: 'caches',
    script: `return (await caches.match('/victim')) ? 'found' : (await caches.keys()).includes('victim');`,
    nothing: false,
  },
  {
    name: 'databases',
    script: `return (await indexedDB.databases()).some(({ name }) => name === 'victim');`,
    nothing: false,
  },
  {
    name: 'the private file system',
    script: `const names = []; for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name); return names;`,
    nothing: [],
  },
  {
    name: 'a broadcast channel',
    script: `return new Promise((done) => { const c = new BroadcastChannel('victim'); c.onmessage = ({ data }) => done(data); c.postMessage('ask'); setTimeout(done, 800, 'silence'); });`,
    nothing: 'silence',
  },
  {
    name: 'locks',
    script: `return (await navigator.locks.query()).held.length;`,
    nothing: 0,
  },
];

describe.each([true, false])('previews on the chat’s own domain: %s', (sameSite) => {
  const scene = prepareScene({ sameSite });

  describe.each<ArtifactKind>(['HTML', 'React'])('a %s artifact', (kind) => {
    it('finds nothing in any store of another one that is open', async () => {
      const victim = await openArtifact(
        scene.stage,
        scene.context,
        kind,
        `navigator.locks.request('victim', () => new Promise(() => {}));
         new BroadcastChannel('victim').onmessage = ({ target }) => target.postMessage('secret'); ${hide}`,
      );
      const origin = await outcomeOf(victim);
      expect(origin).toMatch(/^https:\/\/[a-z0-9]+-preview\./);
      // One script for all, because each store is only looked at.
      const script = `return [${attacks.map(({ script }) => `await (async () => { ${script} })()`).join(',\n')}];`;
      const attacker = await openArtifact(scene.stage, scene.context, kind, script);
      const found = (await outcomeOf(attacker)) as unknown[];
      expect(new URL(attacker.frame.url()).origin).not.toBe(origin);
      expect(attacks.map(({ name }, index) => [name, found[index]])).toEqual(
        attacks.map(({ name, nothing }) => [name, nothing]),
      );
      // What the victim keeps is still there.
      expect(await victim.frame.evaluate(() => localStorage.getItem('victim'))).toBe('secret');
    });

    it('would find all of it on one origin: the attempts are real', async () => {
      const victim = await openArtifact(scene.stage, scene.context, kind, hide);
      await outcomeOf(victim);
      // On a domain of its own the preview is a third party, which gets no cookies at all.
      const idle = sameSite ? /channel|locks|private/ : /channel|locks|private|cookies/;
      const real = attacks.filter(({ name }) => !idle.test(name));
      const found = await victim.frame.evaluate(
        `(async () => [${real.map(({ script }) => `await (async () => { ${script} })()`).join(',\n')}])()`,
      );
      real.forEach(({ nothing }, index) => {
        expect((found as unknown[])[index]).not.toEqual(nothing);
      });
    });

    it('cannot reach into the pages around it', async () => {
      const reach = `const answers = [];
        for (const target of [window.parent, window.top, ...Array.from({ length: top.length }, (_, i) => top[i])]) {
          if (target === window) continue;
          for (const read of [(w) => w.document.body, (w) => w.localStorage, (w) => w.location.href, (w) => w.caches]) {
            try { answers.push(String(read(target))); } catch (error) { answers.push(error.name); }
          }
        }
        return [...new Set(answers)];`;
      const attacker = await openArtifact(scene.stage, scene.context, kind, reach);
      // Of a static preview, the hidden relay frame is its own, and has its origin.
      const answers = (await outcomeOf(attacker)) as string[];
      expect(answers.filter((answer) => answer !== 'SecurityError')).toEqual(
        kind === 'React' ? [] : expect.not.arrayContaining([expect.stringContaining('chat.example')]),
      );
    });

    it('cannot make itself the same origin as its parent by document.domain', async () => {
      const attacker = await openArtifact(
        scene.stage,
        scene.context,
        kind,
        `try { document.domain = document.domain.split('.').slice(-2).join('.'); } catch (error) { return error.name; }
         return [document.domain.split('.').length, window.originAgentCluster];`,
      );
      expect(await outcomeOf(attacker)).toSatisfy(
        (answer: unknown) => answer === 'SecurityError' || (answer as unknown[])[1] === true,
      );
    });

    it('has the features that Sandpack delegates, and none of advertising, payments or the local network', async () => {
      const opened = await openArtifact(
        scene.stage,
        scene.context,
        kind,
        'return document.featurePolicy.allowedFeatures();',
      );
      const features = (await outcomeOf(opened)) as string[];
      // To its frame for React, Sandpack's client gives no address, and so delegates to the chat's own origin only.
      if (kind === 'HTML')
        expect(features).toEqual(expect.arrayContaining(['camera', 'clipboard-write', 'microphone']));
      const unwanted = /topics|payment|usb|serial|local-network|display-capture|storage-access$/;
      expect(features.filter((name) => unwanted.test(name))).toEqual([]);
    });

    it.each(['the base host', 'the chat page'])('cannot register a service worker for %s', async (target) => {
      const origin = target === 'the base host' ? scene.stage.previews : scene.stage.chat;
      const attacker = await openArtifact(
        scene.stage,
        scene.context,
        kind,
        `const tries = [];
         for (const address of ['${origin}/__kit_sw.js', '${origin}/__csb_sw.js', '${origin}/-/cdn/unpkg.com/react@18.3.1/index.js', '${origin}/'])
           tries.push(await navigator.serviceWorker.register(address, { scope: '${origin}/' }).then(() => 'registered', (error) => error.name));
         return tries;`,
      );
      expect(new Set((await outcomeOf(attacker)) as string[])).toEqual(new Set(['SecurityError']));
    });

    it('cannot put a worker of its own over its preview', async () => {
      const attacker = await openArtifact(
        scene.stage,
        scene.context,
        kind,
        `const script = 'self.onfetch = (e) => e.respondWith(new Response("mine"))';
         const tries = [];
         for (const address of [URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), 'data:text/javascript,' + encodeURIComponent(script), '/mine.js', '/api/placeholder/1/1'])
           tries.push(await navigator.serviceWorker.register(address).then(() => 'registered', (error) => error.name));
         return tries;`,
      );
      expect((await outcomeOf(attacker)) as string[]).not.toContain('registered');
    });
  });

  it('neither the base host nor the chat page has a worker or anything stored after all that', async () => {
    const page = await scene.context.newPage();
    await page.goto(`${scene.stage.previews}/`);
    const left = await page.evaluate(async () => [
      (await navigator.serviceWorker.getRegistrations()).length,
      localStorage.length,
      (await caches.keys()).length,
    ]);
    expect(left).toEqual([0, 0, 0]);
  });
});

describe('ISOLATION=shared', () => {
  it('gives the separation of React artifacts up, as the documentation says', async () => {
    const stage = await startStage({ sameSite: false, flags: { isolation: 'shared' } });
    try {
      const context = await stage.newContext();
      const page = await context.newPage();
      await page.goto(`${stage.previews}/`);
      await page.evaluate(() => localStorage.setItem('victim', 'secret'));
      const again = await context.newPage();
      await again.goto(`${stage.previews}/`);
      expect(await again.evaluate(() => localStorage.getItem('victim'))).toBe('secret');
    } finally {
      await stage.close();
    }
  });
});
