// Answers that stock servers have at hand before anything is timed; each late one is reported as a miss.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PreparedResponse } from '../../relay/http/prepared.ts';

/** Answers by address, each made once. */
export class AnswerMemory {
  readonly #answers = new Map<string, PreparedResponse | undefined>();
  readonly #make: (address: string) => Promise<PreparedResponse | undefined>;
  #misses: string[] = [];

  constructor(make: (address: string) => Promise<PreparedResponse | undefined>) {
    this.#make = make;
  }

  /** Makes an answer and keeps it. */
  async get(address: string): Promise<PreparedResponse | undefined> {
    const answer = await this.#make(address).catch(() => undefined);
    this.#answers.set(address, answer);
    return answer;
  }

  /** Sends what is in memory at once; anything else is made first, and counted. */
  answer(address: string, req: IncomingMessage, res: ServerResponse): void {
    const send = (prepared: PreparedResponse | undefined) => {
      if (prepared) prepared.send(req, res);
      else res.writeHead(req.method === 'POST' ? 204 : 404, { 'Access-Control-Allow-Origin': '*' }).end();
    };
    if (this.#answers.has(address)) {
      send(this.#answers.get(address));
      return;
    }
    this.#misses.push(address);
    this.get(address).then(send);
  }

  /** Addresses that somebody had to wait for, since the last call. */
  takeMisses(): string[] {
    return this.#misses.splice(0);
  }
}
