// What it means that the state fails: that it cannot be reached for now, that there is no room, or a bug. Pure.

/** `unavailable`: it may work again in a moment. `full`: it works again when somebody makes room. */
export type StateFault = 'unavailable' | 'full';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: connections, shutdown and start, too many of them, a server that only reads */
const unavailableStates = /^(08...|57P0[1-5]|53300|25006)$/;
const unavailableCodes =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** What `pg` itself says, without a code. */
const unavailableTexts =
  /^Connection terminated|timeout exceeded when trying to connect|^Query read timeout|is not queryable|database is locked/;
const fullCodes = /^(ENOSPC|EDQUOT|53100)$/;
const fullTexts = /database or disk is full|no space left on device/i;

/** @returns undefined for what is no fault of the surroundings */
export function stateFaultOf(error: unknown): StateFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', message, cause } = error as Error & { code?: unknown };
  const name = String(code);
  if (fullCodes.test(name) || fullTexts.test(message)) return 'full';
  const isUnavailable =
    unavailableCodes.test(name) || unavailableStates.test(name) || unavailableTexts.test(message);
  if (isUnavailable) return 'unavailable';
  // Of several addresses of one name, each has failed.
  if (error instanceof AggregateError) return stateFaultOf(error.errors[0]);
  return error.name === 'StateError' ? (stateFaultOf(cause) ?? 'unavailable') : undefined;
}
