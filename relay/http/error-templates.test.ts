import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { listen, type RunningServer } from '../server.ts';
import { ErrorTemplates } from './error-templates.ts';
import { HttpError } from './errors.ts';

let folder: string;
let server: RunningServer | undefined;
const logged: Record<string, unknown>[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'error-pages-'));
  logged.length = 0;
});
afterEach(async () => {
  await server?.close(0);
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function answer(
  files: Record<string, string>,
  error: unknown,
  { accept = 'text/html', host = 'p-x-preview.example.com' } = {},
) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const app = createApp({
    hostname: 'preview.example.com',
    trustProxy: [],
    log: pino({ level: 'error' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    errorTemplates: await ErrorTemplates.load(folder),
    surfaces: {
      named: [
        (_req, res, next) => {
          res.setHeader('Retry-After', '120');
          next(error);
        },
      ],
    },
  });
  server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
  const { port } = server;
  return new Promise<{ status: number; type: string; policy: string; text: string }>((done, fail) => {
    request({ host: '127.0.0.1', port, headers: { Host: host, Accept: accept } }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      const { 'content-type': type = '', 'content-security-policy': policy = '' } = response.headers;
      done({ status: response.statusCode ?? 0, type, policy: String(policy), text });
    })
      .on('error', fail)
      .end();
  });
}

const gone = new HttpError('SHARE_GONE', 'Gone since <b>May</b>.');

describe('An operator’s error pages', () => {
  it('say what happened, escaped, under the status, the one for the status first', async () => {
    const files = {
      'error.eta': 'general <%= it.status %>',
      '410.eta':
        '<h1><%= it.title %></h1><%= it.message %> <%= it.host %> <%= it.retryAfter %> <%= it.requestId %>',
    };
    const { status, text, policy } = await answer(files, gone);
    expect(status).toBe(410);
    expect(text).toBe(
      '<h1>This page is no longer here</h1>Gone since &lt;b&gt;May&lt;/b&gt;. p-x-preview.example.com 120 undefined',
    );
    expect(policy).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; img-src data:; font-src data:",
    );
  });

  it('say nothing of the relay’s inside', async () => {
    const { status, text } = await answer(
      { 'error.eta': '<%= JSON.stringify(it) %>' },
      new Error('db password'),
    );
    expect(status).toBe(500);
    expect(text).not.toContain('password');
  });

  it('are for people: programs get JSON, and other hosts the kit’s own page', async () => {
    const json = await answer({ 'error.eta': 'ours' }, gone, { accept: 'application/json' });
    expect(JSON.parse(json.text).error.code).toBe('SHARE_GONE');
    await server?.close(0);
    const other = await answer({}, gone, { host: 'elsewhere.example.com' });
    expect([other.status, other.text.includes('ours')]).toEqual([421, false]);
  });

  it('give way to the kit’s own page where they throw, and the log says so', async () => {
    const { status, text } = await answer({ 'error.eta': '<%= it.missing.deep %>' }, gone);
    expect(status).toBe(410);
    expect(text).toContain('This page is no longer here');
    expect(logged.map(({ msg }) => msg)).toEqual([
      'a template of ERROR_PAGES_DIR failed; the built-in page is shown',
    ]);
  });

  it.each([
    [{ 'error.eta': 'x', '404.eta': '<% if ( %>' }, /404\.eta: /],
    [{ 'page.eta': 'x' }, /it has no error\.eta, and no <status>\.eta/],
  ])('that cannot be used stop the start: %j', async (files, message) => {
    await expect(answer(files, gone)).rejects.toThrow(message);
  });

  it('in a folder that is not there stop the start', async () => {
    await expect(ErrorTemplates.load('/nowhere/at-all')).rejects.toThrow(
      'ERROR_PAGES_DIR=/nowhere/at-all cannot be used: there is no such folder.',
    );
  });

  it('of the example work', async () => {
    const example = resolve(import.meta.dirname, '../../examples/error-pages/error.eta');
    const { text } = await answer({ 'error.eta': await readFile(example, 'utf8') }, gone);
    expect(text).toMatch(
      /^\s*<!doctype html>.*<h1>This page is no longer here<\/h1>.*Try again in 2 minutes\./s,
    );
  });
});
