// A deployment as setup writes it, for `example.test`: real nginx with TLS from a test CA, the real relay, and a page with real
// Sandpack clients in LibreChat's place.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { packageCache } from '../../browser/start-kit.ts';
import { ensurePackages } from '../../rig/debian-packages.ts';
import { createTestCa, trustInChromium } from '../../rig/test-ca.ts';
import { type ChatServer, startChatServer } from './chat-server.ts';
import {
  type Finished,
  type RunningProcess,
  root,
  runProgram,
  runSetup,
  startRelayProcess,
} from './kit-commands.ts';
import { freePort, type RunningNginx, startNginx } from './nginx.ts';
import { type Answer, ask } from './tls-request.ts';

export interface Front {
  /** Everything of this deployment; `home` in it is a HOME whose Chromium trusts the CA. */
  folder: string;
  ca: Buffer;
  chatHost: string;
  previewsHost: string;
  ports: { http: number; https: number; relay: number };
  chat: ChatServer;
  /** Where setup wrote its files. */
  deployment: string;
  /** nginx's configuration as setup wrote it. */
  conf: string;
  nginx: RunningNginx;
  /** What setup put into relay.env, and the folder of data. */
  relayEnv: Record<string, string>;
  /** Issues a certificate for one name, where nginx looks for it. */
  certify(name: string): Promise<void>;
  /** The version of the bundler's files. */
  fingerprint: string;
  /** GET over TLS through nginx. */
  get(host: string, path?: string, headers?: Record<string, string>): Promise<Answer>;
  stopRelay(): Promise<void>;
  startRelay(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param options `previewsHost` default: `preview.example.test`; `flags` for setup beside those of the rig; `filesFromDisk` lets
 * nginx serve the bundler's files from `files/` in the folder
 */
export async function startFront(
  options: {
    previewsHost?: string;
    flags?: string[];
    filesFromDisk?: boolean;
    /** Further variables of the relay, beside relay.env; pages are then published to a folder of this deployment. */
    publishes?: (ports: Front['ports']) => Record<string, string>;
    /** Goes before setup's configuration, inside `http { }`. */
    inherited?: string;
  } = {},
): Promise<Front> {
  await ensurePackages(['nginx', 'libnginx-mod-http-brotli-static', 'libnss3-tools', 'openssl']);
  const chatHost = 'librechat.example.test';
  const previewsHost = options.previewsHost ?? 'preview.example.test';
  const folder = await mkdtemp(join(tmpdir(), 'front-'));
  const authority = await createTestCa(join(folder, 'ca'));
  const ca = await readFile(authority.certFile);
  await trustInChromium(join(folder, 'home'), authority.certFile);
  const zones = new Set(['example.test', previewsHost.slice(previewsHost.indexOf('.') + 1)]);
  const certify = async (name: string, names = [name]): Promise<void> => {
    const { certFile, keyFile } = await authority.issue({ names });
    const live = join(folder, 'live', name);
    await mkdir(live, { recursive: true });
    await cp(certFile, join(live, 'fullchain.pem'));
    await cp(keyFile, join(live, 'privkey.pem'));
  };
  for (const zone of zones) await certify(zone, [zone, `*.${zone}`]);

  const ports = { http: await freePort(), https: await freePort(), relay: await freePort() };
  const chat = await startChatServer(`https://${previewsHost}`);
  let relay: RunningProcess | undefined;
  const relayEnv: Record<string, string> = {
    PREVIEW_HOSTNAME: previewsHost,
    EMBED_ORIGINS: `https://${chatHost}`,
    DATA_DIR: packageCache,
  };
  const startRelay = async (): Promise<void> => {
    relay = await startRelayProcess(ports.relay, relayEnv);
  };

  const www = join(root, 'www');
  const files = join(folder, 'files');
  if (options.filesFromDisk) must(await runProgram(join(root, 'nginx/copy-files.sh'), [www, files]));
  const deployment = join(folder, 'deployment');
  await mkdir(deployment);
  await writeFile(join(deployment, 'package.json'), '{}');
  must(
    await runSetup(deployment, [
      ...['--yes', '--domain', 'example.test', '--previews-host', previewsHost, '--dns', 'none'],
      ...['--listen-http', `127.0.0.1:${ports.http}`, '--listen-https', `127.0.0.1:${ports.https}`],
      ...['--relay-address', `127.0.0.1:${ports.relay}`, '--librechat-address', `127.0.0.1:${chat.port}`],
      ...['--certificates', join(folder, 'live'), '--access-log', join(folder, 'previews.log')],
      ...['--challenges-folder', join(folder, 'acme'), ...(options.flags ?? [])],
      ...(options.filesFromDisk ? ['--files-folder', files] : []),
    ]),
  );
  if (options.publishes)
    Object.assign(
      relayEnv,
      parse(await readFile(join(deployment, 'relay.env'), 'utf8')),
      { DATA_DIR: join(folder, 'data'), PREVIEW_URL: `https://${previewsHost}:${ports.https}` },
      options.publishes(ports),
    );
  await startRelay();
  const setupConf = await readFile(join(deployment, 'deploy/nginx/preview-kit.conf'), 'utf8');
  const conf = `${options.inherited ?? ''}\n${setupConf}`;
  const nginx = await startNginx({
    conf,
    folder: join(folder, 'nginx'),
    main: 'load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;',
  });

  return {
    folder,
    ca,
    chatHost,
    previewsHost,
    ports,
    chat,
    deployment,
    conf,
    nginx,
    relayEnv,
    certify,
    fingerprint: JSON.parse(await readFile(join(www, 'manifest.json'), 'utf8')).fingerprint,
    get: (host, path = '/', headers = {}) => ask({ port: ports.https, ca, host, path, headers }),
    stopRelay: async () => relay?.stop(),
    startRelay,
    async close() {
      await nginx.stop();
      await relay?.stop();
      await chat.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @throws Error with what a program said when it failed */
function must({ code, stdout, stderr }: Finished): void {
  if (code !== 0 || stderr !== '') throw new Error(`exit code ${code}:\n${stdout}${stderr}`);
}
