// `npm run smoke`: it sees previews that work, and says why others do not.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smoke } from '../../relay/smoke/smoke.ts';
import { findBrowser } from '../../scripts/browser.mjs';
import { type Kit, startKit } from './start-kit.ts';

const embedder = 'http://librechat.localhost';
let kit: Kit;
let outDir: string;

beforeAll(async () => {
  kit = await startKit({ flags: { 'embed-origins': embedder } });
  outDir = await mkdtemp(join(tmpdir(), 'smoke-'));
});
afterAll(async () => {
  await kit?.close();
  await rm(outDir, { recursive: true, force: true });
});

function run(changes: Partial<Parameters<typeof smoke>[0]>) {
  return smoke({
    previewUrl: kit.previewUrl,
    embedder,
    browserPath: findBrowser() ?? '',
    playgroundDir: join(import.meta.dirname, '../../dist/playground'),
    outDir,
    resolverRules: '',
    insecure: false,
    timeoutMs: 40_000,
    ...changes,
  });
}

it('shows a React and an HTML artifact at LibreChat’s address, and keeps pictures', async () => {
  const report = await run({});
  expect(report.results.map(({ artifact, ok, detail }) => [artifact, ok, detail.slice(0, 10)])).toEqual([
    ['React', true, 'at http://'],
    ['HTML', true, 'at http://'],
  ]);
  expect(report).toMatchObject({ ok: true, foreignHosts: [] });
  expect(report.notes[0]).toContain('LibreChat at http://librechat.localhost did not answer');
  for (const { screenshot } of report.results) expect((await stat(screenshot)).size).toBeGreaterThan(10_000);
});

it('says that an embedder is not allowed', async () => {
  const { ok, results } = await run({ embedder: 'http://elsewhere.localhost', timeoutMs: 8_000 });
  expect(ok).toBe(false);
  expect(results[0]?.detail).toContain('frame-ancestors http://librechat.localhost');
  expect(results[1]?.detail).toContain('EMBED_ORIGINS');
});

it('keeps LibreChat’s own frame policy in force', async () => {
  const librechat = createServer((_request, response) =>
    response.setHeader('Content-Security-Policy', "default-src 'self'").end('LibreChat'),
  );
  await new Promise<void>((done) => librechat.listen(0, '127.0.0.1', done));
  const { port } = librechat.address() as AddressInfo;
  const { notes, results } = await run({ embedder: `http://librechat.localhost:${port}`, timeoutMs: 6_000 });
  librechat.close();
  expect(notes).toEqual([]);
  for (const { ok, detail } of results)
    expect([ok, detail]).toEqual([false, expect.stringMatching(/Content Security Policy.*'self'/s)]);
});

it('says that nobody is there', async () => {
  const { ok, results } = await run({ previewUrl: 'http://preview.localhost:9', timeoutMs: 8_000 });
  expect(ok).toBe(false);
  expect(results.map(({ ok }) => ok)).toEqual([false, false]);
});
