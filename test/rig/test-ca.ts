// A certificate authority for tests: a root, an intermediate, and leaves for any names and dates, made with the openssl command.
import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a leaf is to be. */
export interface LeafOptions {
  /** DNS names, or IP addresses, for subjectAltName; the first is the subject too. */
  names: string[];
  /** Default: an hour ago. */
  notBefore?: Date;
  /** Default: in 60 days. */
  notAfter?: Date;
  /** Whether the file carries the intermediate after the leaf, as servers have to send it. Default: true. */
  chain?: boolean;
}

export interface TestCa {
  /** The root in PEM. */
  certFile: string;
  /** SHA-256 of the intermediate's public key, in base64. */
  spkiHash: string;
  issue(options: LeafOptions): Promise<{ certFile: string; keyFile: string }>;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** @param folder where keys and certificates are kept; made if it is not there */
export async function createTestCa(folder: string): Promise<TestCa> {
  await mkdir(join(folder, 'issued'), { recursive: true });
  const path = (name: string): string => join(folder, name);
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await writeFile(path('index.txt'), '');
  await writeFile(path('index.txt.attr'), 'unique_subject = no\n');
  await writeFile(path('serial'), `${Date.now().toString(16).padStart(12, '0')}\n`);
  await writeFile(path('ca.cnf'), configuration());

  const newKey = (name: string) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`);
  const request = (name: string, subject: string) =>
    openssl(
      'req',
      '-new',
      '-config',
      'ca.cnf',
      '-key',
      `${name}.key`,
      '-subj',
      subject,
      '-out',
      `${name}.csr`,
    );
  const sign = (name: string, extensions: string, from: Date, to: Date, by: string) =>
    openssl(
      ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-in', `${name}.csr`, '-out', `${name}.pem`],
      ...['-extensions', extensions, '-startdate', stamp(from), '-enddate', stamp(to)],
      ...['-keyfile', `${by}.key`, ...(by === name ? ['-selfsign'] : ['-cert', `${by}.pem`])],
    );

  const start = new Date(Date.now() - 400 * dayMs);
  const end = new Date(Date.now() + 400 * dayMs);
  await newKey('root');
  await request('root', '/CN=Preview kit test root');
  await sign('root', 'root', start, end, 'root');
  await newKey('intermediate');
  await request('intermediate', '/CN=Preview kit test intermediate');
  await sign('intermediate', 'intermediate', start, end, 'root');
  const intermediate = await readFile(path('intermediate.pem'), 'utf8');
  const spki = new X509Certificate(intermediate).publicKey.export({ type: 'spki', format: 'der' });

  let issued = 0;
  // `openssl ca` keeps a serial number in a file, so one leaf is made after the other.
  let previous: Promise<unknown> = Promise.resolve();
  async function issue({ names, notBefore, notAfter, chain = true }: LeafOptions) {
    const name = `issued/${++issued}`;
    const san = names.map((item) => `${/^[\d.]+$|:/.test(item) ? 'IP' : 'DNS'}:${item}`).join(',');
    await writeFile(path('ca.cnf'), configuration(san));
    await newKey(name);
    await request(name, `/CN=${(names[0] as string).slice(0, 64)}`);
    await sign(
      name,
      'leaf',
      notBefore ?? new Date(Date.now() - hourMs),
      notAfter ?? new Date(Date.now() + 60 * dayMs),
      'intermediate',
    );
    const leaf = await readFile(path(`${name}.pem`), 'utf8');
    const certFile = path(`${name}.fullchain.pem`);
    await writeFile(certFile, chain ? leaf + intermediate : leaf);
    return { certFile, keyFile: path(`${name}.key`) };
  }

  return {
    certFile: path('root.pem'),
    spkiHash: createHash('sha256').update(spki).digest('base64'),
    issue(options) {
      const next = previous.then(() => issue(options));
      previous = next.catch(() => {});
      return next;
    },
  };
}

/**
 * Makes Chromium with this HOME trust a root as it trusts any other. Needs certutil (libnss3-tools).
 * @param certFile the root in PEM
 */
export async function trustInChromium(home: string, certFile: string): Promise<void> {
  const database = join(home, '.pki', 'nssdb');
  await mkdir(database, { recursive: true });
  await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
  await run('certutil', [
    ...['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'preview-kit-test-root'],
    ...['-i', certFile],
  ]);
}

/** `YYYYMMDDHHMMSSZ`, as `openssl ca` wants dates. */
function stamp(date: Date): string {
  return `${date.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`;
}

function configuration(subjectAltName = 'DNS:unused.test'): string {
  return `
[ca]
default_ca = test
[test]
dir = .
new_certs_dir = ./issued
database = ./index.txt
serial = ./serial
default_md = sha256
policy = any
copy_extensions = none
[any]
commonName = supplied
[req]
prompt = no
distinguished_name = subject
[subject]
CN = unused
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[intermediate]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = ${subjectAltName}
`;
}
