// `npm run setup` on a terminal, with somebody who types.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root, runSetup } from './rig/kit-commands.ts';
import { ctrlC, down, enter, openTerminal } from './rig/terminal.ts';

const command = `${process.execPath} ${join(root, 'dist/relay/cli/setup.js')}`;

let folder: string;
const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'setup-terminal-'));
  await writeFile(join(folder, 'package.json'), '{}');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('on a terminal', () => {
  it('asks, checks each answer at once, shows the answers, and writes', async () => {
    const terminal = openTerminal(command, folder);
    await terminal.see('Which domain');
    terminal.type(`http://example.com${enter}`);
    await terminal.see('without https://');
    terminal.type(`\u0015example.com${enter}`);
    await terminal.see('Under which name do people open LibreChat');
    terminal.type(enter);
    await terminal.see('Under which name do previews open');
    terminal.type(`preview.example.net${enter}`);
    await terminal.see('a domain of their own. Browsers that block');
    await terminal.see('Other sites');
    terminal.type(enter);
    await terminal.see('What terminates TLS');
    terminal.type(`${down}${enter}`);
    await terminal.see('Who hosts your DNS');
    terminal.type(enter);
    await terminal.see('certificate authority write to');
    terminal.type(`ops@example.com${enter}`);
    await terminal.see('your own npm registry');
    terminal.type(enter);
    await terminal.see('What may artifacts reach');
    terminal.type(enter);
    await terminal.see('What else');
    terminal.type(enter);
    await terminal.see('closed network');
    terminal.type(enter);
    await terminal.see('Extra services');
    terminal.type(` ${enter}`);
    await terminal.see('image in your own registry');
    terminal.type(enter);
    await terminal.see('May users publish pages');
    terminal.type(`${down}${enter}`);
    await terminal.see('find the API');
    terminal.type(enter);
    await terminal.see(/Write \d+ files/);
    terminal.type(enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown()).toContain('docker compose up --detach --wait');
    expect(parse(await read('.env'))).toMatchObject({
      COMPOSE_FILE: 'docker-compose.sandpack.yml:compose/edge.yml:compose/pages.yml',
      COMPOSE_PROFILES: 'rag',
      PREVIEW_HOSTNAME: 'preview.example.net',
    });
    expect(parse(await read('relay.env')).API_HOSTNAME).toBe('pages.example.net');
    expect(await read('librechat.yaml')).toContain('url: http://relay:1580/mcp');
    expect(await read('deploy/certbot/certbot.env')).toContain("CERT_EMAIL='ops@example.com'");
  });

  it('takes none for what was answered before, and asks anew for the token of another registry', async () => {
    await runSetup(
      folder,
      [
        '--yes',
        '--domain',
        'example.com',
        '--email',
        'ops@example.com',
        '--registry',
        'https://npm.example.com/',
      ],
      { REGISTRY_TOKEN: 't0k3n' },
    );
    /** Enter at every question but these. */
    const answer = async (answers: Record<string, string>): Promise<void> => {
      const terminal = openTerminal(command, folder);
      for (const question of [
        'Which domain',
        'Under which name do people open LibreChat',
        'Under which name do previews open',
        'Other sites',
        'What terminates TLS',
        'Who hosts your DNS',
        'certificate authority write to',
        'own npm registry',
        'What may artifacts reach',
        'What else',
        'closed network',
        'Extra services',
        'image in your own registry',
        'May users publish pages',
        ...Object.keys(answers).filter((each) => each.startsWith('Token')),
        'Write ',
      ]) {
        await terminal.see(question);
        terminal.type(`${answers[question] ?? ''}${enter}`);
      }
      expect(await terminal.ended).toBe(0);
    };
    await answer({
      'certificate authority write to': 'none',
      'own npm registry': 'https://npm.example.org/',
      'Token for https://npm.example.org/? (Empty: it needs none.)': '',
    });
    expect(await read('deploy/certbot/certbot.env')).toContain("CERT_EMAIL=''");
    expect(await read('npmrc')).toContain('registry=https://npm.example.org/\n');
    expect(await read('npmrc')).not.toContain('t0k3n');

    await answer({ 'Token for https://npm.example.org/? (Empty: it needs none.)': 'n3w' });
    expect(await read('npmrc')).toContain('//npm.example.org/:_authToken=n3w\n');
    await answer({
      'Token for https://npm.example.org/? (Empty: the one in npmrc. none: it needs none.)': 'none',
    });
    expect(await read('npmrc')).not.toContain('_authToken');
  });

  it('writes nothing when it is left with Ctrl-C', async () => {
    const terminal = openTerminal(command, folder);
    await terminal.see('Which domain');
    terminal.type(`example.com${enter}`);
    await terminal.see('Under which name do people open LibreChat');
    terminal.type(ctrlC);
    await terminal.see('Nothing was written');
    expect(await terminal.ended).toBe(130);
    expect(await readdir(folder)).toEqual(['package.json']);
  });
});
