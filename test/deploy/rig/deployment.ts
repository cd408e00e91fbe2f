// A healthy deployment in miniature: the real relay, real nginx with TLS from a test authority, a real DNS server, a stand-in for
// LibreChat, and the files that setup writes. Tests bend one thing at a time and put it back.
import { spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { minVersion } from 'semver';
import { runWarm } from '../../../relay/cli/warm-run.ts';
import { loadConfig } from '../../../relay/config.ts';
import { openPackageEngine } from '../../../relay/configured-engine.ts';
import { makeToken } from '../../../relay/hosts/secret-token.ts';
import { type RunningRelay, startRelay } from '../../../relay/relay.ts';
import { artifactSets, standardSets } from '../../../relay/shared/standard-sets.ts';
import { Progress } from '../../../relay/terminal/progress.ts';
import { bundlerPackages } from '../../registry/bundler-packages.ts';
import { startTestRegistry, type TestPackage, type TestRegistry } from '../../registry/test-registry.ts';
import { ensurePackages } from '../../rig/debian-packages.ts';
import { createTestCa, type TestCa } from '../../rig/test-ca.ts';
import { runProgram } from './kit-commands.ts';
import { freePort, startNginx } from './nginx.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Loopback, and nobody else's: so ports 80 and 443 are free, as on a server. */
export const address = '127.77.0.1';
export const librechatOrigin = 'https://librechat.example.test';
export const previewHostname = 'preview.example.test';

/** What nginx is made of; a test replaces parts. */
export interface NginxParts {
  certificate: { certFile: string; keyFile: string };
  /** The server for port 80. */
  plain: string;
  /** Names of the relay's server. */
  previewNames: string;
  /** Inside the relay's server. */
  previewServer: string;
  /** Inside its `location /`. */
  previewLocation: string;
  /** Inside LibreChat's server. */
  librechatServer: string;
  /** Inside its `location /`. */
  librechatLocation: string;
  /** Names of the server of the API, and of a domain of the operator's own. */
  apiName: string;
  domainName: string;
  /** Inside their `location /`. */
  apiLocation: string;
  domainLocation: string;
  /** Further servers. */
  more: string;
}

export interface Deployment {
  /** With relay.env, librechat.env, npmrc and data. */
  folder: string;
  nginxConf: string;
  dnsServer: string;
  ca: TestCa;
  registry: TestRegistry;
  relayPort: number;
  librechatPort: number;
  /** Changes nginx; without an argument everything is as it should be. */
  setNginx(change?: (usual: NginxParts) => Partial<NginxParts>): Promise<void>;
  /** Gives nginx other servers altogether: text that belongs inside `http { }`. */
  setNginxText(text: string): Promise<void>;
  /** Changes records of the zone example.test. */
  setZone(change?: (usual: string) => string): Promise<void>;
  /** Changes a file of variables. */
  setFile(name: 'relay.env' | 'librechat.env' | 'npmrc', change?: (usual: string) => string): Promise<void>;
  /** Starts the relay anew, with other settings by flag. */
  setRelay(flags?: Record<string, string>): Promise<void>;
  stopRelay(): Promise<void>;
  close(): Promise<void>;
}

export const apiHostname = 'pages.example.test';
/** A domain of the operator's own, which shows a published page. */
export const ownDomain = 'demo.example.test';

const usualZone = `
librechat A ${address}
preview A ${address}
pages A ${address}
demo A ${address}
* A ${address}
`;

/** Starts everything; takes some seconds. Needs root, for ports 80 and 443. */
export async function startDeployment(folder: string): Promise<Deployment> {
  await ensurePackages(['nginx', 'bind9', 'openssl']);
  await mkdir(folder, { recursive: true });
  const registry = await startTestRegistry({ packages: standardPackages() });
  const ca = await createTestCa(join(folder, 'ca'));
  const relayPort = await freePort();
  const librechat = await listenOn((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>LibreChat</title>');
  });
  const librechatPort = (librechat.address() as AddressInfo).port;
  const signIn = await listenOn((_request, response) => void response.writeHead(401).end());
  const signInUrl = `http://127.0.0.1:${(signIn.address() as AddressInfo).port}/auth`;
  const { token, hash } = makeToken('api');
  const forPages = {
    'api-hostname': apiHostname,
    'api-aliases': 'relay',
    'chat-token-hash': hash,
    'sign-in-auth-url': signInUrl,
  };
  const usualFiles = {
    'relay.env': `PREVIEW_HOSTNAME=${previewHostname}\nEMBED_ORIGINS=${librechatOrigin}\nPORT=${relayPort}\nDATA_DIR=${join(folder, 'data')}\nAPI_HOSTNAME=${apiHostname}\nAPI_ALIASES=relay\nCHAT_TOKEN_HASH=${hash}\nSIGN_IN_AUTH_URL=${signInUrl}\n`,
    'librechat.env': `SANDPACK_BUNDLER_URL=https://${previewHostname}\nSANDPACK_STATIC_BUNDLER_URL=https://${previewHostname}\nDOMAIN_CLIENT=${librechatOrigin}\nDOMAIN_SERVER=${librechatOrigin}\nPREVIEW_KIT_TOKEN=${token}\n`,
    npmrc: `registry=${registry.url}\n`,
  };
  for (const [name, text] of Object.entries(usualFiles)) await writeFile(join(folder, name), text);

  let relay: RunningRelay | undefined;
  const stopRelay = async (): Promise<void> => {
    await relay?.close();
    relay = undefined;
  };
  const setRelay = async (flags: Record<string, string> = {}): Promise<void> => {
    await stopRelay();
    const settings = {
      hostname: previewHostname,
      'embed-origins': librechatOrigin,
      port: String(relayPort),
      'control-port': '0',
      'data-dir': join(folder, 'data'),
      'bundler-dir': join(root, 'www'),
      'log-level': 'silent',
      ...forPages,
      ...flags,
    };
    const config = loadConfig(
      {},
      Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    );
    relay = await startRelay({
      config,
      npm: registry.npm,
      distDir: join(root, 'dist'),
      log: pino({ level: 'silent' }),
    });
  };
  await warm(folder, registry);
  await publishPage(folder);
  await setRelay();

  const dns = await startNamed(join(folder, 'named'));
  const usual: NginxParts = {
    certificate: await ca.issue({ names: ['example.test', '*.example.test'] }),
    plain: `server { listen ${address}:80 default_server; return 301 https://$host$request_uri; }`,
    previewNames: `${previewHostname} "~^[a-z0-9]{8,40}-preview\\.example\\.test$"`,
    previewServer: '',
    previewLocation: `client_max_body_size 10m; proxy_pass http://127.0.0.1:${relayPort}; proxy_set_header Host $http_host;`,
    librechatServer: 'client_max_body_size 512m; proxy_buffering off; proxy_read_timeout 3600s;',
    librechatLocation: `proxy_pass http://127.0.0.1:${librechatPort}; proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade;`,
    apiName: apiHostname,
    domainName: ownDomain,
    apiLocation: `proxy_pass http://127.0.0.1:${relayPort}; proxy_set_header Host $http_host;`,
    domainLocation: `proxy_pass http://127.0.0.1:${relayPort}; proxy_set_header Host $http_host;`,
    more: '',
  };
  const nginx = await startNginx({ conf: nginxBody(usual), folder: join(folder, 'nginx') }).catch(
    async (error) => {
      await dns.stop();
      throw error;
    },
  );

  return {
    folder,
    nginxConf: join(folder, 'nginx', 'nginx.conf'),
    dnsServer: `127.0.0.1:${dns.port}`,
    ca,
    registry,
    relayPort,
    librechatPort,
    setNginx: (change) => nginx.reload(nginxBody({ ...usual, ...change?.(usual) })),
    setNginxText: (text) => nginx.reload(`server_names_hash_bucket_size 128;\n${text}`),
    setZone: (change) => dns.setZone(change?.(usualZone) ?? usualZone),
    setFile: (name, change) => writeFile(join(folder, name), change?.(usualFiles[name]) ?? usualFiles[name]),
    setRelay,
    stopRelay,
    async close() {
      await Promise.all([nginx.stop(), dns.stop(), stopRelay(), registry.close()]);
      for (const server of [librechat, signIn]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** A page at a domain of the operator's own, as the command line publishes it; and the file of nginx that goes with it. */
async function publishPage(folder: string): Promise<void> {
  await mkdir(join(folder, 'deploy/nginx'), { recursive: true });
  await writeFile(join(folder, 'deploy/nginx', `${ownDomain}.conf`), '# See the servers of the rig.\n');
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), PREVIEW_HOSTNAME: previewHostname };
  await writeFile(join(folder, 'page.html'), '<h1>Tides</h1>');
  for (const args of [
    ['--name', 'p-x1', join(folder, 'page.html')],
    ['domain', 'add', 'p-x1', ownDomain],
  ]) {
    const { code, stderr } = await runProgram(
      process.execPath,
      [join(root, 'dist/relay/cli/share.js'), ...args],
      { cwd: folder, env },
    );
    if (code !== 0) throw new Error(`The page could not be published: ${stderr}`);
  }
}

/** A server on a free port of loopback. */
export async function listenOn(handler: RequestListener): Promise<Server> {
  const server = createServer(handler);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

function nginxBody(parts: NginxParts): string {
  const { certFile, keyFile } = parts.certificate;
  const tls = `listen ${address}:443 ssl http2; ssl_certificate ${certFile}; ssl_certificate_key ${keyFile}; ssl_protocols TLSv1.2 TLSv1.3;`;
  return `
server_names_hash_bucket_size 128;
${parts.plain}
server { ${tls} server_name librechat.example.test; ${parts.librechatServer} location / { ${parts.librechatLocation} } }
server { ${tls} server_name ${parts.previewNames}; gzip off; ${parts.previewServer} location / { ${parts.previewLocation} } }
server { ${tls} server_name ${parts.apiName}; location / { ${parts.apiLocation} } }
server { ${tls} server_name ${parts.domainName}; location / { ${parts.domainLocation} } }
${parts.more}
`;
}

/** The smallest packages that fit the ranges of LibreChat's sets. */
function standardPackages(): Record<string, TestPackage> {
  const all = Object.entries({ ...standardSets['react-19'], ...standardSets['react-18'] });
  const versions = (name: string, range: string): string[] => [
    minVersion(range)?.version ?? '1.0.0',
    ...(name === 'react' || name === 'react-dom' ? ['19.0.0'] : []),
  ];
  const made = all.map(([name, range]): [string, TestPackage] => [
    name,
    {
      versions: Object.fromEntries(
        versions(name, range).map((version) => [version, { files: { '/index.js': 'module.exports = {};' } }]),
      ),
    },
  ]);
  return { ...Object.fromEntries(made), ...bundlerPackages };
}

async function warm(folder: string, registry: TestRegistry): Promise<void> {
  const config = loadConfig({ DATA_DIR: join(folder, 'data') });
  const engine = await openPackageEngine({ config, npm: registry.npm, log: pino({ level: 'silent' }) });
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const set = (name: 'react-18' | 'react-19') => ({
    name,
    dependencies: artifactSets[name],
    added: [],
    specifiers: ['clsx'],
    artifacts: [],
  });
  const { failures } = await runWarm(
    engine,
    { sets: [set('react-18'), set('react-19')], files: [] },
    {
      dataDir: config.dataDir,
      pin: true,
      refresh: false,
      lockFile: undefined,
      shownBy: 'native',
      progress: new Progress(silent),
    },
  );
  if (failures.length > 0) throw new Error(`The store could not be warmed: ${JSON.stringify(failures)}`);
}

/** BIND, authoritative for example.test. */
async function startNamed(
  folder: string,
): Promise<{ port: number; setZone(records: string): Promise<void>; stop(): Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const zoneFile = join(folder, 'example.test.zone');
  let serial = 0;
  const write = (records: string): Promise<void> =>
    writeFile(
      zoneFile,
      `$TTL 1\n@ SOA ns hostmaster ${++serial} 60 60 60 1\n@ NS ns\nns A ${address}\n${records.trim()}\n`,
    );
  await write(usualZone);
  await writeFile(
    join(folder, 'named.conf'),
    `options { directory "${folder}"; pid-file none; session-keyfile none; recursion no; dnssec-validation no;
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; };
controls { };
zone "example.test" { type primary; file "${zoneFile}"; };
`,
  );
  const child = spawn('named', ['-f', '-c', join(folder, 'named.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const resolver = new Resolver({ timeout: 300, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  const served = async (): Promise<void> => {
    for (const deadline = Date.now() + 15_000; Date.now() < deadline; await sleep(30)) {
      const soa = await resolver.resolveSoa('example.test').catch(() => undefined);
      if (soa?.serial === serial) return;
      if (child.exitCode !== null) break;
    }
    child.kill('SIGTERM');
    throw new Error(`named does not serve the zone: ${said} ${await readFile(zoneFile, 'utf8')}`);
  };
  await served();
  return {
    port,
    async setZone(records) {
      await write(records);
      child.kill('SIGHUP');
      await served();
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
