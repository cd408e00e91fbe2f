// The way in to a host, whatever answers behind it: by token, password or sign-in, or not. What keeps a visitor out is answered here: a redirect,
// the question for the password, or an error for the error page.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Clients } from '../http/client.ts';
import { HttpError } from '../http/errors.ts';
import { isNavigation } from '../http/navigation.ts';
import { pathOf } from '../http/target.ts';
import type { Access, HostAccess } from './host-access.ts';
import type { HostObstacle, HostRecord } from './host-record.ts';
import type { PasswordGate } from './password-gate.ts';
import { passwordPath, sendPasswordPage } from './password-page.ts';
import { askSignedIn, type SignInSettings, signInAddress } from './sign-in.ts';
import { cleanTarget, readVisitor, sessionCookie, type Visitor } from './visitor.ts';

/** What it needs of the state. */
export interface GateParts {
  access: HostAccess;
  passwords: PasswordGate;
}

export interface GateOptions {
  clients: Clients;
  /** The operator's own sign-in. */
  signIn: SignInSettings;
  /** Told when that does not answer. */
  log: Pick<Logger, 'warn'>;
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

/** One request before a host. */
export class HostGate {
  readonly visitor: Visitor;
  readonly isSecure: boolean;

  constructor(
    readonly options: GateOptions,
    readonly parts: GateParts,
    readonly req: IncomingMessage,
    readonly res: ServerResponse,
    /** Of the host, with its port. */
    readonly authority: string,
  ) {
    this.isSecure = options.clients.isSecure(req);
    this.visitor = readVisitor(req, this.isSecure);
  }

  get scheme(): 'http' | 'https' {
    return this.isSecure ? 'https' : 'http';
  }

  get origin(): string {
    return `${this.scheme}://${this.authority}`;
  }

  get clientAddress(): string {
    return this.options.clients.addressOf(this.req);
  }

  /**
   * @param host undefined where there is none
   * @returns the host when the visitor may see it; undefined when the request has been answered
   * @throws HttpError
   */
  async admit(host: HostRecord | undefined): Promise<HostRecord | undefined> {
    const { parts, req } = this;
    const isPassword = pathOf(req) === passwordPath && req.method === 'POST';
    const access = await parts.access.decide(host, this.visitor, () => this.#askSignedIn());
    if (host && access.kind === 'password-needed') return this.#askPassword(host, isPassword);
    if (access.kind === 'enter') return this.#enter(access.session);
    if (access.kind === 'sign-in-needed' && isNavigation(req)) {
      const address = signInAddress(this.options.signIn, `${this.origin}${cleanTarget(req)}`);
      if (address !== undefined) return this.#redirect(address);
    }
    if (!host || access.kind !== 'open') throw this.#refusal(access);
    return isPassword ? this.#redirect('/') : host;
  }

  /** Whether whoever was let in may still be there. @param host as it is now */
  remains(host: HostRecord | undefined): Promise<boolean> {
    return this.parts.access.remains(host, this.visitor, () => this.#askSignedIn());
  }

  /** The token leaves the address, so that it is in no history, no bookmark and no picture of the screen. */
  #enter(session: { secret: string; expiresAt: number }): undefined {
    this.res.setHeader('Set-Cookie', this.#cookieOf(session));
    return this.#redirect(cleanTarget(this.req));
  }

  async #askPassword(host: HostRecord, isAnswer: boolean): Promise<undefined> {
    const { parts, req, res } = this;
    if (isAnswer) {
      const { outcome, next, wait } = await parts.passwords.answer(host, req, this.clientAddress);
      if (outcome === 'open') {
        res.setHeader('Set-Cookie', this.#cookieOf(await parts.access.tokens.openSession(host.id)));
        return this.#redirect(next);
      }
      if (outcome === 'too-many') {
        res.setHeader('Retry-After', String(wait));
        throw new HttpError(
          'TOO_MANY_ATTEMPTS',
          wait > 90 ? `${Math.ceil(wait / 60)} minutes` : `${wait} seconds`,
        );
      }
      return void sendPasswordPage(req, res, { title: host.title, next, isWrong: true });
    }
    if (!isNavigation(req))
      throw new HttpError('PASSWORD_NEEDED', 'Nobody has given its password in this browser.');
    sendPasswordPage(req, res, { title: host.title, next: cleanTarget(req), isWrong: false });
  }

  #refusal(access: Access): HttpError {
    if (access.kind === 'closed') {
      if (access.obstacle === 'missing') return new HttpError('SHARE_NOT_FOUND', `page at ${this.authority}`);
      if (access.obstacle === 'disabled') return new HttpError('SHARE_DISABLED', '');
      return new HttpError('SHARE_GONE', gone[access.obstacle]);
    }
    if (access.kind === 'token-needed') {
      if (access.given === 'expired')
        return new HttpError('SHARE_GONE', 'This link was good until a day that is over.');
      this.res.setHeader('WWW-Authenticate', 'Bearer');
      return new HttpError('TOKEN_NEEDED', refused[access.given]);
    }
    return new HttpError('SIGN_IN_NEEDED', '');
  }

  #redirect(target: string): undefined {
    this.res
      .writeHead(303, { Location: target, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
      .end();
  }

  #cookieOf(session: { secret: string; expiresAt: number }): string {
    const now = (this.options.now ?? Date.now)();
    return sessionCookie(session, { isSecure: this.isSecure, now });
  }

  async #askSignedIn(): Promise<string | undefined> {
    const { options, req } = this;
    if (options.signIn.authUrl === '') return undefined;
    const answer = await askSignedIn(options.signIn, req, {
      scheme: this.scheme,
      authority: this.authority,
      address: this.clientAddress,
    });
    if (answer.kind === 'failed') options.log.warn({ reason: answer.reason }, 'the sign-in did not answer');
    return answer.kind === 'user' ? answer.user : undefined;
  }
}
