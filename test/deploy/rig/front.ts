// A deployment as setup writes it, for `example.test`: real nginx with TLS from a test CA, the real relay, and a page with real
// Sandpack clients in LibreChat's place.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { freePort, startNginx } from './nginx.ts';
import { type Answer, ask } from './tls-request.ts';

export interface Front {
  /** Everything of this deployment; `home` in it is a HOME whose Chromium trusts the CA. */
  folder: string;
  ca: Buffer;
  chatHost: string;
  previewsHost: string;
  ports: { http: number; https: number; relay: number };
  chat: ChatServer;
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
  options: { previewsHost?: string; flags?: string[]; filesFromDisk?: boolean } = {},
): Promise<Front> {
  await ensurePackages(['nginx', 'libnginx-mod-http-brotli-static', 'libnss3-tools', 'openssl']);
  const chatHost = 'librechat.example.test';
  const previewsHost = options.previewsHost ?? 'preview.example.test';
  const folder = await mkdtemp(join(tmpdir(), 'front-'));
  const authority = await createTestCa(join(folder, 'ca'));
  const ca = await readFile(authority.certFile);
  await trustInChromium(join(folder, 'home'), authority.certFile);
  const zones = new Set(['example.test', previewsHost.slice(previewsHost.indexOf('.') + 1)]);
  for (const zone of zones) {
    const { certFile, keyFile } = await authority.issue({ names: [zone, `*.${zone}`] });
    const live = join(folder, 'live', zone);
    await mkdir(live, { recursive: true });
    await cp(certFile, join(live, 'fullchain.pem'));
    await cp(keyFile, join(live, 'privkey.pem'));
  }

  const ports = { http: await freePort(), https: await freePort(), relay: await freePort() };
  const chat = await startChatServer(`https://${previewsHost}`);
  let relay: RunningProcess | undefined;
  const startRelay = async (): Promise<void> => {
    relay = await startRelayProcess(ports.relay, {
      PREVIEW_HOSTNAME: previewsHost,
      EMBED_ORIGINS: `https://${chatHost}`,
      DATA_DIR: packageCache,
    });
  };
  await startRelay();

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
      ...['--certificates', join(folder, 'live'), ...(options.flags ?? [])],
      ...(options.filesFromDisk ? ['--files-folder', files] : []),
    ]),
  );
  const nginx = await startNginx({
    conf: await readFile(join(deployment, 'deploy/nginx/preview-kit.conf'), 'utf8'),
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
