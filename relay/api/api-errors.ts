// What can go wrong with a call of the API, in one shape: status, code, a message that says what to do. The MCP tools say the same.

import { NameTaken } from '../hosts/host-registry.ts';
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
    readonly status: 401 | 403,
    readonly code: 'API_TOKEN_NEEDED' | 'SCOPE_MISSING' | 'OWNER_MISSING' | 'CALL_FOREIGN',
    message: string,
  ) {
    super(message);
  }
}

/** @returns undefined for what is not the caller's fault */
export function failureOf(error: unknown): ApiFailure | undefined {
  if (error instanceof CallRefused) return { status: error.status, code: error.code, message: error.message };
  if (error instanceof RequestRefused)
    return { status: 400, code: 'REQUEST_INVALID', message: error.message, faults: error.faults };
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
  if (error instanceof HttpError)
    return { status: error.status, code: error.code, message: `${error.message} ${error.remedy}` };
  return undefined;
}
