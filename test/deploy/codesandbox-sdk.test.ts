// The SDK of CodeSandbox itself, pointed at the kit: its calls about tokens of hosts work unchanged.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiTokens } from '../../relay/hosts/api-tokens.ts';
import { openState } from '../../relay/state/state.ts';
import { freePort, type Kit, startKit } from '../browser/start-kit.ts';
import { ask } from '../integration/http-client.ts';
import { root } from './rig/kit-commands.ts';

/** What of the SDK is used here: dist/esm/HostTokens.d.ts. */
interface Sdk {
  hosts: {
    createToken(id: string, options: { expiresAt: Date }): Promise<SdkToken>;
    listTokens(id: string): Promise<{ tokenId: string; tokenPrefix: string }[]>;
    updateToken(id: string, tokenId: string, expiresAt: Date): Promise<{ expiresAt: Date | null }>;
    revokeToken(id: string, tokenId: string): Promise<void>;
    revokeAllTokens(id: string): Promise<void>;
    getHeaders(token: SdkToken): Record<string, string>;
  };
}
interface SdkToken {
  token: string;
  tokenId: string;
  sandboxId: string;
  expiresAt: Date | null;
}

const sdkFolder = join(root, 'node_modules/.cache/codesandbox-sdk');
let dataDir: string;
let kit: Kit;
let sdk: Sdk;

beforeAll(async () => {
  // Beside the kit, not among its dependencies: it brings 100 MB along.
  await mkdir(sdkFolder, { recursive: true });
  await writeFile(join(sdkFolder, 'package.json'), '{"private":true}');
  await promisify(execFile)(
    'npm',
    ['install', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '@codesandbox/sdk@2.4.2'],
    { cwd: sdkFolder },
  );
  dataDir = await mkdtemp(join(tmpdir(), 'codesandbox-sdk-'));
  const controlPort = String(await freePort());
  kit = await startKit({ flags: { 'data-dir': dataDir, 'control-port': controlPort } });
  const state = await openState({ dataDir, databaseUrl: '' });
  const scopes = ['shares:read', 'shares:write'] as const;
  const { token } = await new ApiTokens(state.db).create({ label: 'SDK', scopes, owner: 'ann' });
  await state.close();
  const published = await fetch(new URL('/api/shares', kit.playgroundUrl), {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      title: 'Tides',
      name: 'tides',
      content: { type: 'html', content: '<h1>Tides</h1>' },
    }),
  });
  expect(published.status).toBe(201);
  const entry = join(sdkFolder, 'node_modules/@codesandbox/sdk/dist/esm/index.js');
  const { CodeSandbox } = (await import(pathToFileURL(entry).href)) as {
    CodeSandbox: new (key: string, options: { baseUrl: string }) => Sdk;
  };
  sdk = new CodeSandbox(token, { baseUrl: kit.playgroundUrl });
});
afterAll(async () => {
  await kit?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function visit(token: SdkToken): Promise<number> {
  const { port, host } = new URL(kit.previewUrl);
  const answer = await ask(Number(port), '/', {
    host: `tides-${host}`,
    headers: sdk.hosts.getHeaders(token),
  });
  return answer.status;
}

it('makes, lists, changes and revokes tokens by the SDK', async () => {
  const expiresAt = new Date('2040-01-01T00:00:00Z');
  const token = await sdk.hosts.createToken('tides', { expiresAt });
  expect(token).toMatchObject({ sandboxId: 'tides', expiresAt });
  expect(await visit(token)).toBe(200);
  const listed = await sdk.hosts.listTokens('tides');
  expect(listed).toContainEqual(expect.objectContaining({ tokenId: token.tokenId }));
  const sooner = new Date('2039-01-01T00:00:00Z');
  expect((await sdk.hosts.updateToken('tides', token.tokenId, sooner)).expiresAt).toEqual(sooner);
  await sdk.hosts.revokeToken('tides', token.tokenId);
  expect(await visit(token)).toBe(401);
  await sdk.hosts.revokeAllTokens('tides');
  expect(await sdk.hosts.listTokens('tides')).toEqual([]);
});

it('tells the SDK what is wrong', async () => {
  await expect(sdk.hosts.listTokens('none')).rejects.toThrow(/none/);
});
