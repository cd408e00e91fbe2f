// What a Content-Security-Policy lets a page put into frames. https://www.w3.org/TR/CSP3/#match-url-to-source-list
// Only what frames need is here: hosts, schemes and wildcards; hashes and nonces mean nothing for them.

/** The sources that decide about frames; undefined when the policy does not limit them. */
export function frameSourcesOf(policy: string): string[] | undefined {
  const directives = new Map(
    policy
      .split(';')
      .map((part) => part.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name.toLowerCase(), sources] as const)
      .reverse(),
  );
  return directives.get('frame-src') ?? directives.get('child-src') ?? directives.get('default-src');
}

/**
 * @param origin of the frame
 * @param self origin of the page with the policy, for 'self' and for sources without a scheme
 */
export function allowsFrame(sources: readonly string[], origin: string, self: string | undefined): boolean {
  const target = new URL(origin);
  const own = self === undefined ? undefined : new URL(self);
  return sources.some((source) => matches(source, target, own));
}

function matches(source: string, target: URL, self: URL | undefined): boolean {
  if (source === '*') return /^(https?|wss?):$/.test(target.protocol);
  if (source === "'self'") return self?.origin === target.origin;
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return upgrades(source.toLowerCase(), target.protocol);
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[a-z0-9.-]+)(?::(\d+|\*))?(?:\/.*)?$/i.exec(
    source,
  );
  if (!parts) return false;
  const [, scheme, host = '', port] = parts;
  const wanted = scheme === undefined ? self?.protocol : `${scheme.toLowerCase()}:`;
  if (wanted !== undefined && !upgrades(wanted, target.protocol)) return false;
  if (port === undefined ? target.port !== '' : port !== '*' && port !== (target.port || '443')) return false;
  const name = host.toLowerCase();
  return (
    name === '*' ||
    (name.startsWith('*.') ? target.hostname.endsWith(name.slice(1)) : name === target.hostname)
  );
}

/** A source for HTTP covers HTTPS too. */
function upgrades(wanted: string, found: string): boolean {
  return wanted === found || (wanted === 'http:' && found === 'https:');
}
