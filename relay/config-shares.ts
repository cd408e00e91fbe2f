// The settings of published pages: rows of the one table (config.ts), which is long.
import {
  folder,
  integer,
  oneOf,
  parseAddress,
  parseAge,
  parseDatabase,
  parseHostname,
  parseNames,
  parseOrigins,
  parseTokenHash,
  type Setting,
} from './config-values.ts';

/** How pages are published. Every field is described by the row of {@link shareSettings} with the same name. */
export interface ShareConfig {
  shares: 'on' | 'off';
  previewUrl: string;
  apiHostname: string;
  apiAliases: string[];
  chatToken: string;
  databaseUrl: string;
  signInAuthUrl: string;
  signInUrl: string;
  jwtJwksUrl: string;
  jwtIssuer: string;
  jwtAudience: string;
  shareMaxBytes: number;
  shareMaxFiles: number;
  sharesOwnerMaxBytes: number;
  sharesMaxBytes: number;
  sharesGraceMs: number;
  shareBar: 'on' | 'off';
  errorPagesDir: string;
  maintenance: string;
  sharePictures: 'auto' | 'no-sandbox' | 'off';
}

/** In the order in which help and docs show them. */
export const shareSettings: { [Name in keyof ShareConfig]: Setting<ShareConfig[Name]> } = {
  shares: {
    env: 'SHARES',
    flag: 'shares',
    fallback: 'on',
    form: 'on | off',
    help: 'on: pages can be published at addresses of their own, <name>-<hostname>, by whoever has a token that `npm run share -- token create` makes. Until then nothing is opened or stored. off: there are none.',
    parse: oneOf(['on', 'off'] as const),
  },
  previewUrl: {
    env: 'PREVIEW_URL',
    flag: 'preview-url',
    fallback: '',
    form: 'address',
    help: 'Where browsers reach previews, for the links of published pages: https://preview.example.com. Empty: https://<hostname> when NODE_ENV=production, else http://<hostname>:<port>.',
    parse: (text) => (text === '' ? '' : (parseOrigins(text)[0] ?? '')),
  },
  apiHostname: {
    env: 'API_HOSTNAME',
    flag: 'api-hostname',
    fallback: '',
    form: 'name',
    help: 'Host name at which the relay answers its API and MCP server to other machines; at the control listener they are answered in any case. Empty: none.',
    parse: (text) => (text === '' ? '' : parseHostname(text)),
  },
  apiAliases: {
    env: 'API_ALIASES',
    flag: 'api-aliases',
    fallback: '',
    form: 'names',
    help: 'Other names at which the relay answers its API and MCP server, separated by spaces or commas: that of its service, such as relay, by which containers beside it call it. Empty: none.',
    parse: parseNames,
  },
  chatToken: {
    env: 'CHAT_TOKEN_HASH',
    flag: 'chat-token-hash',
    fallback: '',
    form: 'hash',
    help: 'Hash of the token by which LibreChat publishes for its users; `npm run setup` makes the token and writes both. A new hash ends the old token. Empty: none but those of `npm run share -- token create`.',
    // Somebody may take it for the token.
    isSecret: true,
    parse: parseTokenHash,
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    flag: 'database-url',
    fallback: '',
    form: 'address',
    help: 'PostgreSQL database for published pages where several relays share them: postgres://user:password@host/database. Their files are in DATA_DIR, which the relays share, too. Empty: SQLite in DATA_DIR.',
    isSecret: true,
    parse: parseDatabase,
  },
  signInAuthUrl: {
    env: 'SIGN_IN_AUTH_URL',
    flag: 'sign-in-auth-url',
    fallback: '',
    form: 'address',
    help: 'Where the relay asks, with a visitor’s cookies, whether somebody is signed in, for pages of the visibility signed-in: what nginx’s auth_request asks, e.g. http://oauth2-proxy:4180/oauth2/auth. Empty: there are no such pages.',
    parse: parseAddress,
  },
  signInUrl: {
    env: 'SIGN_IN_URL',
    flag: 'sign-in-url',
    fallback: '',
    form: 'address',
    help: 'Where people sign in, e.g. https://auth.example.com/oauth2/start; the address to come back to is added as rd. Empty: they are told to sign in.',
    parse: parseAddress,
  },
  jwtJwksUrl: {
    env: 'JWT_JWKS_URL',
    flag: 'jwt-jwks-url',
    fallback: '',
    form: 'address',
    help: 'Keys (JSON Web Key Set) of a service of yours whose JSON Web Tokens open private pages: those that the claim hosts lists by name. Empty: only tokens of the kit do.',
    parse: parseAddress,
  },
  jwtIssuer: {
    env: 'JWT_ISSUER',
    flag: 'jwt-issuer',
    fallback: '',
    form: 'text',
    help: 'What the claim iss of those tokens has to be.',
    parse: (text) => text.trim(),
  },
  jwtAudience: {
    env: 'JWT_AUDIENCE',
    flag: 'jwt-audience',
    fallback: '',
    form: 'text',
    help: 'What the claim aud of those tokens has to be, so that tokens for other services open nothing here.',
    parse: (text) => text.trim(),
  },
  shareMaxBytes: {
    env: 'SHARE_MAX_BYTES',
    flag: 'share-max-bytes',
    fallback: '26214400',
    form: 'bytes',
    help: 'How large one published page may be, all its files together.',
    parse: integer(1024, 2 ** 30),
  },
  shareMaxFiles: {
    env: 'SHARE_MAX_FILES',
    flag: 'share-max-files',
    fallback: '1000',
    form: 'number',
    help: 'How many files one published page may have.',
    parse: integer(1, 100_000),
  },
  sharesOwnerMaxBytes: {
    env: 'SHARES_OWNER_MAX_BYTES',
    flag: 'shares-owner-max-bytes',
    fallback: '524288000',
    form: 'bytes',
    help: 'How much one user may publish, all versions of all pages together.',
    parse: integer(1024, 2 ** 50),
  },
  sharesMaxBytes: {
    env: 'SHARES_MAX_BYTES',
    flag: 'shares-max-bytes',
    fallback: '10737418240',
    form: 'bytes',
    help: 'How much all users together may publish.',
    parse: integer(1024, 2 ** 50),
  },
  sharesGraceMs: {
    env: 'SHARES_GRACE',
    flag: 'shares-grace',
    fallback: '7d',
    form: 'age',
    help: 'How long a page that was deleted can be restored, in days (7 or 7d) or hours (36h).',
    parse: parseAge,
  },
  shareBar: {
    env: 'SHARE_BAR',
    flag: 'share-bar',
    fallback: 'on',
    form: 'on | off',
    help: 'on: above a published page is a slim bar with its title, who published it, a way to report it, and a menu, unless the publisher wants none. off: no page has one.',
    parse: oneOf(['on', 'off'] as const),
  },
  sharePictures: {
    env: 'SHARE_PICTURES',
    flag: 'share-pictures',
    fallback: 'auto',
    form: 'auto | no-sandbox | off',
    help: 'Pictures of public pages, for links that are posted elsewhere. auto: taken with the Chromium or Chrome that is installed (CHROMIUM_PATH), if there is one and the relay does not run as root. no-sandbox: as root, too, in a container that shuts the browser in. off: none.',
    parse: oneOf(['auto', 'no-sandbox', 'off'] as const),
  },
  errorPagesDir: {
    env: 'ERROR_PAGES_DIR',
    flag: 'error-pages-dir',
    fallback: '',
    form: 'folder',
    help: 'Your own error pages at the addresses of published pages: templates error.eta, or <status>.eta such as 404.eta (docs/shares.md, examples/error-pages). Programs get JSON all the same. Empty: the kit’s own page.',
    parse: (text) => (text === '' ? '' : folder(text)),
  },
  maintenance: {
    env: 'MAINTENANCE',
    flag: 'maintenance',
    fallback: '',
    form: 'text',
    help: 'Shown in place of every published page, with status 503, while this is set: “Back at noon.” Previews go on. Empty: pages are shown.',
    parse: (text) => text,
  },
};
