// Attempts to make the relay, or the browser's cache, give others something else than the packages.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageCache } from '../browser/start-kit.ts';
import { prepareScene } from './prepare-scene.ts';
import { type ArtifactKind, openArtifact, outcomeOf } from './stage.ts';

const scene = prepareScene({ sameSite: false });

const file = '/-/cdn/cdn.jsdelivr.net/npm/clsx@2.1.1/dist/clsx.js';
const set = `/-/set?q=${encodeURIComponent('{"d":{"clsx":"2.1.1"},"r":{},"i":["clsx"]}')}`;

/** Asks the relay as everybody else would: no browser, no cookies. */
async function cleanAnswer(path: string): Promise<string> {
  const { port } = new URL(scene.stage.kit.previewUrl);
  const { ask } = await import('../integration/http-client.ts');
  const answer = await ask(Number(port), path, { host: new URL(scene.stage.previews).host });
  return `${answer.status} ${answer.headers['content-type']} ${createHash('sha256').update(answer.body).digest('hex')}`;
}

const requests: [name: string, script: string][] = [
  [
    'headers that proxies believe',
    'for (const name of ["X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "X-Rewrite-URL", "X-Host"]) await ask(file, { headers: { [name]: "evil.test" } });',
  ],
  ['ranges', 'await ask(file, { headers: { Range: "bytes=0-1" } });'],
  [
    'other methods',
    'for (const method of ["POST", "PUT", "DELETE", "PATCH"]) await ask(file, { method, body: "evil" });',
  ],
  [
    'a body beside the query',
    'await ask(set, { method: "POST", body: JSON.stringify({ d: { clsx: "2.1.1" }, r: {}, i: ["../../evil"] }) });',
  ],
  [
    'overrides under the same names',
    'await ask("/-/set", { method: "POST", body: JSON.stringify({ d: { clsx: "2.1.1" }, r: { clsx: "npm:nanoid@5.1.16" }, i: ["clsx"] }) });',
  ],
  [
    'an alias under the same name',
    'await ask("/-/set", { method: "POST", body: JSON.stringify({ d: { clsx: "npm:nanoid@5.1.16" }, r: {}, i: ["clsx"] }) });',
  ],
  [
    'addresses that mean the same',
    'for (const path of [file + "?x=1", file + "?", file.replace("clsx.js", "%63lsx.js"), file.replace("/npm/", "/npm//"), file + "#x"]) await ask(path);',
  ],
  [
    'queries that name another file',
    'for (const query of ["?module", "?meta", "?raw", "?bundle", "?deps=clsx@1"]) await ask(file + query);',
  ],
  ['the cache mode reload', 'await ask(file, { cache: "reload" }); await ask(set, { cache: "reload" });'],
];

describe.each<ArtifactKind>(['HTML', 'React'])('a %s artifact', (kind) => {
  it.each(requests)('changes nothing for others by %s', async (_, script) => {
    const before = [await cleanAnswer(file), await cleanAnswer(set)];
    expect(before.map((answer) => answer.slice(0, 4))).toEqual(['200 ', '200 ']);
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      kind,
      `const file = '${file}', set = '${set}'; let answered = 0;
       const ask = (path, options) => fetch('${scene.stage.previews}' + path, options).then((answer) => { answered += 1; return answer.text(); }, () => '');
       ${script} return answered;`,
    );
    expect(await outcomeOf(opened)).not.toBe('pending');
    expect([await cleanAnswer(file), await cleanAnswer(set)]).toEqual(before);
  });

  it('changes nothing of what another preview gets, in the same browser', async () => {
    const attacker = await openArtifact(
      scene.stage,
      scene.context,
      kind,
      `const address = '${scene.stage.previews}${file}';
       await fetch(address, { cache: 'reload' });
       for (const name of await caches.keys()) await (await caches.open(name)).put(address, new Response('evil'));
       await (await caches.open('mine')).put(address, new Response('evil'));
       return (await caches.match(address)).text();`,
    );
    // What it put into its own cache is its own affair.
    expect(await outcomeOf(attacker)).toBe('evil');
    const other = await openArtifact(
      scene.stage,
      scene.context,
      kind,
      `return [await (await fetch('${scene.stage.previews}${file}')).text(), await (await fetch('https://cdn.jsdelivr.net/npm/clsx@2.1.1/dist/clsx.js')).text()];`,
    );
    const texts = (await outcomeOf(other)) as string[];
    for (const text of texts) expect(text).toContain('exports.clsx');
  });
});

it('nothing that an artifact sent is in the store', async () => {
  const opened = await openArtifact(
    scene.stage,
    scene.context,
    'HTML',
    `const marker = 'poison-3f9c1d'; const ask = (path, options) => fetch('${scene.stage.previews}' + path, options).catch(() => {});
     await ask('/-/set', { method: 'POST', body: JSON.stringify({ d: { clsx: '2.1.1' }, r: {}, i: [marker] }) });
     await ask('/-/cdn/cdn.jsdelivr.net/npm/clsx@2.1.1/' + marker); await ask('/-/cdn/unpkg.com/clsx@' + marker);
     await ask('/-/esm/clsx@2.1.1/' + marker); return 'sent';`,
  );
  expect(await outcomeOf(opened)).toBe('sent');
  const folder = join(packageCache, 'packages');
  const names = await readdir(folder, { recursive: true });
  expect(names.filter((name) => name.includes('poison-3f9c1d'))).toEqual([]);
  const clsx = names.filter((name) => /clsx.*\.(json|js)$/.test(name)).slice(0, 50);
  for (const name of clsx)
    expect(await readFile(join(folder, name), 'utf8').catch(() => '')).not.toContain('poison-3f9c1d');
});
