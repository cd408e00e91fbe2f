// The names of a deployment: which hosts there are, and which certificates and DNS records they need. Pure.
import { getDomain, getPublicSuffix } from 'tldts';
import { settings } from '../config.ts';

/** The three names that everything follows from. */
export interface HostNames {
  /** LibreChat's zone, e.g. `example.com`. */
  domain: string;
  librechatHost: string;
  previewsHost: string;
  /** The API's; empty for none. */
  apiHost?: string;
}

/** One certificate; `name` is its folder below certbot's `live/`. */
export interface Certificate {
  name: string;
  names: string[];
}

/** The zone that previews' names are made in: `preview.example.com` → `example.com`. */
export function previewsZone(previewsHost: string): string {
  return previewsHost.slice(previewsHost.indexOf('.') + 1);
}

/** DNS and TLS name of every preview. A wildcard stands for exactly one whole label (RFC 6125 §6.4.3). */
export function wildcardOf(previewsHost: string): string {
  return `*.${previewsZone(previewsHost)}`;
}

/** Whether `*.<zone>` covers a host. */
function isDirectlyBelow(host: string, zone: string): boolean {
  return host.endsWith(`.${zone}`) && !host.slice(0, -zone.length - 1).includes('.');
}

/** The certificates a deployment needs: LibreChat's zone with its wildcard, and others for names which that does not cover. */
export function certificatesOf({
  domain,
  librechatHost,
  previewsHost,
  apiHost = '',
}: HostNames): Certificate[] {
  const zone = previewsZone(previewsHost);
  const certificates: Certificate[] = [];
  const add = (name: string, names: string[]) => {
    if (!certificates.some((certificate) => certificate.name === name)) certificates.push({ name, names });
  };
  if (librechatHost === domain || isDirectlyBelow(librechatHost, domain))
    add(domain, [domain, `*.${domain}`]);
  else add(librechatHost, [librechatHost]);
  add(zone, [zone, `*.${zone}`]);
  if (apiHost !== '' && !certificates.some((certificate) => covers(certificate, apiHost)))
    add(apiHost, [apiHost]);
  return certificates;
}

/** The certificate of {@link certificatesOf} that a host is served with. */
export function certificateFor(host: string, names: HostNames): string {
  return (certificatesOf(names).find((certificate) => covers(certificate, host)) as Certificate).name;
}

function covers({ names }: Certificate, host: string): boolean {
  return (
    names.includes(host) ||
    names.some((name) => name.startsWith('*.') && isDirectlyBelow(host, name.slice(2)))
  );
}

/** Whether a browser counts previews and LibreChat as one site, so that artifacts reach LibreChat's cookies. */
export function sharesSite({ librechatHost, previewsHost }: HostNames): boolean {
  return getDomain(librechatHost) === getDomain(previewsHost);
}

const dnsLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A DNS name, in lower case. @throws Error with the rule that was broken */
export function parseHost(text: string): string {
  const given = text.trim();
  if (/^[a-z]+:\/\//i.test(given)) throw new Error('write the name alone, without https://');
  if (/[/:]/.test(given)) throw new Error('write the name alone, without port or path');
  if (given.startsWith('*.')) throw new Error('write the name without *.; the wildcard follows from it');
  const name = given.toLowerCase().replace(/\.$/, '');
  if (/^[\d.]+$/.test(name)) throw new Error('an IP address has no names below it; write a DNS name');
  const labels = name.split('.');
  if (labels.length < 2 || name.length > 253 || !labels.every((label) => dnsLabel.test(label)))
    throw new Error('must be a DNS name of two labels or more, such as chat.example.com');
  return name;
}

/** LibreChat's zone. @throws Error with the rule that was broken */
export function parseDomain(text: string): string {
  const name = parseHost(text);
  if (getPublicSuffix(name, { allowPrivateDomains: true }) === name)
    throw new Error(
      'names are registered below it by everybody; write a domain of your own, like example.com',
    );
  return name;
}

/** The previews' base host. @throws Error with the rule that was broken */
export function parsePreviewsHost(text: string): string {
  const name = settings.hostname.parse(parseHost(text));
  const zone = previewsZone(name);
  if (!zone.includes('.') || getPublicSuffix(zone, { allowPrivateDomains: true }) === zone)
    throw new Error(
      `previews open at <id>-${name}, which needs DNS and TLS for *.${zone}, and that is not yours; write preview.${name}`,
    );
  return name;
}

/** What is wrong with the names together: one sentence each. */
export function nameFaults({ domain, librechatHost, previewsHost, apiHost = '' }: HostNames): string[] {
  const faults: string[] = [];
  if (librechatHost !== domain && !librechatHost.endsWith(`.${domain}`))
    faults.push(
      `--librechat-host ${librechatHost} is not below --domain ${domain}: give the domain that LibreChat's name belongs to.`,
    );
  if (librechatHost === previewsHost)
    faults.push(
      `--librechat-host and --previews-host are both ${previewsHost}: previews need a name of their own, so that artifacts are not on LibreChat's origin.`,
    );
  if (librechatHost.endsWith(`-${previewsHost}`))
    faults.push(
      `--librechat-host ${librechatHost} looks like a preview of --previews-host ${previewsHost}: choose a name that does not end in -${previewsHost}.`,
    );
  if (apiHost !== '' && [librechatHost, previewsHost].includes(apiHost))
    faults.push(`--api-host ${apiHost} is another host’s name already: the API needs one of its own.`);
  return faults;
}
