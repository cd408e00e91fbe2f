// What can go wrong with a call of the API, in one shape: status, code, a message that says what to do. The MCP tools say the same.
import { DomainRefused } from '../hosts/domain-name.ts';
import { NameTaken } from '../hosts/host-registry.ts';
import { stateFailure } from '../hosts/state-failure.ts';
import { HttpError } from '../http/errors.ts';
import { ShareRefused } from '../shares/share-archive.ts';
import { RequestRefused } from '../shares/share-request.ts';
import { ShareMissing } from '../shares/share-service.ts';
import { QuotaExceeded } from '../shares/share-versions.ts';

/** See the head of this file. */
export interface ApiFailure {
  status: number;
  code: string;
  message: string;
  /** Faults of the request, one for each field. */
  faults?: { field: string; message: string }[];
}

/** A call that may not be made. */
export class CallRefused extends Error {
  override name = 'CallRefused';
  constructor(
    readonly status: 401 | 403 | 404 | 409,
    readonly code:
      | 'API_TOKEN_NEEDED'
      | 'SCOPE_MISSING'
      | 'OWNER_MISSING'
      | 'DOMAIN_TAKEN'
      | 'DOMAIN_NOT_FOUND'
      | 'CALL_FOREIGN',
    message: string,
  ) {
    super(message);
  }
}

/** @returns undefined for what is nobody's fault but the kit's */
export function failureOf(error: unknown): ApiFailure | undefined {
  if (error instanceof CallRefused) return { status: error.status, code: error.code, message: error.message };
  if (error instanceof RequestRefused)
    return { status: 400, code: 'REQUEST_INVALID', message: error.message, faults: error.faults };
  if (error instanceof DomainRefused) return { status: 400, code: 'DOMAIN_REFUSED', message: error.message };
  if (error instanceof ShareRefused) return { status: 422, code: 'CONTENT_REFUSED', message: error.message };
  if (error instanceof ShareMissing) return { status: 404, code: 'SHARE_NOT_FOUND', message: error.message };
  if (error instanceof NameTaken)
    return {
      status: 409,
      code: 'NAME_TAKEN',
      message: `${error.message} Take another, or none: then one is made from the title.`,
    };
  if (error instanceof QuotaExceeded)
    return {
      status: 413,
      code: 'QUOTA_EXCEEDED',
      message:
        error.whose === 'owner'
          ? `There is no room: ${error.message} Delete pages that are no longer needed.`
          : `This server has no room left for pages: ${error.message} Its operator can raise SHARES_MAX_BYTES.`,
    };
  const known = error instanceof HttpError ? error : stateFailure(error);
  return known && { status: known.status, code: known.code, message: `${known.message} ${known.remedy}` };
}

/** What goes with a failure besides its body. */
export function failureHeaders({ status }: ApiFailure): Record<string, string> {
  if (status === 401) return { 'WWW-Authenticate': 'Bearer' };
  return status === 503 ? { 'Retry-After': '5' } : {};
}
