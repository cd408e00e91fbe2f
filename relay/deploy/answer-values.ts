// What an answer of the set-up may look like. Each parser returns the value, or throws an Error whose message is the rule that was broken.
import { isIP } from 'node:net';
import semver from 'semver';

/** One of the choices. */
export function choice<const T extends readonly string[]>(choices: T) {
  return (text: string): T[number] => {
    if (!choices.includes(text)) throw new Error(`must be one of ${choices.join(', ')}`);
    return text;
  };
}

/** Some of the choices, separated by commas or spaces. */
export function someOf<const T extends readonly string[]>(choices: T) {
  return (text: string): T[number][] => [...new Set(words(text).map(choice(choices)))];
}

export const yesOrNo = (text: string): boolean => {
  if (!/^(yes|no|true|false)$/i.test(text)) throw new Error('must be yes or no');
  return /^(yes|true)$/i.test(text);
};

export function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    if (!/^\d+$/.test(text) || Number(text) < min || Number(text) > max)
      throw new Error(`must be a whole number from ${min} to ${max}`);
    return Number(text);
  };
}

export function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/** Networks in CIDR form, or single addresses. */
export function networks(text: string): string[] {
  return words(text).map((item) => {
    const [address = '', bits] = item.split('/');
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    if (family === 0 || (bits !== undefined && (!/^\d+$/.test(bits) || Number(bits) > most)))
      throw new Error(`“${item}” is not a network; write it like 10.0.0.0/8 or 2001:db8::/32`);
    return item;
  });
}

/** What nginx listens on: a port, or an address with a port. */
export function listenAddresses(text: string): string[] {
  return words(text).map((item) => {
    const match = /^(?:(\[[\da-f:]+\]|[\d.]+):)?(\d{1,5})$/i.exec(item);
    if (!match || Number(match[2]) < 1 || Number(match[2]) > 65_535)
      throw new Error(`“${item}” is not a port or address:port, such as 443 or 127.0.0.1:8443 or [::]:443`);
    return item;
  });
}

/** `host:port` of an application. */
export function hostAndPort(text: string): string {
  const match = /^([a-z0-9._-]+|\[[\da-f:]+\]):(\d{1,5})$/i.exec(text);
  if (!match || Number(match[2]) > 65_535) throw new Error('must be host:port, such as 127.0.0.1:1580');
  return text;
}

/** An absolute path that can stand in nginx's configuration as it is. */
export function plainPath(text: string): string {
  if (text !== '' && !/^\/[\w./@+-]*$/.test(text))
    throw new Error('must be an absolute path of letters, digits and . / _ @ + -');
  return text.replace(/(.)\/+$/, '$1');
}

/** nginx's form of a size. */
export function bodySize(text: string): string {
  if (!/^\d{1,6}[kmg]?$/i.test(text)) throw new Error('must be a size such as 200m or 2g; 0 for no limit');
  return text.toLowerCase();
}

/** `1.22.1`, `nginx/1.22.1` or `nginx version: nginx/1.22.1 (Debian)`; empty if it is not known. */
export function nginxVersion(text: string): string {
  if (text === '') return '';
  const version = semver.coerce(text);
  if (!version) throw new Error('must be a version such as 1.22.1, as nginx -v prints it');
  return version.version;
}

export function email(text: string): string {
  if (text !== '' && !/^[^\s@"'$`\\]+@[^\s@"'$`\\]+\.[^\s@"'$`\\]+$/.test(text))
    throw new Error(
      'must be an e-mail address; the certificate authority writes to it before a certificate expires',
    );
  return text;
}

export function registryAddress(text: string): string {
  if (text === '') return '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // It ends up in files that shells read.
  if (!url || !/^https?:$/.test(url.protocol) || /[\s'"`$\\;]/.test(text))
    throw new Error('must be an address such as https://npm.example.com/');
  if (url.username || url.password)
    throw new Error('must not hold a user or password; give a token instead, it goes to a file of its own');
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

export function imageName(text: string): string {
  if (text !== '' && !/^[a-z0-9][\w.:/@-]*$/i.test(text))
    throw new Error('must be the name of an image, such as registry.example.com/preview-kit:0.1.0');
  return text;
}
