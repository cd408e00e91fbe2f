// Tokens of hosts as people and programs change them: each change is in the audit log, or is not made.
import type { Database } from '../state/state.ts';
import { writeAlone } from '../state/write-alone.ts';
import { type Act, recordAct } from './audit.ts';
import type { HostTokens, TokenRecord } from './host-tokens.ts';

/** See the head of this file. The methods are those of {@link HostTokens}; `actor` is who asks. */
export class RecordedTokens {
  constructor(readonly tokens: HostTokens) {}

  create(actor: string, hostId: string, options: Parameters<HostTokens['create']>[1] = {}) {
    return this.#change(async (tokens, record) => {
      const made = await tokens.create(hostId, options);
      const { id, label } = made.record;
      await record({ actor, action: 'token.create', hostId, detail: { token: id, label } });
      return made;
    });
  }

  update(
    actor: string,
    hostId: string,
    tokenId: string,
    change: Parameters<HostTokens['update']>[2],
  ): Promise<TokenRecord | undefined> {
    return this.#change(async (tokens, record) => {
      const changed = await tokens.update(hostId, tokenId, change);
      const detail = { token: tokenId, fields: Object.keys(change) };
      if (changed) await record({ actor, action: 'token.update', hostId, detail });
      return changed;
    });
  }

  revoke(actor: string, hostId: string, tokenId?: string): Promise<number> {
    return this.#change(async (tokens, record) => {
      const count = await tokens.revoke(hostId, tokenId);
      const detail = tokenId === undefined ? { tokens: count } : { token: tokenId };
      if (count > 0 || tokenId === undefined) await record({ actor, action: 'token.revoke', hostId, detail });
      return count;
    });
  }

  #change<Result>(work: (tokens: HostTokens, record: (act: Act) => Promise<void>) => Promise<Result>) {
    const { db, now } = this.tokens;
    return writeAlone(db, (transaction: Database) =>
      work(this.tokens.within(transaction), (act) => recordAct(transaction, act, now())),
    );
  }
}
