// A client for tokens of hosts, with the signatures of `sdk.hosts` in @codesandbox/sdk 2.4.2 (dist/esm/HostTokens.d.ts), for programs that
// were written for it. It needs `fetch` and nothing else.

/** As lists and updates give it: the token itself is shown once, when it is made. */
export interface HostTokenInfo {
  tokenId: string;
  /** The token's first characters. */
  tokenPrefix: string;
  /** Null: it does not expire. */
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** A token that has just been made. */
export interface HostToken {
  token: string;
  /** The name of a published page, or the id of a sandbox. */
  sandboxId: string;
  tokenId: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** What a token opens, and with what. */
export type Opening = Pick<HostToken, 'sandboxId' | 'token'>;

/** The kit refused: its own sentence is the message. */
export class HostsError extends Error {
  override name = 'HostsError';
  constructor(
    /** HTTP's. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Where the kit is, and who asks. */
export interface HostsOptions {
  /** Origin of the API, e.g. `https://api.example.com`: `API_HOSTNAME`, or the control listener. */
  apiUrl: string;
  /** An API token of the kit, `pka_…`, that may write pages. */
  apiKey: string;
  /** The base host, with its port if it has one, e.g. `preview.example.com`. */
  baseHost: string;
  /** How long a call may take, in milliseconds. Default: 10,000. */
  timeoutMs?: number;
}

interface TokenView {
  token: string;
  token_id: string;
  token_prefix: string;
  expires_at: string | null;
  last_used_at: string | null;
}

/** See the head of this file. */
export class Hosts {
  readonly #options: HostsOptions;

  constructor(options: HostsOptions) {
    this.#options = options;
  }

  /** @param opts without `expiresAt` the token does not expire @throws HostsError */
  async createToken(sandboxId: string, opts: { expiresAt?: Date } = {}): Promise<HostToken> {
    const body = opts.expiresAt ? { expires_at: opts.expiresAt.toISOString() } : {};
    const { token } = await this.#call<{ token: TokenView }>('POST', sandboxId, '', body);
    const { tokenPrefix: _, ...info } = view(token);
    return { ...info, sandboxId, token: token.token };
  }

  /** Those that are good. @throws HostsError */
  async listTokens(sandboxId: string): Promise<HostTokenInfo[]> {
    const { tokens } = await this.#call<{ tokens: TokenView[] }>('GET', sandboxId);
    return tokens.map(view);
  }

  /** @param expiresAt null: it does not expire any more @throws HostsError */
  async updateToken(sandboxId: string, tokenId: string, expiresAt: Date | null): Promise<HostTokenInfo> {
    const body = { expires_at: expiresAt === null ? null : expiresAt.toISOString() };
    const { token } = await this.#call<{ token: TokenView }>('PATCH', sandboxId, tokenId, body);
    return view(token);
  }

  /** Counts from the next request on. @throws HostsError */
  async revokeToken(sandboxId: string, tokenId: string): Promise<void> {
    await this.#call('DELETE', sandboxId, tokenId);
  }

  /** @throws HostsError */
  async revokeAllTokens(sandboxId: string): Promise<void> {
    await this.#call('DELETE', sandboxId);
  }

  /** @param port of a sandbox; a published page has none */
  getUrl({ sandboxId, token }: Opening, port?: number, protocol = 'https'): string {
    const name = port === undefined ? sandboxId : `${sandboxId}-${port}`;
    return `${protocol}://${name}-${this.#options.baseHost}/?preview_token=${encodeURIComponent(token)}`;
  }

  getHeaders({ token }: Opening): { 'csb-preview-token': string } {
    return { 'csb-preview-token': token };
  }

  getCookies({ token }: Opening): { csb_preview_token: string } {
    return { csb_preview_token: token };
  }

  async #call<Data>(method: string, sandboxId: string, tokenId = '', body?: object): Promise<Data> {
    const { apiUrl, apiKey, timeoutMs = 10_000 } = this.#options;
    const path = ['sandbox', sandboxId, 'tokens', ...(tokenId === '' ? [] : [tokenId])];
    const response = await fetch(new URL(`/${path.map(encodeURIComponent).join('/')}`, apiUrl), {
      method,
      headers: {
        Authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const answer = parse(text);
    if (!response.ok || answer?.success !== true)
      throw new HostsError(
        response.status,
        answer?.errors?.join(' ') || `The kit answered ${response.status}: ${text.slice(0, 200)}`,
      );
    return answer.data as Data;
  }
}

function view({ token_id, token_prefix, expires_at, last_used_at }: TokenView): HostTokenInfo {
  return {
    tokenId: token_id,
    tokenPrefix: token_prefix,
    expiresAt: moment(expires_at),
    lastUsedAt: moment(last_used_at),
  };
}

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** Undefined for what is no JSON: a proxy's page, for instance. */
function parse(text: string): { success?: boolean; errors?: string[]; data?: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
