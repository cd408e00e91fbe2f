// One TLS handshake with one address: which certificate came, and what is wrong with it. Every fault is looked at by itself, because
// TLS libraries stop at the first.
import { createHash, type X509Certificate } from 'node:crypto';
import { connect, rootCertificates } from 'node:tls';

/** What a server showed. */
export interface Handshake {
  /** `TLSv1.3`. */
  protocol: string;
  leaf: X509Certificate;
  /** Certificates that this side could put together above the leaf, root last. */
  issuers: string[];
  /** OpenSSL's word on the chain, e.g. UNABLE_TO_VERIFY_LEAF_SIGNATURE; undefined when it is trusted. Dates and names are left out. */
  chainFault: string | undefined;
  /** SHA-256 of the public key, in base64, as Chromium names keys. */
  spkiHash: string;
}

/** What says nothing about the chain. */
const otherFaults = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID']);

/** See the head of this file. */
export class TlsProbe {
  readonly #known = new Map<string, Promise<Handshake>>();

  /** @param options `ca`: PEM of an authority to trust besides the usual ones */
  constructor(readonly options: { ca: string | undefined; timeoutMs: number }) {}

  /** @throws Error of Node's when there is no handshake; the same question gets the same answer */
  handshake(target: { address: string; port: number; name: string }): Promise<Handshake> {
    const key = JSON.stringify(target);
    const known = this.#known.get(key) ?? this.#shake(target);
    this.#known.set(key, known);
    return known;
  }

  #shake({ address, port, name }: { address: string; port: number; name: string }): Promise<Handshake> {
    const { ca, timeoutMs } = this.options;
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: address,
        port,
        servername: name,
        rejectUnauthorized: false,
        ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
        timeout: timeoutMs,
      });
      const end = (error: Error): void => {
        socket.destroy();
        reject(error);
      };
      socket.once('timeout', () => end(new Error(`no TLS handshake within ${timeoutMs / 1000} s`)));
      socket.once('error', end);
      socket.once('secureConnect', () => {
        const leaf = socket.getPeerX509Certificate();
        if (!leaf) return end(new Error('the server showed no certificate'));
        const fault = socket.authorizationError as unknown as string | undefined;
        resolve({
          protocol: socket.getProtocol() ?? 'unknown',
          leaf,
          issuers: issuersOf(leaf),
          chainFault: fault && !otherFaults.has(String(fault)) ? String(fault) : undefined,
          spkiHash: createHash('sha256')
            .update(leaf.publicKey.export({ type: 'spki', format: 'der' }))
            .digest('base64'),
        });
        socket.destroy();
      });
    });
  }
}

function issuersOf(leaf: X509Certificate): string[] {
  const names: string[] = [];
  for (let each = leaf.issuerCertificate; each && names.length < 8; each = each.issuerCertificate) {
    names.push(commonName(each.subject));
    if (each.issuer === each.subject) break;
  }
  return names;
}

/** `R11` of `CN=R11, O=Let's Encrypt`; X509Certificate puts each part on a line. */
export function commonName(subject: string): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replace(/\n/g, ', ');
}

/** Whether a certificate's names cover a host; a `*` stands for exactly one label (RFC 9525, section 6.3). */
export function coversName(certificateNames: readonly string[], host: string): boolean {
  return certificateNames.some((pattern) => {
    const name = pattern.toLowerCase();
    return name.startsWith('*.') ? host.replace(/^[^.]+/, '*') === name : name === host;
  });
}

/** DNS names of a certificate. */
export function namesOf(certificate: X509Certificate): string[] {
  return [...(certificate.subjectAltName ?? '').matchAll(/DNS:([^,\s]+)/g)].map(([, name = '']) => name);
}
