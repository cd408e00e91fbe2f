// One HTTP request at a time, as a browser would send it, with nothing hidden: no redirect is followed, nothing is unpacked, and a
// certificate that is wrong is no obstacle, because the checks of the certificate say so already.
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { NameResolver } from './name-resolver.ts';

/** An answer, with every header line. */
export class Answer {
  constructor(
    readonly url: string,
    readonly status: number,
    /** Lower-case name → values, in order. */
    readonly headers: ReadonlyMap<string, readonly string[]>,
    readonly body: Buffer,
    /** This machine's time when the headers arrived, in ms. */
    readonly arrivedAt: number,
  ) {}

  /** All values of a header. */
  all(name: string): readonly string[] {
    return this.headers.get(name.toLowerCase()) ?? [];
  }

  /** The values of a header in one line; undefined when it is not there. */
  header(name: string): string | undefined {
    const values = this.all(name);
    return values.length > 0 ? values.join(', ') : undefined;
  }

  get text(): string {
    return this.body.toString('utf8');
  }

  /** The body as JSON, or undefined. */
  get json(): unknown {
    try {
      return JSON.parse(this.text);
    } catch {
      return undefined;
    }
  }
}

/** No connection, or it broke: `code` as Node names it, e.g. ECONNREFUSED. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  constructor(
    readonly url: string,
    readonly code: string,
    detail: string,
  ) {
    super(`${url}: ${detail}`);
  }
}

export interface ProbeOptions {
  headers?: Record<string, string>;
}

interface Question {
  headers: Record<string, string>;
  /** A POST's. */
  body?: string;
}

const maxBodyBytes = 8 * 1024 * 1024;

/** See the head of this file. */
export class HttpProbe {
  readonly #known = new Map<string, Promise<Answer>>();
  readonly #agents = {
    'http:': new HttpAgent({ keepAlive: true, maxSockets: 6 }),
    'https:': new HttpsAgent({ keepAlive: true, maxSockets: 6, rejectUnauthorized: false }),
  };

  constructor(readonly options: { names: NameResolver; timeoutMs: number }) {}

  /**
   * GETs an address once; later calls get the same answer.
   * @throws NoAnswer
   */
  get(url: string, { headers = {} }: ProbeOptions = {}): Promise<Answer> {
    const key = `${url} ${JSON.stringify(headers)}`;
    const known = this.#known.get(key) ?? this.#find(new URL(url), { headers });
    this.#known.set(key, known);
    // Whoever asks later gets the rejection too; until then nobody may listen to it.
    known.catch(() => {});
    return known;
  }

  /**
   * POSTs text to an address.
   * @throws NoAnswer, also when the connection is closed while the text is on its way
   */
  post(url: string, body: string): Promise<Answer> {
    return this.#find(new URL(url), { headers: { 'content-type': 'text/plain' }, body });
  }

  /** Every answer there has been so far. */
  async answers(): Promise<Answer[]> {
    const settled = await Promise.allSettled(this.#known.values());
    return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  async #find(url: URL, question: Question): Promise<Answer> {
    const name = url.hostname.replace(/^\[|\]$/g, '');
    const isAddress = /^[\d.]+$|:/.test(name);
    const found = isAddress ? { v4: [name], v6: [] } : await this.options.names.addresses(name);
    const addresses = [...found.v4, ...found.v6];
    let failure = new NoAnswer(url.href, 'ENOTFOUND', `${name} has no address`);
    for (const address of addresses) {
      try {
        return await this.#ask(url, address, 'port' in found ? found.port : undefined, question);
      } catch (error) {
        failure = error as NoAnswer;
      }
    }
    throw failure;
  }

  #ask(url: URL, address: string, port: number | undefined, { headers, body }: Question): Promise<Answer> {
    const { timeoutMs } = this.options;
    const secure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = (secure ? httpsRequest : httpRequest)({
        host: address,
        port: port ?? (url.port || (secure ? 443 : 80)),
        method: body === undefined ? 'GET' : 'POST',
        path: url.pathname + url.search,
        servername: url.hostname,
        agent: this.#agents[secure ? 'https:' : 'http:'],
        headers: { host: url.host, accept: '*/*', 'accept-encoding': 'identity', ...headers },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const give = (error: NodeJS.ErrnoException): void => {
        const late = error.name === 'AbortError' || error.name === 'TimeoutError';
        const code = late ? 'ETIMEDOUT' : (error.code ?? 'EUNKNOWN');
        reject(new NoAnswer(url.href, code, late ? `no answer within ${timeoutMs / 1000} s` : error.message));
      };
      request.once('error', give);
      request.once('response', (response) => read(url, response).then(resolve, give));
      request.end(body);
    });
  }
}

async function read(url: URL, response: IncomingMessage): Promise<Answer> {
  const arrivedAt = Date.now();
  const headers = new Map<string, string[]>();
  for (let index = 0; index < response.rawHeaders.length; index += 2) {
    const name = (response.rawHeaders[index] as string).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), response.rawHeaders[index + 1] as string]);
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response) {
    bytes += (piece as Buffer).length;
    if (bytes > maxBodyBytes) break;
    pieces.push(piece as Buffer);
  }
  return new Answer(url.href, response.statusCode ?? 0, headers, Buffer.concat(pieces), arrivedAt);
}
