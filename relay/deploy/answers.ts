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
import { parseDomain, parseHost, parsePreviewsHost, previewsZone } from './host-names.ts';

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
  publish: boolean;
  apiHost: string;
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
  accessLog: string;
  challengesFolder: string;
  hstsSeconds: number;
  filesFolder: string;
  brotli: boolean;
}

/** One question: its flag, what an answer looks like, and the default, which may follow from earlier answers. */
export interface Question<T = unknown> {
  flag: string;
  form: string;
  help: string;
  /** May stay without an answer: {@link noAnswer} or an empty one says so, whatever was answered before. */
  isOptional?: true;
  /** As an operator would write it; undefined if there is none. */
  fallback: (earlier: Partial<Answers>) => string | undefined;
  /** Returns the parsed value, or throws an Error whose message is the rule that was broken. */
  parse: (text: string) => T;
}

/** What an operator writes for “nothing” where an empty answer would keep an earlier one. */
export const noAnswer = 'none';

/** What an answer looks like. */
export function formOf({ form, isOptional }: Pick<Question, 'form' | 'isOptional'>): string {
  return isOptional ? `${form} | ${noAnswer}` : form;
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
    help: 'Base host of previews; each one opens at <id>-<name>. A domain separate from LibreChat’s is safer (docs/security.md). Default: preview.<domain>.',
    fallback: ({ domain }) => domain && `preview.${domain}`,
    parse: parsePreviewsHost,
  },
  embedders: {
    flag: 'embedders',
    form: 'origins',
    help: 'Other origins, besides LibreChat’s own, whose pages may show previews, separated by spaces or commas.',
    isOptional: true,
    fallback: always(''),
    parse: settings.embedOrigins.parse,
  },
  edge: {
    flag: 'edge',
    form: 'host | containers | none',
    help: 'What terminates TLS. host: nginx on this machine. containers: nginx and certbot in containers. none: your own proxy elsewhere.',
    fallback: always('host'),
    parse: choice(['host', 'containers', 'none']),
  },
  dns: {
    flag: 'dns',
    form: dnsProviderNames.join(' | '),
    help: 'Who hosts your DNS, for the challenge that a wildcard certificate needs. manual: two scripts of your own. none: certificates are managed elsewhere.',
    fallback: ({ edge }) => (edge === 'none' ? 'none' : 'cloudflare'),
    parse: choice(dnsProviderNames),
  },
  email: {
    flag: 'email',
    form: 'address',
    help: 'Where the certificate authority sends its warnings. none: nowhere.',
    isOptional: true,
    fallback: always(''),
    parse: email,
  },
  registry: {
    flag: 'registry',
    form: 'address',
    help: 'The relay’s npm registry, unless it is npm’s public one. Its token is read from the variable REGISTRY_TOKEN; REGISTRY_TOKEN=none removes the one that is kept.',
    isOptional: true,
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
    isOptional: true,
    fallback: always(settings.egressAllow.fallback),
    parse: settings.egressAllow.parse,
  },
  offline: {
    flag: 'offline',
    form: 'yes | no',
    help: 'Never call the npm registry, for a closed network (docs/offline.md).',
    fallback: always('no'),
    parse: yesOrNo,
  },
  extras: {
    flag: 'extras',
    form: 'rag, ollama, vllm',
    help: 'Services to run besides LibreChat: rag answers questions about uploaded files; ollama and vllm run models on an NVIDIA GPU.',
    isOptional: true,
    fallback: always(''),
    parse: someOf(['rag', 'ollama', 'vllm']),
  },
  image: {
    flag: 'image',
    form: 'image',
    help: 'The relay’s image in your own registry. none: Compose builds it from this checkout.',
    isOptional: true,
    fallback: always(''),
    parse: imageName,
  },
  publish: {
    flag: 'publish',
    form: 'yes | no',
    help: 'Let users publish pages from the chat, at addresses of their own: gives LibreChat the kit’s MCP server and a token for it (docs/shares.md).',
    fallback: always('no'),
    parse: yesOrNo,
  },
  apiHost: {
    flag: 'api-host',
    form: 'name',
    help: 'Host name of the API for publishing, for programs on other machines and people’s own pages. Default: pages.<zone of the previews’ host> with --publish yes. none: only LibreChat reaches it.',
    isOptional: true,
    fallback: ({ publish, previewsHost }) =>
      publish && previewsHost ? `pages.${previewsZone(previewsHost)}` : '',
    parse: (text) => (text === '' ? '' : parseHost(text)),
  },
  monaco: {
    flag: 'monaco',
    form: 'yes | no',
    help: 'Make LibreChat’s scripts load the Monaco editor from the kit, so that the Code tab works in a closed network. Default: same as --offline.',
    fallback: ({ offline }) => yesIf(offline),
    parse: yesOrNo,
  },
  networks: {
    flag: 'networks',
    form: 'networks',
    help: 'Networks that may open previews, such as 10.0.0.0/8. none: everyone who can reach this machine.',
    isOptional: true,
    fallback: always(''),
    parse: networks,
  },
  staging: {
    flag: 'staging',
    form: 'yes | no',
    help: 'Use the certificate authority’s test server while you try things out; browsers do not trust its certificates.',
    fallback: always('no'),
    parse: yesOrNo,
  },
  acmeServer: {
    flag: 'acme-server',
    form: 'address',
    help: 'ACME directory of another certificate authority. none: Let’s Encrypt.',
    isOptional: true,
    fallback: always(''),
    parse: (text) => registryAddress(text).replace(/\/$/, ''),
  },
  propagationSeconds: {
    flag: 'propagation-seconds',
    form: 'seconds',
    help: 'How long the provider’s DNS servers take to agree. Default: depends on the provider.',
    fallback: ({ dns }) => String(dnsProviders[dns ?? 'none'].propagationSeconds),
    parse: wholeNumber(0, 3600),
  },
  nginxVersion: {
    flag: 'nginx-version',
    form: 'version',
    help: 'nginx’s version, such as 1.22.1. Default: that of the nginx on this machine; if there is none, syntax that 1.22 and newer accept.',
    isOptional: true,
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
    help: 'Load balancers in front of nginx, whose X-Forwarded-For nginx trusts.',
    isOptional: true,
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
  accessLog: {
    flag: 'access-log',
    form: 'file',
    help: 'nginx’s log of requests to previews and pages; without queries, in which links have their tokens. none: no log.',
    isOptional: true,
    fallback: always('/var/log/nginx/access.log'),
    parse: plainPath,
  },
  challengesFolder: {
    flag: 'challenges-folder',
    form: 'folder',
    help: 'Where certbot puts its proofs for domains of your own (certbot/issue.sh <domain>), and nginx serves them from.',
    fallback: always('/var/lib/preview-kit/acme'),
    parse: plainPath,
  },
  hstsSeconds: {
    flag: 'hsts-seconds',
    form: 'seconds',
    help: 'How long browsers remember to use only https; 0 turns this off.',
    fallback: always('31536000'),
    parse: wholeNumber(0, 63_072_000),
  },
  filesFolder: {
    flag: 'files-folder',
    form: 'folder',
    help: 'Let nginx serve the bundler’s files from this folder, which nginx/copy-files.sh fills. none: the relay serves them.',
    isOptional: true,
    fallback: always(''),
    parse: plainPath,
  },
  brotli: {
    flag: 'brotli',
    form: 'yes | no',
    help: 'nginx has the module brotli_static; only matters with --files-folder.',
    fallback: always('no'),
    parse: yesOrNo,
  },
};
