// What native previews leave behind in the relay: what it keeps of artifacts is bounded, however many there are.
import { Session } from 'node:inspector/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NativeAnswer } from '../../relay/shared/native.ts';
import { packages } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

/** More text than the relay may keep, compiled. */
const previews = 25;
const artifactBytes = 400_000;
/** A quarter of what the artifacts of one pass are as text. */
const maxGrowthBytes = (previews * artifactBytes) / 4;

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ packages, config: { rateLimit: 0 } });
});
afterAll(() => relay?.close());

/** All that a preview asks the relay itself for: its page, its files, its styles. */
async function preview(number: number): Promise<void> {
  const name = `artifact${String(number).padStart(6, '0')}`;
  const page = await relay.ask('/', { host: `r${name}00000-${relay.base}` });
  expect(page.status).toBe(200);
  const code = `export const looks = 'p-4 ${name}';\nexport const text = ${JSON.stringify(' '.repeat(artifactBytes))};`;
  const files = { '/package.json': '{"main":"/index.tsx"}', '/index.tsx': code };
  const { status, text } = await relay.ask('/-/native', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ files, imports: [], tailwind: true }),
  });
  expect(status).toBe(200);
  const { styles } = JSON.parse(text) as NativeAnswer;
  expect((await relay.ask(String(styles))).text).toContain('.p-4{');
}

/** Memory of this process, and so of the relay in it, when all garbage is collected. */
async function usedBytes(): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

it(`a second pass of ${previews} large artifacts takes no more of the relay’s memory than the first`, async () => {
  for (let number = 0; number < previews; number += 1) await preview(number);
  const before = await usedBytes();
  for (let number = previews; number < 2 * previews; number += 1) await preview(number);
  const after = await usedBytes();
  expect(after - before).toBeLessThan(maxGrowthBytes);
});
