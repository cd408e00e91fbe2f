// The last stop of every request that no surface answered: one page for people, the same facts as JSON for programs.
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { escapeHtml, renderNotice } from '../shared/page.ts';
import { type ErrorFacts, type ErrorTemplates, templateHeaders } from './error-templates.ts';
import { HttpError } from './errors.ts';
import { noticeHeaders } from './headers.ts';
import { hostOf } from './host-routing.ts';

/** Ends what no surface took: 404, 405 for methods that are never answered, 421 for hosts that are not ours (RFC 9110 §15.5.20). */
export function refuse(hostname: string): RequestHandler {
  return (req, res) => {
    const { kind } = hostOf(res);
    if (kind === 'unknown' || kind === 'named' || kind === 'foreign' || kind === 'probe')
      throw new HttpError(
        'HOST_UNKNOWN',
        `“${(req.headers.host ?? '').slice(0, 200)}”, but it serves ${hostname} and <id>-${hostname} only`,
      );
    notFound(req);
  };
}

/** @throws HttpError PAGE_NOT_FOUND, or METHOD_NOT_ALLOWED for methods that are never answered */
export function notFound(req: Request): never {
  if (req.method !== 'GET' && req.method !== 'HEAD') throw new HttpError('METHOD_NOT_ALLOWED', req.method);
  throw new HttpError('PAGE_NOT_FOUND', clip(req.path));
}

/**
 * Turns anything thrown into an answer; only errors that are not the client's are logged with their stack.
 * @param templates the operator's own pages, for hosts of published pages
 */
export function createErrorPage(log: Logger, templates?: ErrorTemplates): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    const requestId = randomUUID();
    const error = toHttpError(thrown);
    if (error.status >= 500)
      log.error(
        { requestId, host: req.headers.host, method: req.method, path: clip(req.path), err: thrown },
        'request failed',
      );
    if (res.headersSent) next(thrown);
    else sendError(req, res, error, requestId, (facts) => fromTemplate(facts, res));
  };

  function fromTemplate(facts: ErrorFacts, res: Response): string | undefined {
    if (!templates || !isOfShares(res, facts.status)) return undefined;
    try {
      return templates.render(facts);
    } catch (err) {
      log.error(
        { err, status: facts.status },
        'a template of ERROR_PAGES_DIR failed; the built-in page is shown',
      );
      return undefined;
    }
  }
}

function sendError(
  req: Request,
  res: Response,
  error: HttpError,
  requestId: string,
  fromTemplate: (facts: ErrorFacts) => string | undefined,
): void {
  res.status(error.status).set({ ...noticeHeaders, Vary: 'Accept', 'X-Request-Id': requestId });
  if (error.code === 'METHOD_NOT_ALLOWED') res.set('Allow', error.allow.join(', '));
  if (error.retryAfter !== undefined) res.set('Retry-After', String(error.retryAfter));
  if (req.accepts(['json', 'html']) === 'html') {
    const { status, title, message, remedy } = error;
    const own = fromTemplate({
      status,
      title,
      message,
      remedy,
      host: req.headers.host ?? '',
      retryAfter: Number(res.getHeader('Retry-After')) || undefined,
      requestId: status >= 500 ? requestId : undefined,
    });
    if (own !== undefined) return void res.set(templateHeaders).type('html').send(own);
    const body = `<p>${escapeHtml(error.message)}</p><p>${escapeHtml(error.remedy)}</p>`;
    const code = error.status >= 500 ? `${error.code} · ${requestId}` : error.code;
    res.type('html').send(renderNotice({ title: error.title, code, body }));
  } else {
    res.set('Access-Control-Allow-Origin', '*');
    res.json({ error: { code: error.code, message: error.message, remedy: error.remedy, requestId } });
  }
}

function toHttpError(thrown: unknown): HttpError {
  if (thrown instanceof HttpError) return thrown;
  const { status, limit } = (thrown ?? {}) as { status?: unknown; limit?: unknown };
  if (status === 413) return new HttpError('BODY_TOO_LARGE', `${limit} bytes`);
  // Express and its parsers mark faults of the request itself, e.g. a malformed percent-encoding.
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new HttpError('BAD_REQUEST', 'The address or body is malformed.');
  return new HttpError('INTERNAL', '');
}

/** A domain that is registered to no page is no host of published pages. */
function isOfShares(res: Response, status: number): boolean {
  const { kind } = hostOf(res);
  return kind === 'named' || (kind === 'foreign' && status !== 421);
}

const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
