// DNS providers that certbot can put the proof for a wildcard certificate with, one row each: plugin, package, credentials.

/** One way of answering a DNS-01 challenge. */
export interface DnsProvider {
  /** As an operator knows it. */
  label: string;
  /** Debian package of certbot's plugin; '' if certbot itself is enough. */
  debianPackage: string;
  /** Image of certbot with this plugin, without its tag. */
  image: string;
  /** File below deploy/certbot/ that holds the credentials; '' for none. */
  credentialsFile: string;
  /** What that file starts as. Values are the operator's to fill in. */
  credentials: string;
  /** How long the provider's servers take to agree with each other, in seconds; 0 if the plugin finds out by itself. */
  propagationSeconds: number;
}

const plugin = (name: string) => ({
  debianPackage: `python3-certbot-dns-${name}`,
  image: `certbot/dns-${name}`,
});

const ini = (...lines: string[]): string => `${lines.join('\n')}\n`;

/** By the name that `--dns` takes; the plugin is called `dns-<name>`. Sources: the plugins' pages at eff-certbot.readthedocs.io. */
export const dnsProviders = {
  cloudflare: {
    label: 'Cloudflare',
    ...plugin('cloudflare'),
    credentialsFile: 'credentials.ini',
    credentials: ini(
      '# An API token with the permission Zone → DNS → Edit for this zone.',
      'dns_cloudflare_api_token = ',
    ),
    propagationSeconds: 30,
  },
  route53: {
    label: 'Amazon Route 53',
    ...plugin('route53'),
    credentialsFile: 'credentials.ini',
    credentials: ini(
      '# An access key that may route53:ListHostedZones, route53:GetChange and route53:ChangeResourceRecordSets.',
      '# On an EC2 machine with such a role, leave both lines empty and put a # in front of them.',
      '[default]',
      'aws_access_key_id = ',
      'aws_secret_access_key = ',
    ),
    propagationSeconds: 0,
  },
  digitalocean: {
    label: 'DigitalOcean',
    ...plugin('digitalocean'),
    credentialsFile: 'credentials.ini',
    credentials: ini('# A personal access token with write access to domains.', 'dns_digitalocean_token = '),
    propagationSeconds: 30,
  },
  google: {
    label: 'Google Cloud DNS',
    ...plugin('google'),
    credentialsFile: 'credentials.json',
    credentials: ini('{}'),
    propagationSeconds: 90,
  },
  ovh: {
    label: 'OVH',
    ...plugin('ovh'),
    credentialsFile: 'credentials.ini',
    credentials: ini(
      '# Keys with GET, PUT, POST and DELETE on /domain/zone/*.',
      'dns_ovh_endpoint = ovh-eu',
      'dns_ovh_application_key = ',
      'dns_ovh_application_secret = ',
      'dns_ovh_consumer_key = ',
    ),
    propagationSeconds: 120,
  },
  rfc2136: {
    label: 'Your own DNS server (BIND, Knot, PowerDNS …) by RFC 2136 updates',
    ...plugin('rfc2136'),
    credentialsFile: 'credentials.ini',
    credentials: ini(
      '# Address of the primary server, and a TSIG key that may update TXT records of _acme-challenge.',
      'dns_rfc2136_server = ',
      'dns_rfc2136_port = 53',
      'dns_rfc2136_name = ',
      'dns_rfc2136_secret = ',
      'dns_rfc2136_algorithm = HMAC-SHA256',
    ),
    propagationSeconds: 10,
  },
  gandi: {
    label: 'Gandi',
    debianPackage: 'python3-certbot-dns-gandi',
    image: '',
    credentialsFile: 'credentials.ini',
    credentials: ini(
      '# A LiveDNS API key; with version 1.5 of the plugin and newer a personal access token, as dns_gandi_token.',
      'dns_gandi_api_key = ',
    ),
    propagationSeconds: 60,
  },
  linode: {
    label: 'Linode (Akamai)',
    ...plugin('linode'),
    credentialsFile: 'credentials.ini',
    credentials: ini(
      '# An API token with Domains: Read/Write.',
      'dns_linode_key = ',
      'dns_linode_version = 4',
    ),
    propagationSeconds: 120,
  },
  dnsimple: {
    label: 'DNSimple',
    ...plugin('dnsimple'),
    credentialsFile: 'credentials.ini',
    credentials: ini('# An account access token.', 'dns_dnsimple_token = '),
    propagationSeconds: 30,
  },
  gehirn: {
    label: 'Gehirn',
    ...plugin('gehirn'),
    credentialsFile: 'credentials.ini',
    credentials: ini('dns_gehirn_api_token = ', 'dns_gehirn_api_secret = '),
    propagationSeconds: 30,
  },
  sakuracloud: {
    label: 'Sakura Cloud',
    ...plugin('sakuracloud'),
    credentialsFile: 'credentials.ini',
    credentials: ini('dns_sakuracloud_api_token = ', 'dns_sakuracloud_api_secret = '),
    propagationSeconds: 90,
  },
  manual: {
    label: 'Another: two scripts of your own add and remove a TXT record',
    debianPackage: '',
    image: 'certbot/certbot',
    credentialsFile: '',
    credentials: '',
    propagationSeconds: 0,
  },
  none: {
    label: 'None: certificates are managed elsewhere',
    debianPackage: '',
    image: '',
    credentialsFile: '',
    credentials: '',
    propagationSeconds: 0,
  },
} as const satisfies Record<string, DnsProvider>;

export type DnsProviderName = keyof typeof dnsProviders;

/** All names, in the order in which they are offered. */
export const dnsProviderNames = Object.keys(dnsProviders) as DnsProviderName[];
