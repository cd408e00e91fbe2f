// What `npm run share` does, on the state that is open.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { linkOf, type PublicPlace, viewShare } from '../api/share-views.ts';
import { UsageError } from '../flags.ts';
import { type ApiScope, apiScopes } from '../hosts/api-tokens.ts';
import { recordAct } from '../hosts/audit.ts';
import type { KnownNames } from '../hosts/domain-name.ts';
import type { OpenShares } from '../shares/open-shares.ts';
import {
  expiryOf,
  publishRequest,
  readRequest,
  type ShareContent,
  updateRequest,
} from '../shares/share-request.ts';
import type { Actor, Share } from '../shares/share-service.ts';
import { publicPlace } from '../surfaces/api.ts';
import { runDomain } from './share-domain.ts';

type Values = Record<string, string | boolean | undefined>;

/** What a run works with. */
export interface ShareRun {
  open: OpenShares;
  /** Origin of the base host. */
  address: string;
  say: (line: string) => void;
  /** What no domain may be. */
  names: KnownNames;
}

const types: Record<string, 'html' | 'svg' | 'markdown' | 'mermaid'> = {
  '.html': 'html',
  '.htm': 'html',
  '.svg': 'svg',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
};

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
    case 'token':
      return task.token(rest);
    case 'domain':
      return runDomain(rest, run);
    default:
      return task.publish(positionals);
  }
}

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
    const { service, tokens } = this.run.open;
    const { host } = await service.find(this.#actor, name);
    const expiresAt = expiryOf(this.#number('days'), Date.now());
    const { token } = await tokens.create(host.id, {
      label: this.#text('label') ?? '',
      ...(expiresAt !== undefined && { expiresAt }),
    });
    this.run.say(linkOf(host.name, token, this.#place));
    return 0;
  }

  async revoke(name: string): Promise<number> {
    const { host } = await this.run.open.service.find(this.#actor, name);
    const count = await this.run.open.tokens.revoke(host.id);
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

const titleOf = (file: string): string => basename(file, extname(file)) || 'Page';

/** One document, one archive, or a site of files. */
async function readContent(paths: string[], entry: string | undefined): Promise<ShareContent> {
  const [only] = paths;
  const found = await Promise.all(paths.map(async (path) => ({ path, isFolder: await isFolder(path) })));
  if (paths.length === 0 || only === undefined) throw new UsageError('Name the files to publish.');
  if (paths.length === 1 && !found[0]?.isFolder) {
    const type = types[extname(only).toLowerCase()];
    if (/\.[jt]sx$/i.test(only)) return { type: 'react', content: await readFile(only, 'utf8') };
    if (type) return { type, content: await readFile(only, 'utf8') };
    if (extname(only).toLowerCase() === '.zip')
      return {
        type: 'zip',
        base64: (await readFile(only)).toString('base64'),
        ...(entry !== undefined && { entry }),
      };
    throw new UsageError(
      `${only} is no page: publish a React component (.tsx), HTML, SVG, Markdown, Mermaid, a zip archive or a folder.`,
    );
  }
  const files: Record<string, { base64: string }> = {};
  for (const { path, isFolder: isWhole } of found)
    for (const file of isWhole ? await filesBelow(path) : [path]) {
      const name = isWhole ? relative(path, file).split(sep).join('/') : basename(file);
      files[name] = { base64: (await readFile(file)).toString('base64') };
    }
  return { type: 'files', files, ...(entry !== undefined && { entry }) };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    throw new UsageError(`There is no file ${path}, and “${path}” is no command.`);
  }
}

/** Plain files only: a link in a folder may lead anywhere. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) =>
        entry.isFile() &&
        !`${sep}${relative(folder, entry.parentPath)}${sep}${entry.name}`.includes(`${sep}.`),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}
