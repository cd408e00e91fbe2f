// What `npm run share` does, on the state that is open.
import { basename, extname } from 'node:path';
import QRCode from 'qrcode';
import { linkOf, type PublicPlace, viewShare } from '../api/share-views.ts';
import { UsageError } from '../flags.ts';
import { type ApiScope, apiScopes } from '../hosts/api-tokens.ts';
import { listActs, recordAct } from '../hosts/audit.ts';
import type { KnownNames } from '../hosts/domain-name.ts';
import { embedCode } from '../shared/manage/embed-code.ts';
import type { OpenShares } from '../shares/open-shares.ts';
import { expiryOf, publishRequest, readRequest, updateRequest } from '../shares/share-request.ts';
import type { Actor, Share } from '../shares/share-service.ts';
import { publicPlace } from '../surfaces/api.ts';
import { readContent } from './share-content.ts';
import { runDomain } from './share-domain.ts';

type Values = Record<string, string | boolean | undefined>;

/** What a run works with. */
export interface ShareRun {
  open: OpenShares;
  /** Origin of the base host. */
  address: string;
  /** Origin of the page where people manage their shares. */
  managedAt: string;
  say: (line: string) => void;
  /** What no domain may be. */
  names: KnownNames;
}

/**
 * @param positionals at least one
 * @returns the exit code
 * @throws UsageError, and what the service throws
 */
export async function runShare(positionals: string[], values: Values, run: ShareRun): Promise<number> {
  const [verb = '', ...rest] = positionals;
  const task = new ShareTask(values, run);
  switch (verb) {
    case 'list':
      return task.list();
    case 'update':
      return task.update(one(rest.slice(0, 1), 'name'), rest.slice(1));
    case 'link':
      return task.link(one(rest, 'name'));
    case 'revoke':
      return task.revoke(one(rest, 'name'));
    case 'unpublish':
    case 'republish':
    case 'delete':
    case 'restore':
      return task.mark(verb, one(rest, 'name'));
    case 'disable':
    case 'enable':
      return task.disable(one(rest, 'name'), verb === 'disable');
    case 'show':
      return task.show(one(rest, 'name'));
    case 'manage':
      return task.manage();
    case 'reports':
      return task.reports(rest);
    case 'log':
      return task.log(rest);
    case 'token':
      return task.token(rest);
    case 'domain':
      return runDomain(rest, run);
    default:
      return task.publish(positionals);
  }
}

/** As many as a terminal scrolls back. */
const shownActs = 500;

class ShareTask {
  readonly #actor: Actor;
  readonly #place: PublicPlace;

  constructor(
    readonly values: Values,
    readonly run: ShareRun,
  ) {
    this.#actor = { owner: this.#text('owner') ?? 'operator', name: 'command line' };
    this.#place = publicPlace(run.address);
  }

  async publish(files: string[]): Promise<number> {
    const content = await readContent(files, this.#text('entry'));
    const request = readRequest(publishRequest, {
      content,
      title: this.#text('title') ?? titleOf(files[0] as string),
      ...this.#common(),
      ...(this.#text('name') !== undefined && { name: this.#text('name') }),
    });
    const published = await this.run.open.service.publish(this.#actor, request);
    const { token, host } = published;
    this.run.say(token ? linkOf(host.name, token.token, this.#place) : viewShare(published, this.#place).url);
    return 0;
  }

  async update(name: string, files: string[]): Promise<number> {
    const content = files.length > 0 ? await readContent(files, this.#text('entry')) : undefined;
    const title = this.#text('title');
    const request = readRequest(updateRequest, {
      ...(content && { content }),
      ...(title !== undefined && { title }),
      ...this.#common(),
    });
    this.#show(await this.run.open.service.update(this.#actor, name, request));
    return 0;
  }

  async list(): Promise<number> {
    let after: string | undefined;
    do {
      const page = await this.run.open.service.list(this.#actor, {
        limit: 100,
        ...(after !== undefined && { after }),
      });
      for (const share of page.rows) this.#show(share);
      after = page.next;
    } while (after !== undefined);
    return 0;
  }

  async link(name: string): Promise<number> {
    const { service, links } = this.run.open;
    const { host } = await service.find(this.#actor, name);
    const expiresAt = expiryOf(this.#number('days'), Date.now());
    const { token } = await links.create(this.#actor.name, host.id, {
      label: this.#text('label') ?? '',
      ...(expiresAt !== undefined && { expiresAt }),
    });
    this.run.say(linkOf(host.name, token, this.#place));
    return 0;
  }

  async revoke(name: string): Promise<number> {
    const { host } = await this.run.open.service.find(this.#actor, name);
    const count = await this.run.open.links.revoke(this.#actor.name, host.id);
    this.run.say(`${count === 1 ? '1 link' : `${count} links`} revoked.`);
    return 0;
  }

  async mark(verb: 'unpublish' | 'republish' | 'delete' | 'restore', name: string): Promise<number> {
    const { service } = this.run.open;
    const actor = this.#actor;
    const done = {
      unpublish: () => service.unpublish(actor, name, true),
      republish: () => service.unpublish(actor, name, false),
      delete: () => service.remove(actor, name),
      restore: () => service.restore(actor, name),
    };
    this.#show(await done[verb]());
    return 0;
  }

  /** Whoever's page it is. */
  async disable(name: string, isDisabled: boolean): Promise<number> {
    const { hosts, state } = this.run.open;
    const host = await hosts.find(name);
    if (!host) throw new UsageError(`There is no page “${name}”.`);
    await hosts.mark(host.id, 'disabled', isDisabled, this.#text('label') ?? null);
    const action = isDisabled ? 'share.disable' : 'share.enable';
    await recordAct(state.db, { actor: 'operator', action, hostId: host.id }, Date.now());
    this.run.say(`${name} is ${isDisabled ? 'taken down' : 'back'}.`);
    return 0;
  }

  /** All there is to say about a page, with the markup by which other sites show it and a QR code of its address. */
  async show(name: string): Promise<number> {
    const share = await this.run.open.service.find(this.#actor, name);
    const view = viewShare(share, this.#place);
    this.#show(share);
    const days = (await this.run.open.views.lastDays([share.host.id], 30)).get(share.host.id) ?? [];
    this.run.say(`Views in 30 days: ${days.reduce((sum, { views }) => sum + views, 0)}`);
    this.run.say(
      view.embedOrigins.length === 0
        ? 'No other site may show it.'
        : `For ${view.embedOrigins.join(', ')}:\n${embedCode(view)}`,
    );
    this.run.say(await QRCode.toString(view.url, { type: 'utf8', margin: 2 }));
    return 0;
  }

  /** A link to the page of somebody's shares. Without an owner, it is the operator's. */
  async manage(): Promise<number> {
    const owner = this.#actor.owner;
    const isOperator = this.#text('owner') === undefined;
    const link = await this.run.open.owners.createLink({ owner, isOperator });
    this.run.say(`${this.run.managedAt}/pages/enter?link=${link}`);
    this.run.say('It works once, within ten minutes.');
    return 0;
  }

  async reports([verb, ...rest]: string[]): Promise<number> {
    const { reports } = this.run.open;
    if (verb === 'close') {
      const id = one(rest, 'report: its id, as `reports` lists it');
      if (!(await reports.close(id))) throw new UsageError(`There is no open report “${id}”.`);
      this.run.say('1 report closed.');
      return 0;
    }
    if (verb !== undefined) throw new UsageError(`“reports ${verb}” is not understood.`);
    const list = await reports.list();
    if (list.length === 0) this.run.say('Nothing was reported.');
    for (const { id, name, title, owner, reason, message, created_at } of list)
      this.run.say(
        `${id}  ${new Date(created_at).toISOString().slice(0, 16)}  ${name} (${title}, of ${owner})  ${reason}: ${printable(message)}`,
      );
    return 0;
  }

  /** What was done, the newest last, as a log has it. */
  async log([name, ...rest]: string[]): Promise<number> {
    if (rest.length > 0) throw new UsageError('Name one page, or none for all.');
    const { hosts, state } = this.run.open;
    const host = name === undefined ? undefined : await hosts.find(name);
    if (name !== undefined && !host) throw new UsageError(`There is no page “${name}”.`);
    const acts = await listActs(state.db, { hostId: host?.id, limit: shownActs });
    for (const { at, actor, action, host: of, detail } of acts.reverse()) {
      const facts = JSON.stringify(detail);
      this.run.say(
        `${new Date(at).toISOString()}  ${action}  ${of ?? '(gone)'}  by ${printable(actor)}${facts === '{}' ? '' : `  ${facts}`}`,
      );
    }
    return 0;
  }

  async token([verb = '', ...rest]: string[]): Promise<number> {
    const { apiTokens } = this.run.open;
    if (verb === 'list') {
      for (const { prefix, label, scopes, owner, revoked_at } of await apiTokens.list())
        this.run.say(
          `${prefix}…  ${label}  ${scopes.join(' ')}  ${owner ?? 'for its users'}${revoked_at === null ? '' : '  revoked'}`,
        );
      return 0;
    }
    if (verb === 'revoke') {
      const which = one(rest, 'token: its first characters, as `token list` shows them').replace(/…$/, '');
      if ((await apiTokens.revoke(which)) === 0)
        throw new UsageError(`There is no token “${which}” that is still good.`);
      this.run.say('1 token revoked.');
      return 0;
    }
    if (verb !== 'create') throw new UsageError(`“token ${verb}” is not understood.`);
    const expiresAt = expiryOf(this.#number('days'), Date.now());
    const { token } = await apiTokens.create({
      label: this.#text('label') ?? 'token',
      scopes: this.#scopes(),
      ...(this.values['for-users'] !== true && { owner: this.#actor.owner }),
      ...(expiresAt !== undefined && { expiresAt }),
    });
    this.run.say(token);
    return 0;
  }

  #scopes(): ApiScope[] {
    const given = (this.#text('scopes') ?? 'shares:read,shares:write').split(/[\s,]+/).filter(Boolean);
    const wrong = given.find((scope) => !(apiScopes as readonly string[]).includes(scope));
    if (wrong !== undefined)
      throw new UsageError(`“${wrong}” is no scope; there are ${apiScopes.join(', ')}.`);
    return given as ApiScope[];
  }

  #common(): object {
    const [visibility, password, days] = [
      this.#text('visibility'),
      this.#text('password'),
      this.#number('days'),
    ];
    return {
      ...(visibility !== undefined && { visibility }),
      ...(password !== undefined && { password }),
      ...(days !== undefined && { expiresInDays: days }),
      ...(this.#text('publisher') !== undefined && { publisher: this.#text('publisher') }),
      ...(this.values['no-bar'] === true && { bar: false }),
    };
  }

  #show(share: Share): void {
    const { url, title, visibility, version, unpublishedAt, deletedAt, expiresAt } = viewShare(
      share,
      this.#place,
    );
    const state = deletedAt ? 'deleted' : unpublishedAt ? 'unpublished' : visibility;
    const end = expiresAt === null ? '' : `, until ${expiresAt.slice(0, 10)}`;
    this.run.say(`${url}  ${title}  (${state}, version ${version ?? 'none'}${end})`);
  }

  #text(flag: string): string | undefined {
    const value = this.values[flag];
    return typeof value === 'string' ? value : undefined;
  }

  #number(flag: string): number | undefined {
    const text = this.#text(flag);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!Number.isFinite(value) || value <= 0)
      throw new UsageError(`--${flag} ${text}: it must be a number above 0.`);
    return value;
  }
}

function one(given: string[], what: string): string {
  const [first, ...rest] = given;
  if (first === undefined || rest.length > 0) throw new UsageError(`Name one ${what}.`);
  return first;
}

/** Visitors wrote it: nothing in it may move the terminal's cursor. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');

const titleOf = (file: string): string => basename(file, extname(file)) || 'Page';
