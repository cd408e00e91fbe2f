// The one table of errors that clients can meet: code, HTTP status, title, message for people, remedy for operators.
// Internals never travel to the client; they are logged under the request id.

interface ErrorRow {
  status: number;
  title: string;
  /** Built from the offending value, which is shown escaped. */
  message: (value: string) => string;
  remedy: string;
  /** Seconds after which it may work; for the header `Retry-After`. */
  retryAfter?: number;
}

const rows = {
  HOST_UNKNOWN: {
    status: 421,
    title: 'This host is not a preview',
    message: (value) => `The relay was asked for ${value}.`,
    remedy:
      'Check PREVIEW_HOSTNAME, and that the proxy passes on the Host header unchanged (nginx: proxy_set_header Host $http_host). A domain of your own has to be registered (npm run share -- domain add).',
  },
  PAGE_NOT_FOUND: {
    status: 404,
    title: 'There is nothing here',
    message: (value) => `There is no ${value} on this host.`,
    remedy: 'LibreChat opens previews by itself; their addresses are not meant to be typed.',
  },
  BAD_REQUEST: {
    status: 400,
    title: 'The request cannot be understood',
    message: (value) => value,
    remedy: 'Check the address.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Method not allowed',
    message: (value) => `${value} is not supported here.`,
    remedy: 'Use one of the methods that the header Allow names.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'Too large',
    message: (value) => `The body of the request is larger than ${value}.`,
    remedy: 'Send less. CodeSandbox’s bundler shows artifacts whose files are larger than that.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    message: (value) => `This client asked for more packages than it may (${value}).`,
    remedy:
      'Wait a minute. If many people share one address, raise RATE_LIMIT; if the relay mistakes a proxy for the client, name the proxy in TRUST_PROXY.',
  },
  SHARE_NOT_FOUND: {
    status: 404,
    title: 'This page does not exist',
    message: (value) => `There is no ${value}.`,
    remedy: 'Check the link. Whoever sent it can say whether the page was moved or deleted.',
  },
  SHARE_GONE: {
    status: 410,
    title: 'This page is no longer here',
    message: (value) => value,
    remedy: 'Whoever published it can publish it again, or send a new link.',
  },
  SHARE_DISABLED: {
    status: 403,
    title: 'This page was taken down',
    message: () => 'The operator of this server has taken this page down.',
    remedy: 'If it is yours, ask the operator why.',
  },
  PAGES_LINK_NEEDED: {
    status: 401,
    title: 'Your pages are behind a link',
    message: () => 'This browser has not opened a link to them, or did so too long ago.',
    remedy: 'Ask in the chat: “Let me manage my pages.” The operator’s command is npm run share -- manage.',
  },
  PAGES_LINK_USED: {
    status: 401,
    title: 'This link cannot be used',
    message: (value) => value,
    remedy: 'A link works once, and for ten minutes. Ask in the chat for a new one.',
  },
  TOKEN_NEEDED: {
    status: 401,
    title: 'This page is private',
    message: (value) => value,
    remedy: 'Open it by the link that you were given, all of it, or ask whoever published it for a new one.',
  },
  PASSWORD_NEEDED: {
    status: 401,
    title: 'This page asks for a password',
    message: (value) => value,
    remedy: 'Whoever sent you the link knows the password.',
  },
  SIGN_IN_NEEDED: {
    status: 401,
    title: 'This page is for people who are signed in',
    message: () => 'Nobody is signed in in this browser.',
    remedy: 'Sign in, then open the page again.',
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    title: 'Too many attempts',
    message: (value) => `The password was wrong too often. Try again in ${value}.`,
    remedy: 'Ask whoever sent you the link for the password.',
  },
  STATE_UNAVAILABLE: {
    status: 503,
    title: 'This page cannot be opened right now',
    message: () => 'The server’s database does not answer.',
    remedy:
      'Try again in a moment. Operator: the log says why; with DATABASE_URL, check that the database runs and can be reached.',
    retryAfter: 5,
  },
  STORAGE_FULL: {
    status: 507,
    title: 'The server has no room left',
    message: () => 'The disk of the server is full; nothing was changed.',
    remedy:
      'Operator: make room on the disk of DATA_DIR (`npm run prune` removes stored packages), and of the database.',
  },
  MAINTENANCE: {
    status: 503,
    title: 'Down for maintenance',
    message: (value) => value,
    remedy: 'The page is still there. Try again later.',
  },
  REPORTS_TOO_MANY: {
    status: 429,
    title: 'Too many reports',
    message: () => 'There are many reports already, about this page or from this address.',
    remedy: 'Try again in an hour.',
  },
  OEMBED_FORMAT: {
    status: 501,
    title: 'This format is not answered',
    message: (value) => `oEmbed answers are in JSON only, not in “${value}”.`,
    remedy: 'Ask with format=json.',
  },
  INTERNAL: {
    status: 500,
    title: 'The relay failed',
    message: () => 'Something went wrong inside the relay.',
    remedy: 'The log has the details under the request id.',
  },
} satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof rows;

/** All rows, for the reference in docs/errors.md. */
export const errorTable: Readonly<Record<string, ErrorRow>> = rows;

/** An error with a row in the table; thrown anywhere in a surface, rendered once by the error page. */
export class HttpError extends Error {
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
  readonly retryAfter: number | undefined;
  /** @param allow of METHOD_NOT_ALLOWED: the methods that are answered (RFC 9110 §15.5.6) */
  constructor(
    readonly code: ErrorCode,
    value: string,
    readonly allow: readonly string[] = ['GET', 'HEAD'],
  ) {
    const row: ErrorRow = rows[code];
    super(row.message(value));
    this.name = 'HttpError';
    this.status = row.status;
    this.title = row.title;
    this.remedy = row.remedy;
    this.retryAfter = row.retryAfter;
  }
}
