// The relay itself, past the proxy: only on the machine that it runs on.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settings } from '../../config.ts';
import { serviceWorkerPath } from '../../shared/relay-messages.ts';
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, okUnless, skip, warn } from '../finding.ts';
import { describeAnswer, frameConfigOf, isHealth } from '../relay-signs.ts';

const elsewhere = (): Outcome =>
  skip(
    'the relay runs on another machine',
    'Run the doctor in the deployment’s folder there, or name the relay with --relay.',
  );

export const nodeVersion: Check = {
  id: 'node',
  group: 'Relay',
  title: 'Node is new enough',
  looksAt: 'Node is 20.19 or newer',
  fix: 'Install Node 24, or use the container image',
  run: () => {
    const found = process.versions.node;
    const [major = 0, minor = 0] = found.split('.').map(Number);
    const isNew = major > 20 || (major === 20 && minor >= 19);
    return isNew
      ? ok('Node 20.19 or newer', found)
      : fail('Node 20.19 or newer', found, 'Install Node 24, or use the container image.');
  },
};

export const relaySettings: Check = {
  id: 'relay-settings',
  group: 'Relay',
  title: 'The relay’s settings are valid',
  looksAt:
    'relay.env has values that the relay accepts, no misspelt names, and the PREVIEW_HOSTNAME of the address',
  fix: 'Correct relay.env; docs/configuration.md lists all settings',
  needs: ['address'],
  run: ({ subject: { isLocal, files, configFaults, config, url, env } }) => {
    if (!isLocal) return elsewhere();
    const { relay } = files;
    if (!relay.found && env.PREVIEW_HOSTNAME === undefined)
      return skip('the relay’s settings are not here (no relay.env)', 'Name the file with --relay-env FILE.');
    const faults = configFaults.map((fault) =>
      fail(
        'settings that the relay takes',
        fault,
        `Correct it in ${relay.name}; docs/configuration.md lists all settings.`,
      ),
    );
    const known = new Set<string>(Object.values(settings).map(({ env }) => env));
    const others = /^(NODE_|npm_config_|TZ$|UV_|https?_proxy$|no_proxy$)/i;
    for (const name of Object.keys(relay.values))
      if (!known.has(name) && !others.test(name))
        faults.push(
          warn(
            'names of settings',
            `${name} in ${relay.name}: the relay has no such setting`,
            `Check the name in docs/configuration.md, or remove the line.`,
          ),
        );
    if (config && config.hostname !== url.hostname)
      faults.push(
        fail(
          `PREVIEW_HOSTNAME=${url.hostname}`,
          `PREVIEW_HOSTNAME=${config.hostname}`,
          `Set PREVIEW_HOSTNAME=${url.hostname} in ${relay.name}, or examine https://${config.hostname} with --url.`,
        ),
      );
    return okUnless(faults, 'settings that the relay takes', relay.found ? relay.name : 'the environment');
  },
};

export const embedOrigins: Check = {
  id: 'embed-origins',
  group: 'Relay',
  title: 'EMBED_ORIGINS has LibreChat’s origin',
  looksAt: 'EMBED_ORIGINS includes LibreChat’s origin, exactly as browsers show it',
  fix: 'Add LibreChat’s origin to EMBED_ORIGINS in relay.env and restart the relay',
  needs: ['relay-settings'],
  yieldsTo: ['frame-ancestors'],
  run: ({ subject: { config, embedder, files } }) => {
    if (!config || !embedder)
      return skip(
        'LibreChat’s address is not known',
        'Give it with --embedder https://librechat.example.com.',
      );
    const found = config.embedOrigins.join(' ');
    if (config.embedOrigins.includes(embedder.origin)) return ok(embedder.origin, found);
    return fail(
      `EMBED_ORIGINS with ${embedder.origin}`,
      `EMBED_ORIGINS=${found}`,
      `Set EMBED_ORIGINS=${embedder.origin} in ${files.relay.name} and restart the relay: \`docker compose up -d relay\`.`,
    );
  },
};

export const relayHealth: Check = {
  id: 'relay-health',
  group: 'Relay',
  title: 'The relay is up and ready',
  looksAt: 'The relay answers `/healthz` and `/readyz` at its own address (`--relay`)',
  fix: 'Start the relay, or name its address with `--relay`',
  run: async ({ subject: { isLocal, relayUrl }, http }) => {
    if (!isLocal) return elsewhere();
    const expected = `the relay at ${relayUrl.origin}`;
    try {
      const health = await http.get(`${relayUrl.origin}/healthz`);
      if (!isHealth(health))
        return fail(
          expected,
          `something else answers there: ${describeAnswer(health)}`,
          'The relay’s port is PORT (1580 unless set; LibreChat’s is 1490). Name another address with --relay http://127.0.0.1:<port>.',
        );
      const ready = await http.get(`${relayUrl.origin}/readyz`);
      if (ready.status !== 200)
        return fail(
          'status 200 at /readyz',
          `${ready.status}: ${ready.text.slice(0, 200)}`,
          'Wait until it is ready; `docker compose logs relay` says what it waits for.',
        );
      return ok(expected, 'up and ready');
    } catch (error) {
      return fail(
        expected,
        (error as Error).message,
        'Start it: `docker compose up -d relay` (or `npm start`). `docker compose ps` shows its port; name another address with --relay.',
      );
    }
  },
};

export const relayVersion: Check = {
  id: 'relay-version',
  group: 'Relay',
  title: 'The relay runs this version',
  looksAt: 'The relay serves the service worker and the bundler of this checkout',
  fix: 'Run `docker compose up -d --build relay`, or `npm run build` and restart the relay',
  needs: ['worker-script'],
  run: async (context) => {
    const { subject } = context;
    if (!subject.isLocal) return elsewhere();
    const built = subject.builtDirs && (await readBuilt(subject.builtDirs));
    if (!built) return skip('this checkout is not built', 'Run `npm run build`.');
    const { url, staticHost, reactHost } = subject;
    const worker = await context.http.get(`${url.protocol}//${staticHost}${serviceWorkerPath}`);
    const frame = await context.http.get(`${url.protocol}//${reactHost}/`);
    const expected = 'what this checkout builds';
    const remedy =
      'Bring the relay to this version: `docker compose up -d --build relay`, or restart it after `npm run build`.';
    const fingerprint = /\/static\/([^/]+)\//.exec(frameConfigOf(frame)?.file ?? '')?.[1];
    if (!worker.text.endsWith(built.worker))
      return warn(expected, 'the relay serves a service worker of another version', remedy);
    if (fingerprint !== built.fingerprint)
      return warn(
        expected,
        `the relay serves the bundler ${fingerprint}, here is ${built.fingerprint}`,
        remedy,
      );
    return ok(expected, `bundler ${fingerprint}`);
  },
};

async function readBuilt({
  distDir,
  bundlerDir,
}: NonNullable<CheckContext['subject']['builtDirs']>): Promise<
  { worker: string; fingerprint: string } | undefined
> {
  try {
    const [worker, manifest] = await Promise.all([
      readFile(join(distDir, 'browser', 'service-worker.js'), 'utf8'),
      readFile(join(bundlerDir, 'manifest.json'), 'utf8'),
    ]);
    return {
      worker: worker.trim(),
      fingerprint: (JSON.parse(manifest) as { fingerprint: string }).fingerprint,
    };
  } catch {
    return undefined;
  }
}
