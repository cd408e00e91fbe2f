// Names of hosts: the label in front of `-<base host>`. No name is one that a preview could have, and none of a share looks like the
// port of a sandbox. Pure.

/** DNS bounds a label at 63 characters, and `-preview` or the like follows. */
const maxLength = 40;
const form = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Whatever the relay's own pages or an operator's other hosts may need. */
const reserved = new Set(['api', 'mcp', 'www', 'admin', 'static', 'status', 'auth', 'login', 'mail', 'cdn']);
const looksLikePort = /-\d{1,5}$/;
/** Ids of previews have eight characters or more, and no dash (relay/host.ts). */
const looksLikeId = /^[a-z0-9]{8,}$/;
const punycode = /^..--/;

/** Lower case, letters and digits, unlike each other in print. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const suffixLength = 10;

/**
 * Why a name cannot be a share's; undefined when it can.
 * @param name as it was asked for
 */
export function faultOfShareName(name: string): string | undefined {
  if (name.length === 0 || name.length > maxLength) return `must have 1 to ${maxLength} characters`;
  if (punycode.test(name) || !form.test(name))
    return 'must be of lower-case letters and digits, with single dashes between them';
  if (looksLikeId.test(name))
    return `of ${name.length} characters needs a dash somewhere: without one it could be a preview’s`;
  if (looksLikePort.test(name)) return 'must not end in a dash and digits: that is a sandbox’s port';
  if (reserved.has(name)) return `cannot be “${name}”, which is reserved`;
  return undefined;
}

/**
 * A name that nobody guesses, from a title.
 * @param random bytes of a cryptographic source, ten at least
 */
export function shareNameFor(title: string, random: Uint8Array): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength - suffixLength - 1)
    .replace(/^-+|-+$/g, '');
  const suffix = Array.from(random.subarray(0, suffixLength), (byte) => alphabet[byte % alphabet.length]);
  // A letter first: a suffix of digits would look like a port.
  return `${words || 'page'}-${suffix.join('').replace(/^\d/, 'x')}`;
}
