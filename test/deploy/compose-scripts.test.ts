// The scripts in compose/ without an engine: ShellCheck finds nothing, each explains itself, and mistakes in calls are told.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensurePackages } from '../rig/debian-packages.ts';

const root = resolve(import.meta.dirname, '../..');
const compose = join(root, 'compose');
const scripts = readdirSync(compose).filter((name) => name.endsWith('.sh'));
const called = scripts.filter((name) => !['deployment.sh', 'entrypoint.sh'].includes(name));

beforeAll(() => ensurePackages(['shellcheck']));

function run(command: string, args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

it('ShellCheck finds nothing', () => {
  const files = [...scripts, 'edge/nginx.sh', 'edge/certbot.sh'].map((name) => `compose/${name}`);
  expect(run('shellcheck', ['--external-sources', '--source-path=.', ...files]).stdout).toBe('');
});

it.each(called)('%s explains itself', (name) => {
  const { status, stdout } = run(join(compose, name), ['--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: compose/${name}`));
});

it.each(called)('%s refuses what it does not know', (name) => {
  const { status, stderr } = run(join(compose, name), ['--nonsense']);
  expect(status).toBe(2);
  expect(stderr).not.toBe('');
});
