// Files of packages as ready-made answers: what was sent once is sent again without Express, engine or disk. The packages surface
// finds what an address means; this keeps the answer, within bounds, for as long as the address means the same.
import type { IncomingMessage, ServerResponse } from 'node:http';
import compressible from 'compressible';
import { LRUCache } from 'lru-cache';
import { foreignFileHeaders, lifetimes } from '../../http/headers.ts';
import { isRead, type PlainHandler } from '../../http/plain-handler.ts';
import { chooseEncoding, PreparedResponse } from '../../http/prepared.ts';
import { type ContentAnswer, readContent } from '../../packages/answers/content-answer.ts';
import { type EncodedFiles, type TravellingFile, travelPlain } from '../../packages/answers/encoded-files.ts';
import type { Encoding } from '../../packages/base/compression.ts';

interface Kept {
  response: PreparedResponse;
  identity: string | undefined;
  /** When the address has to be looked up again, by `performance.now()`. */
  freshUntil: number;
  bytes: number;
  /** Told of each answer that was sent without asking. */
  onAgain: () => void;
}

const maxBytes = 16 * 1024 * 1024;
/** A few videos or WebAssembly files must not push everything else out. */
const maxFileBytes = 6 * 1024 * 1024;
/** How long an address that names a range goes without a look at what the registry has now. Browsers keep it for longer. */
const resolvedForMs = 10_000;
/** Headers and bookkeeping of an answer. */
const overheadBytes = 1_000;

/** See the head of this file. */
export class MirrorFiles {
  readonly #kept = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    maxEntrySize: maxFileBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });

  constructor(readonly encoded: EncodedFiles) {}

  /** Answers what is ready, and hands everything else on. */
  readonly ready: PlainHandler = (req, res, next) => {
    const kept = isRead(req) ? this.#kept.get(keyOf(req)) : undefined;
    if (kept === undefined || performance.now() > kept.freshUntil) return next();
    kept.onAgain();
    kept.response.send(req, res);
  };

  /**
   * Sends an answer, and keeps it for whoever asks for the same address.
   * @param onAgain told whenever it is sent again without a call of this
   * @throws what reading the content throws
   */
  async send(
    req: IncomingMessage,
    res: ServerResponse,
    answer: ContentAnswer,
    onAgain: () => void,
  ): Promise<void> {
    const key = keyOf(req);
    const known = this.#kept.get(key);
    const isSame = known !== undefined && answer.identity !== undefined && known.identity === answer.identity;
    if (isSame) known.freshUntil = freshUntil(answer);
    // What is too large to be kept is sent all the same.
    const kept = isSame ? known : await this.#prepare(key, req, answer, onAgain);
    kept.response.send(req, res);
  }

  async #prepare(
    key: string,
    req: IncomingMessage,
    answer: ContentAnswer,
    onAgain: () => void,
  ): Promise<Kept> {
    const file = answer.encoded
      ? { ...answer.encoded, isPlain: false }
      : compressible(answer.type)
        ? await this.encoded.get(answer)
        : travelPlain(await readContent(answer));
    const encoding = file.isPlain ? 'identity' : encodingOf(req);
    const content = await file.encode(encoding);
    const kept: Kept = {
      response: new PreparedResponse({ encoding, content, digest: file.digest }, headersOf(answer), {
        ranges: true,
      }),
      identity: answer.identity,
      freshUntil: freshUntil(answer),
      bytes: content.length + overheadBytes,
      onAgain,
    };
    this.#kept.set(key, kept);
    this.#replaceLater(key, file);
    return kept;
  }

  /** The next one to ask is sent what was compressed well. */
  #replaceLater(key: string, { replaced }: TravellingFile): void {
    void replaced?.then(() => this.#kept.delete(key));
  }
}

/** Ranges are of the identity. */
function encodingOf(req: IncomingMessage): Encoding {
  return req.headers.range === undefined ? chooseEncoding(req) : 'identity';
}

const keyOf = (req: IncomingMessage): string => `${encodingOf(req)} ${req.url}`;

function freshUntil({ lifetime, rule }: ContentAnswer): number {
  // What an operator's rule names may be changed at any time, and is looked at each time.
  if (rule !== undefined) return Number.NEGATIVE_INFINITY;
  return lifetime === 'immutable' ? Number.POSITIVE_INFINITY : performance.now() + resolvedForMs;
}

function headersOf({ lifetime, type, headers }: ContentAnswer): Record<string, string> {
  return {
    ...foreignFileHeaders(type),
    ...headers,
    'Cache-Control': lifetimes[lifetime],
    'Content-Type': type,
  };
}
