// A certificate authority and a DNS server as certbot meets them: pebble (Let's Encrypt's test server) and bind9's named, both on
// loopback, with a zone that a TSIG key may change below _acme-challenge.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensurePackages } from '../../rig/debian-packages.ts';
import type { TestCa } from '../../rig/test-ca.ts';
import { runProgram } from './kit-commands.ts';
import { freePort } from './nginx.ts';

export interface AcmeRig {
  /** ACME directory. */
  server: string;
  /** PEM of the authority that signed the directory's own TLS certificate, for REQUESTS_CA_BUNDLE. */
  serverCa: string;
  /** PEM of the root that issued certificates lead to. */
  issuerRoot(): Promise<string>;
  /** Where pebble looks for proofs by HTTP, at any name. */
  httpPort: number;
  dns: { port: number; keyName: string; secret: string; keyFile: string };
  /** TXT values of a name, as the DNS server gives them now. */
  txt(name: string): Promise<string[]>;
  stop(): Promise<void>;
}

/**
 * @param zones such as `example.test`; each gets an update policy for `_acme-challenge`
 * @param address what every name of the zones leads to
 */
export async function startAcme(
  folder: string,
  zones: string[],
  ca: TestCa,
  address = '127.0.0.1',
): Promise<AcmeRig> {
  await ensurePackages(['pebble', 'bind9', 'bind9-dnsutils']);
  await mkdir(folder, { recursive: true });
  const [dnsPort, acmePort, managementPort] = [await freePort(), await freePort(), await freePort()];
  const httpPort = await freePort();
  const keyName = 'certbot-key';
  const secret = randomBytes(32).toString('base64');
  const keyFile = join(folder, 'update.key');
  const key = `key "${keyName}" { algorithm hmac-sha256; secret "${secret}"; };\n`;
  await writeFile(keyFile, key, { mode: 0o600 });
  const named = await startNamed(folder, zones, key, keyName, dnsPort, address);

  const own = await ca.issue({ names: ['localhost', '127.0.0.1'] });
  const config = join(folder, 'pebble.json');
  const pebbleSettings = {
    listenAddress: `127.0.0.1:${acmePort}`,
    managementListenAddress: `127.0.0.1:${managementPort}`,
    certificate: own.certFile,
    privateKey: own.keyFile,
    httpPort,
    tlsPort: 5001,
    ocspResponderURL: '',
    externalAccountBindingRequired: false,
  };
  await writeFile(config, JSON.stringify({ pebble: pebbleSettings }));
  const pebble = spawn('pebble', ['-config', config, '-dnsserver', `127.0.0.1:${dnsPort}`], {
    env: {
      ...process.env,
      PEBBLE_VA_NOSLEEP: '1',
      PEBBLE_WFE_NONCEREJECT: '0',
      // By default every other order takes an earlier proof for good, and asks for none.
      PEBBLE_AUTHZREUSE: '0',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const root = await readFile(ca.certFile);
  const get = (port: number, path: string): Promise<string> =>
    new Promise((done, fail) => {
      request({ host: '127.0.0.1', port, path, ca: root, agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => done(text));
      })
        .on('error', fail)
        .end();
    });
  await until(() => get(acmePort, '/dir').then(Boolean, () => false), 'pebble', pebble);

  return {
    server: `https://127.0.0.1:${acmePort}/dir`,
    serverCa: ca.certFile,
    httpPort,
    issuerRoot: () => get(managementPort, '/roots/0'),
    dns: { port: dnsPort, keyName, secret, keyFile },
    async txt(name) {
      const { stdout } = await runProgram('dig', [
        '+short',
        '-p',
        String(dnsPort),
        '@127.0.0.1',
        name,
        'TXT',
      ]);
      return stdout.split('\n').filter(Boolean);
    },
    async stop() {
      await Promise.all([pebble, named].map(end));
    },
  };
}

async function startNamed(
  folder: string,
  zones: string[],
  key: string,
  keyName: string,
  port: number,
  address: string,
): Promise<ChildProcess> {
  for (const zone of zones)
    await writeFile(
      join(folder, `${zone}.zone`),
      `$TTL 60\n@ IN SOA ns.${zone}. root.${zone}. 1 60 60 600 60\n@ IN NS ns.${zone}.\nns IN A 127.0.0.1\n* IN A ${address}\n`,
    );
  const zoneBlocks = zones.map(
    (zone) =>
      `zone "${zone}" { type primary; file "${zone}.zone"; update-policy { grant ${keyName} name _acme-challenge.${zone}. TXT; }; };`,
  );
  const conf = join(folder, 'named.conf');
  await writeFile(
    conf,
    `${key}
options { directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; recursion no; dnssec-validation no; };
controls { };
${zoneBlocks.join('\n')}
`,
  );
  const child = spawn('named', ['-f', '-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] });
  const answers = async (): Promise<boolean> => {
    const args = [
      '+short',
      '+time=1',
      '+tries=1',
      '-p',
      String(port),
      '@127.0.0.1',
      zones[0] as string,
      'SOA',
    ];
    return (await runProgram('dig', args)).stdout.includes('root.');
  };
  await until(answers, 'named', child);
  return child;
}

async function until(isUp: () => Promise<boolean>, name: string, child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const deadline = Date.now() + 15_000;
  while (!(await isUp())) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${name} did not start: ${said}`);
    await sleep(50);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}
