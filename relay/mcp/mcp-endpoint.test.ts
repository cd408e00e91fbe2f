import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import express from 'express';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testShares } from '../../test/rig/test-shares.ts';
import { listen, type RunningServer } from '../server.ts';
import type { LazyShares } from '../shares/open-shares.ts';
import { ShareRefused } from '../shares/share-archive.ts';
import { createMcpEndpoint } from './mcp-endpoint.ts';

const log = pino({ level: 'silent' });

let dataDir: string;
let shares: LazyShares;
let server: RunningServer;
let token: string;
const clients: Client[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mcp-'));
  shares = testShares(dataDir, {
    limits: { maxFiles: 10, maxBytes: 10_000 },
    quota: { ownerBytes: 100_000, totalBytes: 1_000_000 },
    makeReactPage: async () => {
      throw new ShareRefused('/App.tsx: Unexpected token (3:7)');
    },
  });
  const app = express();
  const place = () => ({ scheme: 'https', authority: 'preview.example.com' });
  app.use(
    '/mcp',
    createMcpEndpoint({
      open: () => shares.open(),
      place,
      address: () => 'https://api.example.com',
      maxShareBytes: 10_000,
      version: '1.2.3',
      log,
    }),
  );
  server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
  token = (
    await (
      await shares.open()
    ).apiTokens.create({ label: 'LibreChat', scopes: ['shares:read', 'shares:write'] })
  ).token;
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(async () => {
  await server?.close(0);
  await shares?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** As LibreChat connects: with the headers of librechat.yaml, its user's id in one. */
async function connect(user: string, bearer = token): Promise<Client> {
  const client = new Client({ name: 'LibreChat', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${server.port}/mcp`), {
    requestInit: { headers: { Authorization: `Bearer ${bearer}`, 'X-User-Id': user } },
  });
  await client.connect(transport as Parameters<Client['connect']>[0]);
  clients.push(client);
  return client;
}

interface Told {
  isError: boolean;
  text: string;
  json: Record<string, unknown>;
}

async function use(client: Client, tool: string, given: object): Promise<Told> {
  const { isError = false, content } = await client.callTool({ name: tool, arguments: { ...given } });
  const [{ text = '' } = {}] = content as { text?: string }[];
  return { isError: isError === true, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
}

const page = { title: 'Tides', type: 'html', content: '<h1>Tides</h1>' };

describe('The MCP server', () => {
  it('tells a model what it can do', async () => {
    const client = await connect('66f1');
    expect(client.getServerVersion()).toEqual({ name: 'librechat-preview-kit', version: '1.2.3' });
    expect(client.getInstructions()).toContain('show the whole link');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'publish_page',
      'update_page',
      'list_pages',
      'create_link',
      'revoke_page',
      'manage_pages',
    ]);
    const publish = tools[0]?.inputSchema;
    expect(publish?.required).toEqual(['title', 'type']);
  });

  it('publishes, changes, lists and withdraws a page', async () => {
    const client = await connect('66f1');
    const published = await use(client, 'publish_page', page);
    expect(published.json).toMatchObject({
      title: 'Tides',
      visibility: 'private',
      version: 1,
      owner: '66f1',
    });
    expect(published.json.link).toMatch(
      /^https:\/\/tides-[a-z2-9]{10}-preview\.example\.com\/\?preview_token=pkh_/,
    );
    const { name } = published.json;
    const update = { name, type: 'markdown', content: '# Ebb', visibility: 'public' };
    expect((await use(client, 'update_page', update)).json).toMatchObject({
      version: 2,
      visibility: 'public',
    });
    expect((await use(client, 'list_pages', {})).json.pages).toMatchObject([{ name, version: 2 }]);
    expect((await use(client, 'create_link', { name, label: 'Bea', maxUses: 2 })).json).toMatchObject({
      label: 'Bea',
      maxUses: 2,
    });
    expect((await use(client, 'revoke_page', { name, what: 'links' })).json).toEqual({ revokedLinks: 2 });
    expect((await use(client, 'revoke_page', { name, what: 'delete' })).json.deletedAt).toBeTruthy();
    expect((await use(client, 'list_pages', {})).json.pages).toEqual([]);
  });

  it('lets users manage their own pages, by a link that works once', async () => {
    const { link } = (await use(await connect('ann'), 'manage_pages', {})).json;
    const [, secret = ''] =
      /^https:\/\/api\.example\.com\/pages\/enter\?link=(pkm_[\w-]{43})$/.exec(String(link)) ?? [];
    const { owners } = await shares.open();
    const session = await owners.exchange(secret);
    expect(await owners.find(session)).toEqual({ owner: 'ann', isOperator: false });
    expect(await owners.exchange(secret)).toBeUndefined();
    // What the link carries is no cookie, and the cookie no link.
    expect([await owners.find(secret), await owners.exchange(session ?? '')]).toEqual([undefined, undefined]);
  });

  it('keeps users apart', async () => {
    const { name } = (await use(await connect('ann'), 'publish_page', page)).json;
    const other = await connect('bea');
    for (const [tool, given] of [
      ['update_page', { name, title: 'Mine' }],
      ['create_link', { name }],
      ['revoke_page', { name, what: 'delete' }],
    ] as const) {
      const told = await use(other, tool, given);
      expect([told.isError, told.text]).toEqual([true, `SHARE_NOT_FOUND: You have no share “${name}”.`]);
    }
    expect((await use(other, 'list_pages', {})).json.pages).toEqual([]);
  });

  it.each([
    [{ ...page, title: '' }, 'title'],
    [{ title: 'x', type: 'html' }, 'content.content must not be empty'],
    [{ title: 'x', type: 'files', files: { 'a.css': '' } }, 'There is no index.html among /a.css'],
    [{ title: 'x', type: 'react', content: '<' }, '/App.tsx: Unexpected token (3:7)'],
    [{ ...page, name: 'My Page' }, 'name must be of lower-case letters'],
    [{ ...page, visibility: 'password' }, 'password is needed'],
    [{ ...page, content: 'x'.repeat(11_000) }, 'and may have 10000'],
  ])('answers %j with what the model can do about it', async (given, message) => {
    const told = await use(await connect('66f1'), 'publish_page', given);
    expect(told.isError).toBe(true);
    expect(told.text).toContain(message);
  });

  it.each([
    ['66f1', 'pka_none', 'API_TOKEN_NEEDED'],
    ['{{LIBRECHAT_USER_ID}}', undefined, 'OWNER_MISSING'],
  ])('lets nobody in as %s with the token %s', async (user, bearer, code) => {
    await expect(connect(user, bearer)).rejects.toThrow(code);
  });
});
