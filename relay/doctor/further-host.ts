// A host beside the base host and previews, the API's or a domain of the operator's own: its DNS and its certificate, as compared with
// the base host's. Used by checks.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckContext } from './check.ts';
import { fail, type Outcome, ok } from './finding.ts';
import type { Addresses } from './name-resolver.ts';
import type { Subject } from './subject.ts';
import { coversName, namesOf } from './tls-probe.ts';

const any = ({ v4, v6 }: Addresses): string[] => [...v4, ...v6];

/** Whether a name leads where the base host leads. */
export async function examineDns({ subject: { url }, names }: CheckContext, name: string): Promise<Outcome> {
  const [base, found] = await Promise.all([url.hostname, name].map((each) => names.addresses(each)));
  const expected = `${name} at the address of ${url.hostname}`;
  const [there, here] = [any(base as Addresses), any(found as Addresses)];
  const record = `${name}. ${(base as Addresses).v4.length > 0 ? 'A' : 'AAAA'} ${there[0] ?? '<address of this server>'}`;
  if (here.length === 0) return fail(expected, `none (${found?.error})`, `Add the record \`${record}\`.`);
  if (here.some((address) => there.includes(address))) return ok(expected, here.join(', '));
  return fail(expected, here.join(', '), `Change the record to \`${record}\`; the relay’s nginx is there.`);
}

/** Whether the certificate that is shown for a name is for it, and trusted. @param remedy what gets one */
export async function examineCertificate(
  { subject: { url }, names, tls }: CheckContext,
  name: string,
  remedy: string,
): Promise<Outcome> {
  const { v4, v6, port = Number(url.port) || 443 } = await names.addresses(name);
  const expected = `a trusted certificate for ${name}`;
  let failure = 'it has no address';
  for (const address of [...v4, ...v6]) {
    try {
      const { leaf, chainFault, issuers } = await tls.handshake({ address, port, name });
      const shown = namesOf(leaf);
      if (!coversName(shown, name)) return fail(expected, `one for ${shown.join(', ')}`, remedy);
      if (chainFault !== undefined)
        return fail(
          expected,
          chainFault,
          'Let nginx send `fullchain.pem`; for an authority of your own, pass --ca FILE.',
        );
      return ok(expected, `${shown.join(', ')} ← ${issuers.join(' ← ')}`);
    } catch (error) {
      failure = (error as Error).message;
    }
  }
  return fail(expected, failure, remedy);
}

/** Domains that have a server in deploy/nginx, as `npm run share -- domain nginx` writes it. */
export async function domainsOf({ folder }: Pick<Subject, 'folder'>): Promise<string[]> {
  const files = await readdir(join(folder, 'deploy/nginx')).catch(() => []);
  return files
    .filter((file) => file.endsWith('.conf') && file !== 'preview-kit.conf')
    .map((file) => file.slice(0, -'.conf'.length))
    .filter((name) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name))
    .sort();
}
