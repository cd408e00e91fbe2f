// Takes the answer to a host's question for its password: slowly, and not too often from one address, nor of all the world together.
import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { readBody } from '../http/read-body.ts';
import type { HostRecord } from './host-record.ts';
import { isPassword } from './password.ts';

/** What came of an answer. */
export interface GateOutcome {
  outcome: 'open' | 'wrong' | 'too-many';
  /** The path that was asked for first. */
  next: string;
  /** Seconds until the next attempt; 0 unless there were too many. */
  wait: number;
}

const maxBodyBytes = 4096;

/** See the head of this file. Attempts are counted by this process. */
export class PasswordGate {
  readonly #byAddress = new RateLimiterMemory({ points: 10, duration: 15 * 60 });
  readonly #byHost = new RateLimiterMemory({ points: 200, duration: 60 * 60 });

  /**
   * @param req a form, sent by POST, with the fields `password` and `next`
   * @param address the client's
   * @throws HttpError BODY_TOO_LARGE
   */
  async answer(host: HostRecord, req: IncomingMessage, address: string): Promise<GateOutcome> {
    const form = new URLSearchParams(await readBody(req, maxBodyBytes));
    // Nothing but a path of this host: more than one slash at its start would name another.
    const next = (form.get('next') ?? '/').replace(/^[/\\]*/, '/').replace(/[\r\n]/g, '');
    const wait = await this.#count(host.id, address);
    if (wait > 0) return { outcome: 'too-many', next, wait };
    const isRight =
      host.password_hash !== null && (await isPassword(form.get('password') ?? '', host.password_hash));
    if (isRight) await this.#byAddress.delete(`${host.id} ${address}`);
    return { outcome: isRight ? 'open' : 'wrong', next, wait: 0 };
  }

  /** @returns seconds to wait; 0 for none */
  async #count(hostId: string, address: string): Promise<number> {
    try {
      await this.#byAddress.consume(`${hostId} ${address}`);
      await this.#byHost.consume(hostId);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  }
}
