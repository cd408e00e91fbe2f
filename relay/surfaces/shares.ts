// Published pages at `<name>-<base host>`: who may see one is decided anew at every request, then a file of it is sent.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { HostClass } from '../host.ts';
import type { Access, HostAccess } from '../hosts/host-access.ts';
import type { HostDomains } from '../hosts/host-domains.ts';
import type { HostObstacle, HostRecord } from '../hosts/host-record.ts';
import type { HostRegistry } from '../hosts/host-registry.ts';
import type { HostReports } from '../hosts/host-reports.ts';
import type { PasswordGate } from '../hosts/password-gate.ts';
import { RunningAnswers } from '../hosts/running-answers.ts';
import { askSignedIn, type SignInSettings, signInAddress } from '../hosts/sign-in.ts';
import { stateFailure } from '../hosts/state-failure.ts';
import type { ViewCounts } from '../hosts/view-counts.ts';
import { cleanTarget, readVisitor, sessionCookie, type Visitor } from '../hosts/visitor.ts';
import type { Clients } from '../http/client.ts';
import { HttpError } from '../http/errors.ts';
import { hostOf } from '../http/host-routing.ts';
import { isNavigation } from '../http/navigation.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { chooseEncoding } from '../http/prepared.ts';
import { pathOf } from '../http/target.ts';
import type { Egress } from '../shared/egress.ts';
import type { OwnPages } from '../shares/own-pages.ts';
import { cameraAgent } from '../shares/page-camera.ts';
import { passwordPath, sendPasswordPage } from '../shares/password-page.ts';
import type { ShareAnswers } from '../shares/share-answers.ts';
import type { ShareSurroundings } from '../shares/share-document.ts';
import { settingsOf } from '../shares/share-service.ts';
import type { ShareVersions } from '../shares/share-versions.ts';
import type { VersionPictures } from '../shares/version-pictures.ts';

/** What the surface needs of the state, once it is open. */
export interface ShareParts {
  hosts: HostRegistry;
  domains: HostDomains;
  access: HostAccess;
  answers: ShareAnswers;
  passwords: PasswordGate;
  views: ViewCounts;
  versions: ShareVersions;
  reports: HostReports;
  pictures: VersionPictures;
}

/** How the surface is made. */
export interface SharesOptions {
  /** The state; undefined where nothing was ever published. It is not called for hosts that can be no share. */
  open: () => Promise<ShareParts | undefined>;
  clients: Clients;
  egress: Egress;
  /** The operator's own sign-in. */
  signIn: SignInSettings;
  /** Told when that does not answer. */
  log: Pick<Logger, 'warn'>;
  /** Text of the built script for documents. */
  innerScript: string;
  /** Whether shares that want one have a bar. */
  hasBars: boolean;
  /** What the kit itself answers on a share's host. */
  own: OwnPages;
  /** Said in place of every share; empty while they are shown. */
  maintenance?: string;
  now?: () => number;
}

const gone: Record<Exclude<HostObstacle, 'missing' | 'disabled'>, string> = {
  unpublished: 'Whoever published this page has taken it off.',
  expired: 'This page was published until a day that is over.',
};

const refused: Record<'none' | 'unknown' | 'revoked' | 'used-up', string> = {
  none: 'This address has no token in it.',
  unknown: 'The token in this address does not open this page.',
  revoked: 'This link was revoked.',
  'used-up': 'This link has been used as often as it may.',
};

/** After which to ask again, while shares are not shown. */
const maintenanceSeconds = 300;

/** Answers hosts with names and domains of the operator's own; hands those on that are no share. */
export function createShares(options: SharesOptions): PlainHandler {
  const running = new RunningAnswers();
  return (req, res, next) => {
    const host = hostOf(res);
    if (host.kind !== 'named' && host.kind !== 'foreign') return next();
    const answer = async (parts: ShareParts | undefined): Promise<void> => {
      if (!parts || (host.kind === 'foreign' && !(await parts.domains.has(host.domain)))) return next();
      if (options.maintenance) {
        res.setHeader('Retry-After', String(maintenanceSeconds));
        throw new HttpError('MAINTENANCE', options.maintenance);
      }
      await new ShareRequest(options, parts, running, host, req, res).answer();
    };
    options
      .open()
      .then(answer)
      .catch((error) => next(stateFailure(error) ?? error));
  };
}

/** Where a request asks. */
type SharePlace = Extract<HostClass, { kind: 'named' | 'foreign' }>;
const isCamera = ({ headers }: IncomingMessage) => headers['user-agent'] === cameraAgent;

class ShareRequest {
  constructor(
    readonly options: SharesOptions,
    readonly parts: ShareParts,
    readonly running: RunningAnswers,
    readonly place: SharePlace,
    readonly req: IncomingMessage,
    readonly res: ServerResponse,
  ) {}

  /** @throws HttpError */
  async answer(): Promise<void> {
    const { parts, req, place } = this;
    const host = await this.#find();
    const isPassword = pathOf(req) === passwordPath && req.method === 'POST';
    const visitor = readVisitor(req, this.#isSecure());
    const access = await parts.access.decide(host, visitor, () => this.#askSignedIn());
    if (host && access.kind === 'password-needed') return this.#askPassword(host, isPassword);
    if (access.kind === 'enter') return this.#enter(access.session);
    if (access.kind === 'sign-in-needed' && isNavigation(req)) {
      const address = signInAddress(
        this.options.signIn,
        `${this.#scheme()}://${place.authority}${cleanTarget(req)}`,
      );
      if (address !== undefined) return this.#redirect(address);
    }
    if (!host || access.kind !== 'open') throw this.#refusal(access);
    if (isPassword) return this.#redirect('/');
    const { own, clients } = this.options;
    if (!own.owns(pathOf(req))) return this.#send(host, visitor);
    await own.answer(
      { req, res: this.res, host, url: `${this.#origin()}/`, address: clients.addressOf(req) },
      parts,
    );
  }

  async #send(host: HostRecord, visitor: Visitor): Promise<void> {
    const { parts, req, res, place, options } = this;
    if (!isRead(req)) throw new HttpError('METHOD_NOT_ALLOWED', req.method ?? '');
    // It could answer in place of the kit's own pages, and of the page that is published next.
    if (req.headers['service-worker'] !== undefined)
      throw new HttpError('PAGE_NOT_FOUND', 'service worker for published pages');
    const around: ShareSurroundings = {
      base: `${this.#scheme()}://${this.place.baseAuthority}`,
      origin: this.#origin(),
      egress: options.egress,
      innerScript: options.innerScript,
      hasBars: options.hasBars,
      hasPictures: await parts.pictures.isReady(),
    };
    // Parts are of the file as it is.
    const encoding = req.headers.range === undefined ? chooseEncoding(req) : 'identity';
    const found = await parts.answers.find(host, pathOf(req), around, encoding);
    if (!found && pathOf(req) === '/favicon.ico') return options.own.sendFavicon(req, res);
    if (!found) throw new HttpError('PAGE_NOT_FOUND', `file ${pathOf(req).slice(0, 120)}`);
    if (found.isDocument && place.kind === 'named') await this.#nameDomain(host);
    // The frame below a bar, and what programs ask for, get the document itself.
    const isWhole = req.headers['sec-fetch-dest'] === 'document';
    if (found.isDocument && isWhole && options.hasBars && settingsOf(host).bar)
      return parts.answers.barFor(host, found, around, options.own.fingerprint).send(req, res);
    if (found.isDocument && req.method === 'GET' && isNavigation(req) && !isCamera(req))
      parts.views.count(host.id);
    found.response.send(req, res);
    this.running.watch(res, async () =>
      parts.access.remains(await this.#find(), visitor, () => this.#askSignedIn()),
    );
  }

  #find(): Promise<HostRecord | undefined> {
    const { parts, place } = this;
    return place.kind === 'named' ? parts.hosts.find(place.name) : parts.hosts.findByDomain(place.domain);
  }

  /** A page with a domain of its own says that its address is there (RFC 6596). */
  async #nameDomain({ id }: HostRecord): Promise<void> {
    const domain = await this.parts.domains.of(id);
    if (domain === undefined) return;
    const port = /:\d+$/.exec(this.place.authority)?.[0] ?? '';
    this.res.setHeader(
      'Link',
      `<${this.#scheme()}://${domain}${port}${pathOf(this.req).replaceAll('>', '%3E')}>; rel="canonical"`,
    );
  }

  /** The token leaves the address, so that it is in no history, no bookmark and no picture of the screen. */
  #enter(session: { secret: string; expiresAt: number }): void {
    const isSecure = this.#isSecure();
    this.res.setHeader('Set-Cookie', sessionCookie(session, { isSecure, now: this.#now() }));
    this.#redirect(cleanTarget(this.req));
  }

  async #askPassword(host: HostRecord, isAnswer: boolean): Promise<void> {
    const { parts, req, res, options } = this;
    if (isAnswer) {
      const { outcome, next, wait } = await parts.passwords.answer(host, req, options.clients.addressOf(req));
      if (outcome === 'open') {
        const session = await parts.access.tokens.openSession(host.id);
        res.setHeader('Set-Cookie', sessionCookie(session, { isSecure: this.#isSecure(), now: this.#now() }));
        return this.#redirect(next);
      }
      if (outcome === 'too-many') {
        res.setHeader('Retry-After', String(wait));
        throw new HttpError(
          'TOO_MANY_ATTEMPTS',
          wait > 90 ? `${Math.ceil(wait / 60)} minutes` : `${wait} seconds`,
        );
      }
      return sendPasswordPage(req, res, { title: host.title, next, isWrong: true });
    }
    if (!isNavigation(req))
      throw new HttpError('PASSWORD_NEEDED', 'Nobody has given its password in this browser.');
    sendPasswordPage(req, res, { title: host.title, next: cleanTarget(req), isWrong: false });
  }

  #refusal(access: Access): HttpError {
    const { place, res } = this;
    if (access.kind === 'closed') {
      if (access.obstacle === 'missing')
        return new HttpError('SHARE_NOT_FOUND', `page at ${place.authority}`);
      if (access.obstacle === 'disabled') return new HttpError('SHARE_DISABLED', '');
      return new HttpError('SHARE_GONE', gone[access.obstacle]);
    }
    if (access.kind === 'token-needed') {
      if (access.given === 'expired')
        return new HttpError('SHARE_GONE', 'This link was good until a day that is over.');
      res.setHeader('WWW-Authenticate', 'Bearer');
      return new HttpError('TOKEN_NEEDED', refused[access.given]);
    }
    return new HttpError('SIGN_IN_NEEDED', '');
  }

  #redirect(target: string): void {
    this.res
      .writeHead(303, { Location: target, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
      .end();
  }

  async #askSignedIn(): Promise<string | undefined> {
    const { options, req, place } = this;
    if (options.signIn.authUrl === '') return undefined;
    const answer = await askSignedIn(options.signIn, req, {
      scheme: this.#scheme(),
      authority: place.authority,
      address: options.clients.addressOf(req),
    });
    if (answer.kind === 'failed') options.log.warn({ reason: answer.reason }, 'the sign-in did not answer');
    return answer.kind === 'user' ? answer.user : undefined;
  }

  #origin(): string {
    return `${this.#scheme()}://${this.place.authority}`;
  }

  #scheme(): string {
    return this.#isSecure() ? 'https' : 'http';
  }

  #isSecure(): boolean {
    return this.options.clients.isSecure(this.req);
  }

  #now(): number {
    return (this.options.now ?? Date.now)();
  }
}
