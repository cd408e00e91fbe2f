// Asks a real relay for every address of the table and compares what comes with what the CDN would send. Packages come from the
// configured npm registry once and stay in the cache.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mirroredHosts } from '../../relay/packages/cdn/dialects.ts';
import { mirrorPath } from '../../relay/shared/mirror-path.ts';
import { type Kit, packageCache, startKit } from '../browser/start-kit.ts';
import { type Answer, ask } from '../integration/http-client.ts';
import { type Address, kinds, readAddresses } from './address-list.ts';
import { describeResults, type Result, shareOf } from './results.ts';

/** Packages of tens of megabytes are among them. */
const atOnce = 6;
const leastShare = 0.98;

let kit: Kit;

beforeAll(async () => {
  kit = await startKit({ flags: { 'registry-timeout-ms': '30000' } });
});
afterAll(() => kit?.close());

it(`at least ${leastShare * 100} % of the addresses resolve`, async () => {
  const dialects = await readAddresses();
  const results = new Map<Address, Result>();
  const queue = [...dialects.values()].flat().values();
  const work = async (): Promise<void> => {
    for (const address of queue) results.set(address, await tryAddress(address));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const byDialect = new Map(
    [...dialects].map(([name, rows]) => [name, rows.flatMap((row) => results.get(row) ?? [])]),
  );
  if (process.env.WRITE_RESULTS)
    await writeFile(resolve(import.meta.dirname, '../../docs/cdns.md'), describeResults(byDialect));
  const all = [...results.values()];
  const failures = all.flatMap(({ url, failure }) => (failure === undefined ? [] : [`${url}: ${failure}`]));
  expect(shareOf(all), failures.join('\n')).toBeGreaterThanOrEqual(leastShare);
});

async function tryAddress({ url, kind, identical }: Address): Promise<Result> {
  const compared = identical !== undefined;
  const failure = await judge(url, kind, identical).catch((error: Error) => error.message);
  if (failure === undefined) return { url, compared };
  // A run takes minutes; what fails is told as it fails.
  console.info(`${url}: ${failure}`);
  return { url, compared, failure };
}

/** @returns why the address does not resolve; undefined when it does */
async function judge(url: string, kind: string, identical: string | undefined): Promise<string | undefined> {
  const path = mirrorPath(new URL(url), new Set(mirroredHosts));
  if (path === undefined) return 'The host is not mirrored.';
  const answer = await follow(path);
  if (answer.status !== 200) return explain(answer);
  const type = String(answer.headers['content-type']);
  if (!kinds[kind]?.test(type)) return `The media type is ${type}.`;
  if (identical === undefined) return undefined;
  const [, algorithm, digest] = /^(sha\d+)-(.+)$/.exec(identical) ?? [];
  if (algorithm !== undefined)
    return hash(algorithm, answer.body) === digest ? undefined : `The bytes are not ${identical}.`;
  const expected = await readPackageFile(identical);
  return hash('sha256', answer.body) === hash('sha256', expected)
    ? undefined
    : `The bytes are not those of ${identical}.`;
}

/** Redirects of the mirror stay in the mirror. */
async function follow(path: string): Promise<Answer> {
  const { port, host } = new URL(kit.previewUrl);
  let answer = await ask(Number(port), path, { host });
  for (let hops = 0; hops < 3 && answer.status === 302; hops += 1)
    answer = await ask(Number(port), String(answer.headers.location), { host });
  return answer;
}

function explain({ status, text }: Answer): string {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return `The status is ${status}.`;
  }
}

/** As the relay stored it: it is there, or the answer came from elsewhere. */
async function readPackageFile(file: string): Promise<Buffer> {
  const [, name = '', version = '', path = ''] = /^(@?[^@]+)@([^/]+)\/(.+)$/.exec(file) ?? [];
  return readFile(join(packageCache, 'packages', name, version, 'files', path)).catch(() => {
    throw new Error(`The answer is not from ${file}.`);
  });
}

const hash = (algorithm: string, bytes: Buffer): string =>
  createHash(algorithm).update(bytes).digest('base64');
