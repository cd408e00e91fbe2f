// The one table of questions of `npm run setup`: it drives the prompts, the flags, --help and the checks of every answer.
import { settings } from '../config.ts';
import {
  bodySize,
  choice,
  email,
  hostAndPort,
  imageName,
  listenAddresses,
  networks,
  nginxVersion,
  plainPath,
  registryAddress,
  someOf,
  wholeNumber,
  yesOrNo,
} from './answer-values.ts';
import { type DnsProviderName, dnsProviderNames, dnsProviders } from './dns-providers.ts';
import { parseDomain, parseHost, parsePreviewsHost } from './host-names.ts';

/** What is known about a deployment. Every field is described by the row of {@link questions} with the same name. */
export interface Answers {
  domain: string;
  librechatHost: string;
  previewsHost: string;
  embedders: string[];
  edge: 'host' | 'containers' | 'none';
  dns: DnsProviderName;
  email: string;
  registry: string;
  egress: 'mirror' | 'open' | 'none';
  egressAllow: string[];
  offline: boolean;
  extras: ('rag' | 'ollama' | 'vllm')[];
  image: string;
  monaco: boolean;
  networks: string[];
  staging: boolean;
  acmeServer: string;
  propagationSeconds: number;
  nginxVersion: string;
  defaultServer: boolean;
  listenHttp: string[];
  listenHttps: string[];
  relayAddress: string;
  librechatAddress: string;
  certificates: string;
  trustedProxies: string[];
  maxUpload: string;
  hstsSeconds: number;
  filesFolder: string;
  brotli: boolean;
}

/** One question: its flag, what an answer looks like, and the default, which may follow from earlier answers. */
export interface Question<T = unknown> {
  flag: string;
  form: string;
  help: string;
  /** As an operator would write it; undefined if there is none. */
  fallback: (earlier: Partial<Answers>) => string | undefined;
  /** Returns the parsed value, or throws an Error whose message is the rule that was broken. */
  parse: (text: string) => T;
}

const always = (text: string) => (): string => text;
const yesIf = (truth: boolean | undefined): string => (truth ? 'yes' : 'no');

/** Every question; a default may use the answers above it. */
export const questions: { [Name in keyof Answers]: Question<Answers[Name]> } = {
  domain: {
    flag: 'domain',
    form: 'name',
    help: 'The domain that LibreChat’s name belongs to, such as example.com.',
    fallback: () => undefined,
    parse: parseDomain,
  },
  librechatHost: {
    flag: 'librechat-host',
    form: 'name',
    help: 'LibreChat’s host name. Default: librechat.<domain>.',
    fallback: ({ domain }) => domain && `librechat.${domain}`,
    parse: parseHost,
  },
  previewsHost: {
    flag: 'previews-host',
    form: 'name',
    help: 'Base host of previews; each one opens at <id>-<name>. A domain apart from LibreChat’s is safer (docs/security.md). Default: preview.<domain>.',
    fallback: ({ domain }) => domain && `preview.${domain}`,
    parse: parsePreviewsHost,
  },
  embedders: {
    flag: 'embedders',
    form: 'origins',
    help: 'Origins beside LibreChat’s own whose pages may show previews, separated by spaces or commas.',
    fallback: always(''),
    parse: settings.embedOrigins.parse,
  },
  edge: {
    flag: 'edge',
    form: 'host | containers | none',
    help: 'What ends TLS. host: nginx on this machine. containers: nginx and certbot in containers. none: a proxy of yours elsewhere.',
    fallback: always('host'),
    parse: choice(['host', 'containers', 'none']),
  },
  dns: {
    flag: 'dns',
    form: dnsProviderNames.join(' | '),
    help: 'Who serves your DNS, for the proof that a wildcard certificate takes. manual: two scripts of yours. none: certificates are managed elsewhere.',
    fallback: ({ edge }) => (edge === 'none' ? 'none' : 'cloudflare'),
    parse: choice(dnsProviderNames),
  },
  email: {
    flag: 'email',
    form: 'address',
    help: 'Where the certificate authority writes to before a certificate expires. Empty: nowhere.',
    fallback: always(''),
    parse: email,
  },
  registry: {
    flag: 'registry',
    form: 'address',
    help: 'npm registry of the relay, if it is not npm’s public one. A token for it is read from the variable REGISTRY_TOKEN.',
    fallback: always(''),
    parse: registryAddress,
  },
  egress: {
    flag: 'egress',
    form: settings.egress.form,
    help: settings.egress.help,
    fallback: always(settings.egress.fallback),
    parse: settings.egress.parse,
  },
  egressAllow: {
    flag: 'egress-allow',
    form: settings.egressAllow.form,
    help: settings.egressAllow.help,
    fallback: always(settings.egressAllow.fallback),
    parse: settings.egressAllow.parse,
  },
  offline: {
    flag: 'offline',
    form: 'yes | no',
    help: 'Never call the npm registry: a closed network (docs/offline.md).',
    fallback: always('no'),
    parse: yesOrNo,
  },
  extras: {
    flag: 'extras',
    form: 'rag, ollama, vllm',
    help: 'Services beside LibreChat: rag answers questions about uploaded files; ollama and vllm run models on an NVIDIA GPU.',
    fallback: always(''),
    parse: someOf(['rag', 'ollama', 'vllm']),
  },
  image: {
    flag: 'image',
    form: 'image',
    help: 'The relay’s image in a registry of yours. Empty: Compose builds it from this checkout.',
    fallback: always(''),
    parse: imageName,
  },
  monaco: {
    flag: 'monaco',
    form: 'yes | no',
    help: 'Rewrite the address of the Monaco editor in LibreChat’s scripts to the kit’s, so that its Code tab works in a closed network. Default: as --offline.',
    fallback: ({ offline }) => yesIf(offline),
    parse: yesOrNo,
  },
  networks: {
    flag: 'networks',
    form: 'networks',
    help: 'Networks that may open previews, such as 10.0.0.0/8. Empty: everyone who reaches this machine.',
    fallback: always(''),
    parse: networks,
  },
  staging: {
    flag: 'staging',
    form: 'yes | no',
    help: 'Ask the certificate authority’s test server, which browsers do not trust, while you try things out.',
    fallback: always('no'),
    parse: yesOrNo,
  },
  acmeServer: {
    flag: 'acme-server',
    form: 'address',
    help: 'ACME directory of another certificate authority. Empty: Let’s Encrypt.',
    fallback: always(''),
    parse: (text) => registryAddress(text).replace(/\/$/, ''),
  },
  propagationSeconds: {
    flag: 'propagation-seconds',
    form: 'seconds',
    help: 'How long the provider’s DNS servers take to agree with each other. Default: by provider.',
    fallback: ({ dns }) => String(dnsProviders[dns ?? 'none'].propagationSeconds),
    parse: wholeNumber(0, 3600),
  },
  nginxVersion: {
    flag: 'nginx-version',
    form: 'version',
    help: 'Version of nginx, such as 1.22.1. Default: of the nginx on this machine; if there is none, a form that 1.22 and newer accept.',
    fallback: ({ edge }) => (edge === 'containers' ? '1.28.0' : ''),
    parse: nginxVersion,
  },
  defaultServer: {
    flag: 'default-server',
    form: 'yes | no',
    help: 'Refuse names that are not served here. Say no if nginx has a default server already.',
    fallback: always('yes'),
    parse: yesOrNo,
  },
  listenHttp: {
    flag: 'listen-http',
    form: 'addresses',
    help: 'What nginx listens on for http: ports or address:port.',
    fallback: ({ edge }) => (edge === 'containers' ? '80' : '80 [::]:80'),
    parse: listenAddresses,
  },
  listenHttps: {
    flag: 'listen-https',
    form: 'addresses',
    help: 'What nginx listens on for https. Without IPv6 on the machine: 443.',
    fallback: ({ edge }) => (edge === 'containers' ? '443' : '443 [::]:443'),
    parse: listenAddresses,
  },
  relayAddress: {
    flag: 'relay-address',
    form: 'host:port',
    help: 'Where nginx reaches the relay. Default: 127.0.0.1:1580, or relay:1580 between containers.',
    fallback: ({ edge }) => (edge === 'containers' ? 'relay:1580' : '127.0.0.1:1580'),
    parse: hostAndPort,
  },
  librechatAddress: {
    flag: 'librechat-address',
    form: 'host:port',
    help: 'Where nginx reaches LibreChat. Default: 127.0.0.1:1490, or librechat:3080 between containers.',
    fallback: ({ edge }) => (edge === 'containers' ? 'librechat:3080' : '127.0.0.1:1490'),
    parse: hostAndPort,
  },
  certificates: {
    flag: 'certificates',
    form: 'folder',
    help: 'Folder with <name>/fullchain.pem and <name>/privkey.pem.',
    fallback: always('/etc/letsencrypt/live'),
    parse: plainPath,
  },
  trustedProxies: {
    flag: 'trusted-proxies',
    form: 'networks',
    help: 'Load balancers in front of nginx, whose X-Forwarded-For is believed.',
    fallback: always(''),
    parse: networks,
  },
  maxUpload: {
    flag: 'max-upload',
    form: 'size',
    help: 'Largest upload to LibreChat.',
    fallback: always('512m'),
    parse: bodySize,
  },
  hstsSeconds: {
    flag: 'hsts-seconds',
    form: 'seconds',
    help: 'For how long browsers remember to use https only; 0 switches that off.',
    fallback: always('31536000'),
    parse: wholeNumber(0, 63_072_000),
  },
  filesFolder: {
    flag: 'files-folder',
    form: 'folder',
    help: 'Let nginx serve the bundler’s files from this folder, which nginx/copy-files.sh fills. Empty: the relay serves them.',
    fallback: always(''),
    parse: plainPath,
  },
  brotli: {
    flag: 'brotli',
    form: 'yes | no',
    help: 'nginx has the module brotli_static; matters with --files-folder only.',
    fallback: always('no'),
    parse: yesOrNo,
  },
};
