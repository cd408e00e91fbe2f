// Mistakes about the relay and its store.
import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { librechatOrigin } from '../rig/deployment.ts';
import { file, type Mistake } from './mistake.ts';

const run = promisify(execFile);

export const relayMistakes: Mistake[] = [
  {
    name: 'an embedder that the relay does not know',
    plant: async (deployment) => {
      await deployment.setFile('relay.env', (usual) =>
        usual.replace(librechatOrigin, 'https://chat.example.test'),
      );
      await deployment.setRelay({ 'embed-origins': 'https://chat.example.test' });
      return undefined;
    },
    fails: ['frame-ancestors'],
    remedy: /EMBED_ORIGINS=https:\/\/librechat\.example\.test/,
  },
  {
    name: 'a relay that serves another hostname',
    plant: async (deployment) => {
      await deployment.setRelay({ hostname: 'previews.example.test' });
      return undefined;
    },
    fails: ['host-header'],
    remedy: /Set PREVIEW_HOSTNAME=preview\.example\.test/,
  },
  {
    name: 'a setting that the relay refuses',
    plant: file('relay.env', (usual) => `${usual}EGRESS=closed\n`),
    fails: ['relay-settings'],
    remedy: /relay\.env/,
  },
  {
    name: 'a misspelt setting',
    plant: file('relay.env', (usual) => `${usual}EMBED_ORIGIN=https://librechat.example.test\n`),
    fails: [],
    warns: ['relay-settings'],
    remedy: /Check the name/,
  },
  {
    name: 'a relay that is down',
    plant: async (deployment) => {
      await deployment.stopRelay();
      return undefined;
    },
    fails: ['relay-base', 'relay-health'],
    remedy: /docker compose up -d relay/,
  },
  {
    name: 'a relay of another version',
    plant: async ({ folder }) => {
      const checkout = join(folder, 'another');
      await mkdir(join(checkout, 'dist', 'browser'), { recursive: true });
      await mkdir(join(checkout, 'www'), { recursive: true });
      await writeFile(join(checkout, 'dist', 'browser', 'service-worker.js'), 'another();');
      await writeFile(join(checkout, 'www', 'manifest.json'), '{"fingerprint":"0"}');
      return { options: { checkout } };
    },
    fails: [],
    warns: ['relay-version'],
    remedy: /docker compose up -d --build relay/,
  },
  {
    name: 'the relay looked for at LibreChat’s port',
    plant: ({ librechatPort }) => ({ options: { relay: `http://127.0.0.1:${librechatPort}` } }),
    fails: ['relay-health'],
    remedy: /1580 unless set; LibreChat’s is 1490/,
  },
  {
    name: 'a registry that is not reachable',
    plant: file('npmrc', () => 'registry=http://127.0.0.1:9/\n'),
    fails: ['registry'],
    remedy: /npm config get registry.*OFFLINE=true/,
  },
  {
    name: 'offline with an empty store',
    plant: async (deployment) => {
      const empty = join(deployment.folder, 'empty');
      await mkdir(empty, { recursive: true });
      await deployment.setFile(
        'relay.env',
        (usual) => `${usual.replace(/^DATA_DIR=.*$/m, `DATA_DIR=${empty}`)}OFFLINE=true\n`,
      );
      return undefined;
    },
    fails: ['store-warm'],
    remedy: /npm run warm.*npm run bundle/,
  },
  {
    name: 'a store that is read-only',
    plant: async ({ folder }) => {
      // Root may write whatever the modes say, but not to a file system that is mounted read-only.
      const data = join(folder, 'data');
      await run('mount', ['--bind', data, data]);
      await run('mount', ['-o', 'remount,bind,ro', data]);
      return { undo: () => run('umount', ['--lazy', data]) };
    },
    fails: ['store-writable'],
    remedy: /mounted read-only/,
  },
  {
    name: 'a full disk',
    plant: async (deployment) => {
      const data = join(deployment.folder, 'data');
      const copy = join(deployment.folder, 'copy');
      await cp(data, copy, { recursive: true });
      await run('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', data]);
      await cp(copy, data, { recursive: true });
      return { undo: () => run('umount', ['--lazy', data]) };
    },
    fails: ['disk-space'],
    remedy: /npm run prune/,
  },
];
