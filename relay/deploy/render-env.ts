// The env files of a deployment: what Compose interpolates, the relay's settings, LibreChat's variables, npm's configuration.
import librechatExample from '../../librechat.env.example?raw';
import { type Config, settings } from '../config.ts';
import { hashOfToken } from '../hosts/secret-token.ts';
import type { Answers } from './answers.ts';
import { dnsProviders } from './dns-providers.ts';
import { setVariables } from './env-text.ts';
import { wildcardOf } from './host-names.ts';
import { tokenKey } from './registry-token.ts';
import { chatTokenName, type Secrets } from './secrets.ts';

/** Variables of the relay that follow from the answers, as `relay.env` holds them. */
export function relayVariables(
  answers: Answers,
  secrets?: Pick<Secrets, 'librechat'>,
): Record<string, string> {
  const token = secrets?.librechat[chatTokenName];
  return {
    PREVIEW_HOSTNAME: answers.previewsHost,
    EMBED_ORIGINS: [...new Set([`https://${answers.librechatHost}`, ...answers.embedders])].join(' '),
    EGRESS: answers.egress,
    EGRESS_ALLOW: answers.egressAllow.join(' '),
    OFFLINE: String(answers.offline),
    // What reaches the container comes through Docker's own network; only this machine's proxy can get there.
    TRUST_PROXY: 'loopback uniquelocal',
    API_HOSTNAME: answers.apiHost,
    ...(answers.publish && {
      SHARES: 'on',
      PREVIEW_URL: `https://${answers.previewsHost}`,
      // By the name of its service LibreChat's container calls it.
      API_ALIASES: 'relay',
      CHAT_TOKEN_HASH: (token && hashOfToken('api', token)) ?? '',
    }),
  };
}

/** What the container sets itself, because its image, volumes and ports depend on it. */
const fixedInContainer: (keyof Config)[] = [
  'port',
  'bind',
  'bundlerDir',
  'dataDir',
  'controlPort',
  'playground',
];

/** The text of `relay.env`: what was answered, and every other setting commented out with its default. */
export function renderRelayEnv(answers: Answers, secrets: Pick<Secrets, 'librechat'>): string {
  const values = relayVariables(answers, secrets);
  const rows = Object.entries(settings)
    .filter(([name]) => !fixedInContainer.includes(name as keyof Config))
    .map(([, { env, fallback, help }]) => {
      const value = values[env];
      return `# ${help}\n${value ? `${env}=${value}` : `#${env}=${fallback}`}\n`;
    });
  return `# Settings of the relay, read by its container. docs/configuration.md explains them; docker compose up -d relay applies them.\n\n${rows.join('\n')}`;
}

/** The text of `librechat.env`, from librechat.env.example. */
export function renderLibrechatEnv(answers: Answers, secrets: Secrets): string {
  const { librechatHost, previewsHost } = answers;
  const names: Record<string, string> = {
    'preview.example.com': previewsHost,
    'librechat.example.com': librechatHost,
    '*.example.com': wildcardOf(previewsHost),
  };
  const example = librechatExample
    .replace(/^# What LibreChat reads[\s\S]*?\n\n/, () => librechatHead)
    .replace(
      /preview\.example\.com|librechat\.example\.com|\*\.example\.com/g,
      (name) => names[name] as string,
    );
  return setVariables(example, secrets.librechat);
}

const librechatHead = `# What LibreChat reads, made by npm run setup from librechat.env.example. Compose passes it to LibreChat's container.
# Add any other variable of LibreChat's here; setup keeps it. docker compose up -d librechat applies changes.

`;

/** Files that Compose reads, in order. */
export function composeFiles(answers: Answers, hasOverride: boolean): string[] {
  return [
    'docker-compose.sandpack.yml',
    ...(answers.edge === 'containers' ? ['compose/edge.yml'] : []),
    ...(answers.image ? ['compose/prebuilt.yml'] : []),
    ...(answers.publish ? ['compose/pages.yml'] : []),
    ...(hasOverride ? ['compose.override.yml'] : []),
  ];
}

/** The text of `.env`. */
export function renderComposeEnv(answers: Answers, secrets: Secrets, hasOverride: boolean): string {
  const { domain, librechatHost, previewsHost, extras, image, edge, dns, registry } = answers;
  const { MONGO_ROOT_PASSWORD = '', MEILI_MASTER_KEY = '', POSTGRES_PASSWORD = '' } = secrets.compose;
  const usesCertbot = edge === 'containers' && dns !== 'none';
  const rows: (Row | false)[] = [
    [
      'COMPOSE_FILE',
      composeFiles(answers, hasOverride).join(':'),
      'Files that docker compose reads, separated by colons.',
    ],
    [
      'COMPOSE_PROJECT_NAME',
      'preview-kit',
      'Prefix of containers, networks and volumes. Under another name Compose finds none of the old data.',
    ],
    ['COMPOSE_PROFILES', extras.join(','), 'Extra services: rag, ollama, vllm, separated by commas.'],
    [
      'DOMAIN',
      domain,
      'LibreChat’s domain. This and the two names below are in relay.env and librechat.env too: change them with npm run setup.',
    ],
    ['LIBRECHAT_HOSTNAME', librechatHost, 'LibreChat’s host.'],
    ['PREVIEW_HOSTNAME', previewsHost, 'Base host of previews.'],
    image !== '' && ['RELAY_IMAGE', image, 'The relay’s image.'],
    usesCertbot && [
      'CERTBOT_IMAGE',
      `${dnsProviders[dns].image}:${certbotTag}`,
      'certbot with the plugin of the DNS provider.',
    ],
    registry !== '' && [
      'NPMRC_FILE',
      './npmrc',
      'npm’s configuration, for building the relay’s image and for the relay.',
    ],
    extras.includes('rag') && [
      'RAG_API_URL',
      'http://rag_api:8000',
      'Where LibreChat finds the extra service rag.',
    ],
    [
      'MONGO_ROOT_PASSWORD',
      MONGO_ROOT_PASSWORD,
      'Password of the database. It is set when the database is made; changing it here alone locks LibreChat out.',
    ],
    ['MEILI_MASTER_KEY', MEILI_MASTER_KEY, 'Key of the search engine.'],
    [
      'POSTGRES_PASSWORD',
      POSTGRES_PASSWORD,
      'Password of the vector database, for the extra service rag. Set when that database is made.',
    ],
  ];
  const text = rows
    .filter((row) => row !== false)
    .map(([name, value, comment]) => `# ${comment}\n${name}=${value}\n`);
  return `# What docker compose puts into its files. Made by npm run setup, which keeps what you change. Holds secrets.\n\n${text.join('\n')}`;
}

type Row = [name: string, value: string, comment: string];

/** Version of certbot's images. */
const certbotTag = 'v5.1.0';

/** The text of `npmrc`, or undefined if npm's public registry is used without a token. */
export function renderNpmrc(answers: Answers, token: string): string | undefined {
  const { registry } = answers;
  if (registry === '') return undefined;
  const lines = [
    '# npm’s configuration for the relay, mounted into its container and used while its image is built. Holds secrets.',
    `registry=${registry}`,
  ];
  if (token) lines.push(`${tokenKey(registry)}=${token}`);
  return `${lines.join('\n')}\n`;
}
