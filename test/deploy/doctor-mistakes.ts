// Mistakes that operators make, each with what the doctor has to find, and nothing else. Planted one at a time by doctor.test.ts.
import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DoctorOptions } from '../../relay/doctor/doctor.ts';
import {
  address,
  type Deployment,
  librechatOrigin,
  listenOn,
  type NginxParts,
  previewHostname,
} from './rig/deployment.ts';

const run = promisify(execFile);

export interface Mistake {
  name: string;
  /** Plants it. @returns what undoes more than the rig puts back itself, and flags to call the doctor with */
  plant(deployment: Deployment): Promise<Planted | undefined> | Planted;
  /** Ids of the findings that fail. */
  fails: string[];
  /** Ids of the findings that warn, beside that of a shared site. */
  warns?: string[];
  /** What the remedies have to name. */
  remedy: RegExp;
}

export interface Planted {
  options?: Partial<DoctorOptions>;
  undo?(): Promise<unknown>;
}

const flags = (options: Partial<DoctorOptions>) => (): Planted => ({ options });

const nginx =
  (change: (usual: NginxParts, deployment: Deployment) => Partial<NginxParts>) =>
  async (deployment: Deployment): Promise<undefined> => {
    await deployment.setNginx((usual) => change(usual, deployment));
  };

const zone =
  (change: (usual: string) => string) =>
  async (deployment: Deployment): Promise<undefined> => {
    await deployment.setZone(change);
  };

const file =
  (name: 'relay.env' | 'librechat.env' | 'npmrc', change: (usual: string) => string) =>
  async (deployment: Deployment): Promise<undefined> => {
    await deployment.setFile(name, change);
  };

const variable = (name: string, value: string) =>
  file('librechat.env', (usual) => `${usual.replace(new RegExp(`^${name}=.*\n`, 'm'), '')}${value}\n`);

const certificate =
  (options: Parameters<Deployment['ca']['issue']>[0]) =>
  async ({ ca, setNginx }: Deployment): Promise<undefined> => {
    const issued = await ca.issue(options);
    await setNginx(() => ({ certificate: issued }));
  };

const names = ['example.test', '*.example.test'];
const dayMs = 86_400_000;
const fromNow = (days: number): Date => new Date(Date.now() + days * dayMs);

/** Another site's answer, in place of the relay's. */
const spa = (usual: NginxParts): string => usual.librechatLocation;

export const mistakes: Mistake[] = [
  // The address
  {
    name: 'an http URL',
    plant: flags({ url: `http://${previewHostname}` }),
    fails: ['address'],
    remedy: /Use https:\/\/preview\.example\.test/,
  },
  {
    name: 'an IP address as host',
    plant: flags({ url: `https://${address}` }),
    fails: ['address'],
    remedy: /Use a DNS name/,
  },
  {
    name: 'a sub-path',
    plant: flags({ url: `https://librechat.example.test/preview` }),
    fails: ['address'],
    remedy: /a host of its own/,
  },
  // DNS and network
  {
    name: 'no DNS record for the base host',
    plant: zone((usual) => usual.replace(/^(preview|\*) .*\n/gm, '')),
    fails: ['dns-base'],
    remedy: /preview\.example\.test\. A/,
  },
  {
    name: 'no wildcard record',
    plant: zone((usual) => usual.replace(/^\* .*$/m, '')),
    fails: ['dns-previews'],
    remedy: /\*\.example\.test\. A 127\.77\.0\.1/,
  },
  {
    name: 'the DNS wildcard one level too deep',
    plant: zone((usual) => usual.replace(/^\* /m, '*.preview ')),
    fails: ['dns-previews'],
    remedy: /\*\.example\.test\. A 127\.77\.0\.1.*\*\.preview\.example\.test is never asked for/,
  },
  {
    name: 'CNAMEs in a circle',
    plant: zone((usual) => usual.replace(/^\* .*$/m, '* CNAME one\none CNAME two\ntwo CNAME one')),
    fails: ['dns-previews'],
    remedy: /Replace the CNAME of (one|two)\.example\.test with an A or AAAA record/,
  },
  {
    name: 'an AAAA record at an address where nobody listens',
    plant: zone((usual) => `${usual}preview AAAA ::1\n* AAAA ::1\n`),
    fails: ['every-address'],
    remedy: /listen \[::\]:443 ssl.*remove the AAAA record ::1/,
  },
  {
    name: 'an AAAA record for the base host only',
    plant: zone((usual) => `${usual}preview AAAA ::1\n`),
    fails: ['dns-same', 'every-address'],
    remedy: /the same AAAA records/,
  },
  {
    name: 'a wildcard that points to another server',
    plant: zone((usual) => usual.replace(/^\* .*$/m, '* A 127.77.0.2')),
    fails: ['dns-same', 'every-address', 'tls'],
    remedy: /the same A records/,
  },
  {
    name: 'nothing listens on the HTTPS port',
    plant: zone((usual) => usual.replaceAll(/^(preview|\*) A .*$/gm, '$1 A 127.77.0.2')),
    fails: ['port'],
    remedy: /systemctl start nginx/,
  },
  {
    name: 'HTTP that is not redirected',
    plant: nginx(({ previewLocation }) => ({
      plain: `server { listen ${address}:80 default_server; location / { ${previewLocation} } }`,
    })),
    fails: ['https-redirect'],
    remedy: /return 301 https:\/\/\$host\$request_uri/,
  },
  {
    name: 'no server on port 80',
    plant: nginx(() => ({ plain: '' })),
    fails: [],
    warns: ['https-redirect'],
    remedy: /listen on port 80/,
  },
  {
    name: 'a clock that is wrong',
    plant: async (deployment) => {
      const late = await listenOn((_request, response) => {
        response.setHeader('date', new Date(Date.now() - 900_000).toUTCString());
        response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
      });
      const { port } = late.address() as AddressInfo;
      await deployment.setNginx(() => ({
        previewServer: `location = /healthz { proxy_pass http://127.0.0.1:${port}; proxy_pass_header Date; }`,
      }));
      return { undo: async () => late.close() };
    },
    fails: ['clock'],
    remedy: /timedatectl set-ntp true/,
  },
  {
    name: 'a server that accepts connections and says nothing',
    plant: async () => {
      const silent = createServer();
      await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
      const { port } = silent.address() as AddressInfo;
      const open = new Set<Socket>();
      silent.on('connection', (socket) => open.add(socket));
      return {
        options: { resolve: [`*.example.test=127.0.0.1:${port}`], timeoutMs: 2_000 },
        undo: async () => {
          for (const socket of open) socket.destroy();
          silent.close();
        },
      };
    },
    fails: ['tls', 'librechat-reached'],
    remedy: /listen 443 ssl/,
  },
  // Certificates
  {
    name: 'a certificate without the wildcard',
    plant: certificate({ names: [previewHostname, 'librechat.example.test'] }),
    fails: ['certificate-names'],
    remedy: /certificate for \*\.example\.test/,
  },
  {
    name: 'a certificate with the wildcard one level too deep',
    plant: certificate({ names: [previewHostname, `*.${previewHostname}`, 'librechat.example.test'] }),
    fails: ['certificate-names'],
    remedy: /certificate for \*\.example\.test/,
  },
  {
    name: 'an expired certificate',
    plant: certificate({ names, notBefore: fromNow(-90), notAfter: fromNow(-1) }),
    fails: ['certificate-dates', 'librechat-reached'],
    remedy: /certbot renew/,
  },
  {
    name: 'a certificate that expires within days',
    plant: certificate({ names, notAfter: fromNow(7) }),
    fails: [],
    warns: ['certificate-dates'],
    remedy: /certbot renew/,
  },
  {
    name: 'a certificate that is not valid yet',
    plant: certificate({ names, notBefore: fromNow(1) }),
    fails: ['certificate-dates', 'librechat-reached'],
    remedy: /timedatectl set-ntp true/,
  },
  {
    name: 'a missing intermediate certificate',
    plant: certificate({ names, chain: false }),
    fails: ['certificate-chain', 'librechat-reached'],
    remedy: /fullchain\.pem/,
  },
  {
    name: 'a certificate of an authority that nobody trusts',
    plant: flags({ ca: undefined }),
    fails: ['certificate-chain', 'librechat-reached'],
    remedy: /--ca FILE/,
  },
  // The proxy
  {
    name: 'a proxy that drops Host',
    plant: nginx(({ previewLocation }) => ({
      previewLocation: previewLocation.replace(/proxy_set_header Host [^;]+;/, ''),
    })),
    fails: ['host-header'],
    remedy: /proxy_set_header Host \$http_host;/,
  },
  {
    name: 'LibreChat’s page in place of the relay, on every host (SPA fallback)',
    plant: nginx((usual) => ({ previewLocation: spa(usual) })),
    fails: ['relay-base'],
    remedy: /a server of its own.*without `try_files`/,
  },
  {
    name: 'a fallback to index.html for unknown paths',
    plant: nginx((usual) => ({
      previewServer: `error_page 404 = @app; proxy_intercept_errors on; location @app { ${spa(usual)} }`,
    })),
    fails: ['unknown-paths'],
    remedy: /error_page/,
  },
  {
    name: 'ids that end at the default server',
    plant: nginx(() => ({ previewNames: previewHostname })),
    fails: ['relay-previews', 'nginx-server-name'],
    remedy: /server_name preview\.example\.test "~\^/,
  },
  {
    name: 'a server_name regex that fits static ids only',
    plant: nginx(() => ({ previewNames: `${previewHostname} "~^[0-9a-f]+-preview\\.example\\.test$"` })),
    fails: ['relay-previews', 'nginx-server-name'],
    remedy: /\[a-z0-9\]\+-preview/,
  },
  {
    name: 'a default server that refuses the handshake for ids',
    plant: nginx(() => ({
      previewNames: previewHostname,
      more: `server { listen ${address}:443 ssl default_server; server_name _; ssl_reject_handshake on; }`,
    })),
    fails: ['tls', 'nginx-server-name'],
    remedy: /ssl_reject_handshake/,
  },
  {
    name: 'the wrong port behind the proxy',
    plant: nginx(() => ({
      previewLocation: 'proxy_pass http://127.0.0.1:9; proxy_set_header Host $http_host;',
    })),
    fails: ['relay-base'],
    remedy: /proxy_pass http:\/\/127\.0\.0\.1:\d+;/,
  },
  {
    name: 'a base host that redirects elsewhere',
    plant: nginx(() => ({
      previewServer: 'location = / { return 302 https://librechat.example.test/login; }',
    })),
    fails: ['redirects'],
    remedy: /Remove the `return 301`/,
  },
  {
    name: 'proxy_pass with a path, which rewrites addresses',
    plant: nginx(({ previewLocation }) => ({
      previewLocation: previewLocation.replace(/(proxy_pass [^;]+);/, '$1/;'),
    })),
    fails: ['paths'],
    remedy: /without a path behind the host/,
  },
  // Headers
  {
    name: 'a CSP added by the proxy',
    plant: nginx(() => ({
      previewServer: `add_header Content-Security-Policy "default-src 'self'" always;`,
    })),
    fails: ['content-policy'],
    remedy: /Remove `add_header Content-Security-Policy`/,
  },
  {
    name: 'the relay’s CSP replaced by the proxy',
    plant: nginx(() => ({
      previewServer: `proxy_hide_header Content-Security-Policy; add_header Content-Security-Policy "frame-ancestors ${librechatOrigin}" always;`,
    })),
    fails: ['content-policy'],
    remedy: /proxy_hide_header Content-Security-Policy/,
  },
  {
    name: 'X-Frame-Options added by the proxy',
    plant: nginx(() => ({ previewServer: 'add_header X-Frame-Options SAMEORIGIN always;' })),
    fails: ['frame-options'],
    remedy: /Remove `add_header X-Frame-Options`/,
  },
  {
    name: 'Cross-Origin-Embedder-Policy added by the proxy',
    plant: nginx(() => ({ previewServer: 'add_header Cross-Origin-Embedder-Policy require-corp always;' })),
    fails: ['isolation-headers'],
    remedy: /cross-origin-embedder-policy/i,
  },
  {
    name: 'CORS headers twice',
    plant: nginx(() => ({ previewServer: 'add_header Access-Control-Allow-Origin * always;' })),
    fails: ['shared-files'],
    remedy: /Access-Control-Allow-Origin.*add_header/,
  },
  {
    name: 'service worker scripts with another content type',
    plant: nginx(() => ({
      previewServer:
        'proxy_hide_header Content-Type; default_type text/plain; add_header Content-Type text/plain always;',
    })),
    fails: ['worker-script'],
    remedy: /Content-Type.*default_type/,
  },
  {
    name: 'Service-Worker-Allowed taken away',
    plant: nginx(() => ({ previewServer: 'proxy_hide_header Service-Worker-Allowed;' })),
    fails: ['worker-script'],
    remedy: /Service-Worker-Allowed/,
  },
  {
    name: 'cache lifetimes set by the proxy',
    plant: nginx(({ previewLocation }) => ({
      previewServer: `location /static/ { proxy_hide_header Cache-Control; expires 1h; ${previewLocation} }`,
    })),
    fails: ['caching'],
    remedy: /`expires`/,
  },
  {
    name: 'a cache of the proxy that takes all hosts for one',
    plant: nginx(({ previewLocation }, { folder }) => ({
      more: `proxy_cache_path ${folder}/cache-${Date.now()} keys_zone=pages:1m;`,
      previewLocation: `${previewLocation} proxy_cache pages; proxy_cache_valid 200 1m; proxy_ignore_headers Cache-Control Vary;`,
    })),
    fails: ['relay-previews'],
    remedy: /Remove `proxy_cache`/,
  },
  {
    name: 'compression taken away by the proxy',
    plant: nginx(({ previewLocation }) => ({
      previewLocation: `${previewLocation} proxy_set_header Accept-Encoding "";`,
    })),
    fails: [],
    warns: ['compression'],
    remedy: /Accept-Encoding/,
  },
  {
    name: 'a cookie from the proxy',
    plant: nginx(() => ({ previewServer: 'add_header Set-Cookie "route=1; Path=/" always;' })),
    fails: ['cookies'],
    remedy: /sticky sessions/,
  },
  // nginx, as text
  {
    name: 'buffered answers of LibreChat',
    plant: nginx(({ librechatServer }) => ({
      librechatServer: librechatServer.replace('proxy_buffering off;', ''),
    })),
    fails: ['nginx-buffering'],
    remedy: /proxy_buffering off;/,
  },
  {
    name: 'a short read time-out',
    plant: nginx(({ librechatServer }) => ({ librechatServer: librechatServer.replace('3600s', '60s') })),
    fails: ['nginx-timeouts'],
    remedy: /proxy_read_timeout 3600s/,
  },
  {
    name: 'small uploads only',
    plant: nginx(({ librechatServer }) => ({ librechatServer: librechatServer.replace('512m', '1m') })),
    fails: ['nginx-uploads'],
    remedy: /client_max_body_size/,
  },
  {
    name: 'no WebSockets for LibreChat',
    plant: nginx(({ librechatLocation }) => ({
      librechatLocation: librechatLocation.replace(/proxy_set_header Upgrade [^;]+;/, ''),
    })),
    fails: [],
    warns: ['nginx-websockets'],
    remedy: /proxy_set_header Upgrade/,
  },
  // LibreChat
  {
    name: 'a LibreChat variable that is not set',
    plant: variable('SANDPACK_STATIC_BUNDLER_URL', ''),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_STATIC_BUNDLER_URL=https:\/\/preview\.example\.test/,
  },
  {
    name: 'a LibreChat variable with a name of Docker’s',
    plant: variable('SANDPACK_BUNDLER_URL', 'SANDPACK_BUNDLER_URL=http://relay:1580'),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_BUNDLER_URL=/,
  },
  {
    name: 'a LibreChat variable with localhost',
    plant: variable('SANDPACK_BUNDLER_URL', 'SANDPACK_BUNDLER_URL=http://localhost:1580'),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_BUNDLER_URL=/,
  },
  {
    name: 'a LibreChat variable with a path',
    plant: variable('SANDPACK_BUNDLER_URL', `SANDPACK_BUNDLER_URL=https://${previewHostname}/index.html`),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_BUNDLER_URL=/,
  },
  {
    name: 'a LibreChat variable with a pattern',
    plant: variable(
      'SANDPACK_STATIC_BUNDLER_URL',
      'SANDPACK_STATIC_BUNDLER_URL=https://*.preview.example.test',
    ),
    fails: ['librechat-variables'],
    remedy: /Set SANDPACK_STATIC_BUNDLER_URL=/,
  },
  {
    name: 'variables that LibreChat does not have',
    plant: variable('NONE', `APP_DOMAIN=librechat.example.test\nCSP_FRAME_SRC=https://${previewHostname}`),
    fails: [],
    warns: ['librechat-names', 'librechat-names'],
    remedy: /DOMAIN_CLIENT.*CSP_FRAME_SRC_EXTRA/s,
  },
  {
    name: 'LibreChat’s policy variables without the wildcard',
    plant: variable('NONE', `CSP_ENABLED=true\nCSP_FRAME_SRC_EXTRA=https://${previewHostname}`),
    fails: ['librechat-policy'],
    remedy: /CSP_FRAME_SRC_EXTRA="https:\/\/preview\.example\.test https:\/\/\*\.example\.test"/,
  },
  {
    name: 'a policy on LibreChat’s page without the wildcard',
    plant: nginx(() => ({
      librechatLocation: `default_type text/html; add_header Content-Security-Policy "frame-src 'self' https://${previewHostname}"; return 200 "<title>LibreChat</title>";`,
    })),
    // nginx answers itself here, so there is nothing that it passes on.
    fails: ['librechat-headers'],
    remedy: /https:\/\/\*\.example\.test/,
  },
  {
    name: 'LibreChat is down',
    plant: nginx(({ librechatLocation }) => ({
      librechatLocation: librechatLocation.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9'),
    })),
    fails: ['librechat-reached'],
    remedy: /docker compose up -d librechat/,
  },
  // The relay
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
