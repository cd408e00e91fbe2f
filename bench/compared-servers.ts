// What the relay is compared with: Node's bare server sending the same bytes, and the kind of server that
// static-browser-server comes with (Fastify and @fastify/static, as in the servers/ folder of its repository).
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ServerProcess } from './server-process.ts';

/** A ready answer: raw header names and values, and the body. */
export interface RecordedAnswer {
  headers: string[];
  body: Buffer;
}

const ready = /listening on (\d+)/;

/** The least that a Node server can do: one look-up by path, one `writeHead`, one `end`. Runs in the process of the caller. */
export function servePlain(answers: Record<string, { headers: string[]; body: string }>): void {
  const prepared = new Map(
    Object.entries(answers).map(([path, { headers, body }]) => [
      path,
      { headers, body: Buffer.from(body, 'base64') },
    ]),
  );
  const server = createServer((request, response) => {
    const answer = prepared.get(request.url ?? '');
    if (!answer) return void response.writeHead(404).end();
    response.writeHead(200, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1', () => console.log(`listening on ${(server.address() as AddressInfo).port}`));
}

/** Starts {@link servePlain} as a process; the answers travel through a file. */
export async function startPlain(
  folder: string,
  core: number,
  answers: Record<string, RecordedAnswer>,
): Promise<ServerProcess> {
  const file = join(folder, 'answers.json');
  const texts = Object.entries(answers).map(([path, { headers, body }]) => [
    path,
    { headers, body: body.toString('base64') },
  ]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(texts)));
  return ServerProcess.start({ args: [process.argv[1] as string, 'plain-server', file], core, ready });
}

/** Its own servers log every request; this one does not, which favours it. */
const fastifyServer = `
import fastify from 'fastify';
import fastifyStatic from '@fastify/static';
const app = fastify({ logger: false });
const setHeaders = (response) => response.setHeader('x-csb-no-sw-proxy', '1');
const [pages, files] = process.argv.slice(2);
app.register(fastifyStatic, { root: pages, index: ['index.html'], setHeaders, decorateReply: false });
app.register(fastifyStatic, { root: files, prefix: '/files/', preCompressed: true, setHeaders, decorateReply: false });
await app.listen({ port: 0, host: '127.0.0.1' });
console.log('listening on ' + app.server.address().port);
`;

/** Versions that static-browser-server itself names. */
const fastifyPackages = ['fastify@4', '@fastify/static@6'];

/**
 * Starts Fastify over static-browser-server's pages, and over the bundler's files with what is compressed beforehand.
 * @returns undefined when npm cannot fetch Fastify
 */
export async function startFastify(options: {
  folder: string;
  core: number;
  pagesDir: string;
  filesDir: string;
}): Promise<{ server: ServerProcess; versions: string } | undefined> {
  const cwd = join(options.folder, 'fastify');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), '{"private":true,"type":"module"}');
  writeFileSync(join(cwd, 'server.mjs'), fastifyServer);
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const installed = spawnSync('npm', ['install', ...flags, ...fastifyPackages], { cwd, stdio: 'inherit' });
  if (installed.status !== 0) return undefined;
  const { stdout } = spawnSync('npm', ['ls', '--depth=0', '--json'], { cwd, encoding: 'utf8' });
  const { dependencies } = JSON.parse(stdout) as { dependencies: Record<string, { version: string }> };
  const versions = Object.entries(dependencies).map(([name, { version }]) => `${name} ${version}`);
  const args = [join(cwd, 'server.mjs'), options.pagesDir, options.filesDir];
  return {
    server: await ServerProcess.start({ args, core: options.core, ready }),
    versions: versions.join(', '),
  };
}
