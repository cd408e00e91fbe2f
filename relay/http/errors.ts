// The one table of errors that clients can meet: code, HTTP status, title, message for people, remedy for operators.
// Internals never travel to the client; they are logged under the request id.

interface ErrorRow {
  status: number;
  title: string;
  /** Built from the offending value, which is shown escaped. */
  message: (value: string) => string;
  remedy: string;
}

const rows = {
  HOST_UNKNOWN: {
    status: 421,
    title: 'This host is not a preview',
    message: (value) => `The relay was asked for ${value}.`,
    remedy:
      'Check PREVIEW_HOSTNAME, and that the proxy passes on the Host header unchanged (nginx: proxy_set_header Host $http_host).',
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
  /** @param allow of METHOD_NOT_ALLOWED: the methods that are answered (RFC 9110 §15.5.6) */
  constructor(
    readonly code: ErrorCode,
    value: string,
    readonly allow: readonly string[] = ['GET', 'HEAD'],
  ) {
    const row = rows[code];
    super(row.message(value));
    this.name = 'HttpError';
    this.status = row.status;
    this.title = row.title;
    this.remedy = row.remedy;
  }
}
