// Publishing and what follows: one place for the API, the MCP tools and the command line. Whoever asks is known here by a name; whether
// they may ask at all was decided before.
import { randomBytes } from 'node:crypto';
import { recordAct } from '../hosts/audit.ts';
import { shareNameFor } from '../hosts/host-name.ts';
import type { HostRecord } from '../hosts/host-record.ts';
import {
  type HostChange,
  type HostRegistry,
  type ListQuery,
  NameTaken,
  type Page,
} from '../hosts/host-registry.ts';
import type { HostTokens, TokenRecord } from '../hosts/host-tokens.ts';
import { hashPassword } from '../hosts/password.ts';
import type { Database } from '../state/state.ts';
import { writeAlone } from '../state/write-alone.ts';
import type { ShareLimits } from './share-archive.ts';
import { makePages, type ReactPageMaker } from './share-pages.ts';
import { expiryOf, type PublishRequest, RequestRefused, type UpdateRequest } from './share-request.ts';
import type { ShareVersions, VersionRecord } from './share-versions.ts';

/** Who asks. */
export interface Actor {
  /** Whose shares are meant. */
  owner: string;
  /** For the audit log. */
  name: string;
}

/** What a share's page is shown with; the `settings` of its host. */
export interface ShareSettings {
  bar: boolean;
  /** Shown in the bar; empty for nobody. */
  publisher: string;
  download: boolean;
  index: boolean;
  embedOrigins: string[];
  egress: string[];
}

/** A share and what it shows. */
export interface Share {
  host: HostRecord;
  settings: ShareSettings;
  shown: VersionRecord | undefined;
}

/** A share that was published; the token of a private one is told this once. */
export interface Published extends Share {
  token: { token: string; record: TokenRecord } | undefined;
}

/** There is no share of that name that the asking may know of. */
export class ShareMissing extends Error {
  override name = 'ShareMissing';
  constructor(readonly share: string) {
    super(`You have no share “${share}”.`);
  }
}

export interface ShareServiceParts {
  db: Database;
  hosts: HostRegistry;
  tokens: HostTokens;
  versions: ShareVersions;
  limits: ShareLimits;
  makeReactPage: ReactPageMaker;
  /** How long a deleted share can be restored, in milliseconds. */
  graceMs: number;
  /** Told of what a share shows after it was published or changed; it is not waited for. */
  onShown?: (host: HostRecord, version: VersionRecord) => void;
  now?: () => number;
}

const maxNames = 5;

/** See the head of this file. */
export class ShareService {
  constructor(readonly parts: ShareServiceParts) {}

  /** @throws ShareRefused, QuotaExceeded, NameTaken */
  async publish(actor: Actor, request: PublishRequest): Promise<Published> {
    const { db, tokens, versions } = this.parts;
    // All that may be refused comes before anything is stored.
    const pages = await makePages(request.content, { ...this.parts, title: request.title });
    const passwordHash = request.password === undefined ? undefined : await hashPassword(request.password);
    const stored = await versions.store(actor.owner, pages.files, pages.entry);
    // A share is there with its version, its token and its trace, or it is not.
    const published = await writeAlone(db, async (transaction) => {
      const host = await this.#makeHost(transaction, actor, request, passwordHash);
      const shown = await versions.insert(transaction, host, stored);
      const token =
        request.visibility === 'private'
          ? await tokens.within(transaction).create(host.id, { label: 'first link' })
          : undefined;
      const detail = { visibility: request.visibility, bytes: shown.bytes };
      await this.#record(transaction, actor, 'share.publish', host, detail);
      return { host: { ...host, updated_at: shown.created_at }, settings: settingsOf(host), shown, token };
    });
    this.parts.onShown?.(published.host, published.shown);
    return published;
  }

  /** @throws ShareMissing, ShareRefused, QuotaExceeded, RequestRefused */
  async update(actor: Actor, name: string, request: UpdateRequest): Promise<Share> {
    const { db, hosts, versions } = this.parts;
    const host = await this.#own(actor, name);
    const change = await this.#changeOf(host, request);
    const title = request.title ?? host.title;
    const pages = request.content && (await makePages(request.content, { ...this.parts, title }));
    const stored = pages && (await versions.store(host.owner, pages.files, pages.entry));
    // New content is not shown to whom it is no longer meant for.
    const changed = await writeAlone(db, async (transaction) => {
      const after = await hosts.within(transaction).change(host.id, change);
      if (!after) throw new ShareMissing(name);
      if (stored) await versions.insert(transaction, host, stored);
      await this.#record(transaction, actor, 'share.update', host, { fields: Object.keys(request) });
      return after;
    });
    const share = await this.#share(changed);
    if (share.shown) this.parts.onShown?.(changed, share.shown);
    return share;
  }

  /** @throws ShareMissing */
  async find(actor: Actor, name: string): Promise<Share> {
    return this.#share(await this.#own(actor, name));
  }

  async list(actor: Actor, page: ListQuery): Promise<Page<Share>> {
    const { rows, next } = await this.parts.hosts.list(actor.owner, page);
    return { rows: await Promise.all(rows.map((host) => this.#share(host))), next };
  }

  /** Takes a share off its address, or puts it back. @throws ShareMissing */
  async unpublish(actor: Actor, name: string, isUnpublished: boolean): Promise<Share> {
    return this.#mark(actor, name, 'unpublished', isUnpublished);
  }

  /** Deletes a share; for some days it can be restored. @throws ShareMissing */
  async remove(actor: Actor, name: string): Promise<Share> {
    return this.#mark(actor, name, 'deleted', true);
  }

  /** @throws ShareMissing when it is gone for good */
  async restore(actor: Actor, name: string): Promise<Share> {
    return this.#mark(actor, name, 'deleted', false);
  }

  /** Removes for good what was deleted long enough ago, and files that nobody needs. @returns how many of each */
  async sweep(): Promise<{ shares: number; files: number; sessions: number }> {
    const { hosts, tokens, versions, graceMs } = this.parts;
    const shares = await hosts.sweep(this.#now() - graceMs, maxSwept);
    return { shares: shares.length, files: await versions.sweep(), sessions: await tokens.sweepSessions() };
  }

  async #makeHost(
    transaction: Database,
    actor: Actor,
    request: PublishRequest,
    passwordHash: string | undefined,
  ): Promise<HostRecord> {
    const { title, visibility } = request;
    const hosts = this.parts.hosts.within(transaction);
    const expiresAt = expiryOf(request.expiresInDays, this.#now());
    const settings = pickSettings(request);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await hosts.create({
          name: request.name ?? shareNameFor(title, randomBytes(16)),
          kind: 'share',
          owner: actor.owner,
          title,
          visibility,
          settings,
          ...(passwordHash !== undefined && { passwordHash }),
          ...(expiresAt !== undefined && { expiresAt }),
        });
      } catch (error) {
        // One that was made by chance is made again.
        if (!(error instanceof NameTaken) || request.name !== undefined || attempt === maxNames) throw error;
      }
    }
  }

  async #changeOf(host: HostRecord, request: UpdateRequest): Promise<HostChange> {
    const { title, visibility = host.visibility, password, version } = request;
    if (visibility === 'password' && password === undefined && host.password_hash === null)
      throw new RequestRefused([{ field: 'password', message: 'is needed with the visibility “password”' }]);
    if (visibility !== 'password' && password !== undefined)
      throw new RequestRefused([{ field: 'password', message: 'goes with the visibility “password” only' }]);
    if (typeof version === 'number') await this.#checkVersion(host, version);
    const expiresAt = expiryOf(request.expiresInDays, this.#now());
    return {
      settings: pickSettings(request, settingsOf(host)),
      // Named only where it changes: then visits end that it no longer allows.
      ...(visibility !== host.visibility && { visibility }),
      ...(title !== undefined && { title }),
      ...(password !== undefined && { passwordHash: await hashPassword(password) }),
      ...(version !== undefined && { pinnedVersion: version === 'latest' ? null : version }),
      ...(expiresAt !== undefined && { expiresAt }),
    };
  }

  async #checkVersion(host: HostRecord, version: number): Promise<void> {
    const numbers = (await this.parts.versions.list(host.id)).map(({ number }) => number);
    if (numbers.includes(version)) return;
    const message = `is not right: there is no version ${version}, but ${numbers.join(', ')}`;
    throw new RequestRefused([{ field: 'version', message }]);
  }

  async #mark(actor: Actor, name: string, what: 'unpublished' | 'deleted', isSet: boolean): Promise<Share> {
    const host = await this.#own(actor, name, what === 'deleted' && !isSet);
    const { db, hosts } = this.parts;
    const changed = await writeAlone(db, async (transaction) => {
      const marked = await hosts.within(transaction).mark(host.id, what, isSet);
      if (!marked) throw new ShareMissing(name);
      await this.#record(transaction, actor, `share.${acts[what][isSet ? 0 : 1]}`, host);
      return marked;
    });
    return this.#share(changed);
  }

  /** Nobody learns of others' shares, not even that there are some. */
  async #own(actor: Actor, name: string, isDeleted = false): Promise<HostRecord> {
    const host = await this.parts.hosts.find(name);
    const isThere = host?.kind === 'share' && host.owner === actor.owner;
    if (!isThere || (host.deleted_at !== null) !== isDeleted) throw new ShareMissing(name);
    return host;
  }

  async #share(host: HostRecord): Promise<Share> {
    return { host, settings: settingsOf(host), shown: await this.parts.versions.shown(host) };
  }

  #record(
    db: Database,
    actor: Actor,
    action: string,
    { id }: HostRecord,
    detail: object = {},
  ): Promise<void> {
    return recordAct(db, { actor: actor.name, action, hostId: id, detail }, this.#now());
  }

  #now(): number {
    return (this.parts.now ?? Date.now)();
  }
}

const maxSwept = 500;
const acts = { unpublished: ['unpublish', 'republish'], deleted: ['delete', 'restore'] } as const;

export function settingsOf({ settings }: HostRecord): ShareSettings {
  return { publisher: '', download: true, ...JSON.parse(settings) } as ShareSettings;
}

type Given = { [Name in keyof ShareSettings]?: ShareSettings[Name] | undefined };

/** @param before what is not given stays as it is here */
function pickSettings(given: Given, before = given as ShareSettings): ShareSettings {
  return {
    bar: given.bar ?? before.bar,
    publisher: given.publisher ?? before.publisher,
    download: given.download ?? before.download,
    index: given.index ?? before.index,
    embedOrigins: given.embedOrigins ?? before.embedOrigins,
    egress: given.egress ?? before.egress,
  };
}
