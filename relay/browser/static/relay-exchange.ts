// Puts the worker's requests to the relay frames of its origin and matches the answers. Keeps no port that could die with the
// worker: relays are found anew for every request, so a restarted worker needs no handshake. Invariant: every request
// settles within `timeoutMs`, with an answer or a RelayFailure that says why.
import { createMessage, type PreviewAnswer, type PreviewRequest } from '../../shared/relay-messages.ts';

/** A relay frame, as the worker reaches it. */
export interface RelayPeer {
  id: string;
  post(message: PreviewRequest): void;
}

export type FailureReason = 'no-relay' | 'refused' | 'silent';

/** Why a request got no answer; the message is meant for people. */
export class RelayFailure extends Error {
  constructor(
    readonly reason: FailureReason,
    message: string,
  ) {
    super(message);
    this.name = 'RelayFailure';
  }
}

export interface ExchangeOptions<Context> {
  /** Prefix of request ids, unique to this run of the worker, so that answers to an earlier run match nothing. */
  run: string;
  /** The relay frames open now, newest first as far as known. */
  listPeers(): Promise<RelayPeer[]>;
  /** A request is settled as failed after this time. */
  timeoutMs: number;
  /** After this time without an answer the relays are listed, to find out whether the one that was asked is still open. */
  listAfterMs: number;
  /** After this time without an answer the next relay is asked as well. */
  nextPeerMs: number;
  /** An answer came after its request had failed as `silent`. */
  onLateAnswer(context: Context, answer: PreviewAnswer): void;
}

interface Pending<Context> {
  message: PreviewRequest;
  context: Context;
  asked: Set<string>;
  /** Relays that were asked and have neither refused nor gone. */
  waiting: Set<string>;
  isListing: boolean;
  /** `undefined` until the relays have been listed. */
  candidates: RelayPeer[] | undefined;
  refusal: string | undefined;
  settle(outcome: PreviewAnswer | RelayFailure): void;
}

const maxLateRequests = 64;

export class RelayExchange<Context> {
  readonly #options: ExchangeOptions<Context>;
  readonly #pending = new Map<string, Pending<Context>>();
  readonly #late = new Map<string, Context>();
  /** Relays that announced a client, newest first. */
  #announced: RelayPeer[] = [];
  #count = 0;

  constructor(options: ExchangeOptions<Context>) {
    this.#options = options;
  }

  /** A relay has a client attached: it is asked first from now on. */
  announce(peer: RelayPeer): void {
    this.#announced = [peer, ...this.#announced.filter(({ id }) => id !== peer.id)];
  }

  /** Asks for a file. Rejects with a {@link RelayFailure} and nothing else. */
  ask(request: { url: string; method: string }, context: Context): Promise<PreviewAnswer> {
    this.#count += 1;
    const message = createMessage('preview/request', {
      id: `${this.#options.run}.${this.#count}`,
      ...request,
    });
    return new Promise((resolve, reject) => {
      const list = setTimeout(() => void this.#listCandidates(pending), this.#options.listAfterMs);
      const nextPeer = setInterval(() => this.#askNext(pending), this.#options.nextPeerMs);
      const deadline = setTimeout(() => this.#expire(pending), this.#options.timeoutMs);
      const pending: Pending<Context> = {
        message,
        context,
        asked: new Set(),
        waiting: new Set(),
        isListing: false,
        candidates: undefined,
        refusal: undefined,
        settle: (outcome) => {
          if (!this.#pending.delete(message.id)) return;
          clearTimeout(list);
          clearInterval(nextPeer);
          clearTimeout(deadline);
          if (outcome instanceof RelayFailure) reject(outcome);
          else resolve(outcome);
        },
      };
      this.#pending.set(message.id, pending);
      // The newest announced relay nearly always answers, and listing costs as much as the answer does.
      const [newest] = this.#announced;
      if (newest) this.#post(pending, newest);
      else void this.#listCandidates(pending);
    });
  }

  /** Takes an answer; one that matches no request of this run is ignored. */
  receive(id: string, answer: PreviewAnswer): void {
    const pending = this.#pending.get(id);
    if (pending) {
      pending.settle(answer);
    } else if (this.#late.has(id)) {
      const context = this.#late.get(id) as Context;
      this.#late.delete(id);
      this.#options.onLateAnswer(context, answer);
    }
  }

  /** A relay cannot have the request answered. */
  refuse(id: string, peerId: string, reason: string): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    pending.waiting.delete(peerId);
    pending.refusal = reason;
    this.#moveOn(pending);
  }

  #post(pending: Pending<Context>, peer: RelayPeer): void {
    pending.asked.add(peer.id);
    pending.waiting.add(peer.id);
    peer.post(pending.message);
  }

  #askNext(pending: Pending<Context>): boolean {
    const next = pending.candidates?.find(({ id }) => !pending.asked.has(id));
    if (next) this.#post(pending, next);
    return next !== undefined;
  }

  async #listCandidates(pending: Pending<Context>): Promise<void> {
    if (pending.isListing) return;
    pending.isListing = true;
    const open = await this.#options.listPeers().catch((): RelayPeer[] => []);
    const openIds = new Set(open.map(({ id }) => id));
    this.#announced = this.#announced.filter(({ id }) => openIds.has(id));
    const announcedIds = new Set(this.#announced.map(({ id }) => id));
    pending.candidates = [...this.#announced, ...open.filter(({ id }) => !announcedIds.has(id))];
    for (const id of pending.waiting) if (!openIds.has(id)) pending.waiting.delete(id);
    this.#moveOn(pending);
  }

  /** Asks the next relay if nobody is left to wait for, and fails if there is none. */
  #moveOn(pending: Pending<Context>): void {
    if (!pending.candidates) return void this.#listCandidates(pending);
    if (pending.waiting.size > 0 || this.#askNext(pending)) return;
    pending.settle(
      pending.refusal === undefined
        ? new RelayFailure(
            'no-relay',
            'The chat page that holds this artifact is no longer open, or has dropped it.',
          )
        : new RelayFailure('refused', pending.refusal),
    );
  }

  #expire(pending: Pending<Context>): void {
    const { id, method, url } = pending.message;
    this.#late.set(id, pending.context);
    const [oldest] = this.#late.keys();
    if (this.#late.size > maxLateRequests && oldest !== undefined) this.#late.delete(oldest);
    pending.settle(
      new RelayFailure(
        'silent',
        `The chat page did not answer ${method} ${url} within ${this.#options.timeoutMs / 1000} s: it is busy, or its preview was closed.`,
      ),
    );
  }
}
