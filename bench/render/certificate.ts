// A self-signed certificate for the loopback stand-ins of third-party hosts, made anew for each run: Node signs but cannot
// write X.509, so the few DER structures are put together here (RFC 5280, X.690). No key is ever stored.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM texts, as TLS servers take them. */
  key: string;
  cert: string;
  /** SHA-256 of the public key, for Chromium's `--ignore-certificate-errors-spki-list`. */
  publicKeyHash: string;
}

const sequenceTag = 0x30;
const oid = {
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
};

/** @param hosts DNS names; the first becomes the common name */
export function selfSign(hosts: string[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = der(sequenceTag, der(0x06, Buffer.from(oid.ecdsaWithSha256)));
  const name = der(
    sequenceTag,
    der(0x31, der(sequenceTag, der(0x06, Buffer.from(oid.commonName)), utf8(hosts[0] ?? 'localhost'))),
  );
  const dayMs = 86_400_000;
  const alternatives = der(sequenceTag, ...hosts.map((host) => der(0x82, Buffer.from(host, 'ascii'))));
  const extension = der(sequenceTag, der(0x06, Buffer.from(oid.subjectAltName)), der(0x04, alternatives));
  const body = der(
    sequenceTag,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    der(sequenceTag, time(Date.now() - dayMs), time(Date.now() + 30 * dayMs)),
    name,
    publicKeyInfo,
    der(0xa3, der(sequenceTag, extension)),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = der(
    sequenceTag,
    body,
    algorithm,
    der(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    publicKeyHash: createHash('sha256').update(publicKeyInfo).digest('base64'),
  };
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text));

/** UTCTime: `YYMMDDhhmmssZ`. */
function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}
