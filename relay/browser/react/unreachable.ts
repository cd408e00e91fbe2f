// What to tell people when a preview's own origin cannot be reached.

/** One paragraph that names the address, the likely causes and the remedy. */
export function explainUnreachable(frameOrigin: string): string {
  const { protocol, hostname } = new URL(frameOrigin);
  const base = hostname.slice(hostname.indexOf('-') + 1);
  const wildcard = `*.${base.slice(base.indexOf('.') + 1)}`;
  const tls = protocol === 'https:' ? ` and that the TLS certificate covers ${wildcard}` : '';
  return `The preview’s own address ${frameOrigin} did not answer. Every preview opens on a random name like this one: the operator should check that DNS resolves ${wildcard} to this server${tls}, and that the proxy passes <id>-${base} on to the relay. Without wildcard DNS, ISOLATION=shared runs previews on one origin.`;
}
