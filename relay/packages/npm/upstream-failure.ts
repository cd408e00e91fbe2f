// Reads what npm's HTTP client throws: which row of the error table it is, and whether another attempt makes sense.
import { PackageError, type PackageErrorCode, type PackageErrorFacts } from '../base/package-error.ts';

/** A failed attempt, with what the retry rules need to know. */
export class UpstreamFailure extends Error {
  constructor(
    readonly error: PackageError,
    readonly hints: { mayRetry?: boolean; noAnswer?: boolean; retryAfterMs?: number | undefined } = {},
  ) {
    super(error.message);
  }

  /** A fault that often passes within a second. */
  get mayRetry(): boolean {
    return this.hints.mayRetry ?? false;
  }

  /** Nothing came back: the registry may be down. */
  get noAnswer(): boolean {
    return this.hints.noAnswer ?? false;
  }

  /** The pause that the registry asked for, in ms. */
  get retryAfterMs(): number | undefined {
    return this.hints.retryAfterMs;
  }
}

const timeoutCodes = new Set([
  'ETIMEDOUT',
  'ECONNECTIONTIMEOUT',
  'EIDLETIMEOUT',
  'ERESPONSETIMEOUT',
  'ETRANSFERTIMEOUT',
]);
const passingCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** The parts of npm-registry-fetch's and minipass-fetch's errors that are used here. */
interface FetchFault {
  code?: string;
  type?: string;
  statusCode?: number;
  headers?: Record<string, string[]>;
}

/** Maps an error of npm-registry-fetch, or of the body it returned. */
export function toUpstreamFailure(error: unknown, facts: PackageErrorFacts): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error;
  if (error instanceof PackageError) return new UpstreamFailure(error);
  const fault = error as FetchFault;
  const failure = (code: PackageErrorCode, hints?: UpstreamFailure['hints']): UpstreamFailure =>
    new UpstreamFailure(new PackageError(code, facts, error), hints);

  if (fault.statusCode !== undefined) {
    if (fault.statusCode === 404 || fault.statusCode === 410)
      return failure(facts.version === undefined ? 'PACKAGE_NOT_FOUND' : 'VERSION_NOT_FOUND');
    // Not the registry but the proxy in front wants credentials.
    if (fault.statusCode === 407) return failure('REGISTRY_UNREACHABLE');
    if (fault.statusCode === 401 || fault.statusCode === 403) return failure('REGISTRY_REFUSED');
    const retryAfterMs = retryAfter(fault.headers);
    if (fault.statusCode === 429) return failure('REGISTRY_RATE_LIMITED', { retryAfterMs });
    if (fault.statusCode >= 500) return failure('REGISTRY_FAILED', { mayRetry: true, retryAfterMs });
    return failure('REGISTRY_INVALID_ANSWER');
  }
  if (timeoutCodes.has(fault.code ?? '') || fault.type === 'request-timeout' || fault.type === 'body-timeout')
    return failure('REGISTRY_TIMEOUT', { noAnswer: true });
  if (fault.type === 'max-redirect' || fault.type === 'invalid-redirect' || fault.code?.startsWith('HPE_'))
    return failure('REGISTRY_INVALID_ANSWER');
  return failure('REGISTRY_UNREACHABLE', { noAnswer: true, mayRetry: passingCodes.has(fault.code ?? '') });
}

/** Retry-After in ms: seconds or a date (RFC 9110, section 10.2.3); undefined when absent or unreadable. */
function retryAfter(headers: Record<string, string[]> | undefined): number | undefined {
  const value = headers?.['retry-after']?.[0];
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
