// What people and programs are told when the state fails: to come again, or that there is no room. Both name what helps.
import { HttpError } from '../http/errors.ts';
import { stateFaultOf } from '../state/state-faults.ts';

/** @returns undefined for what is another failure */
export function stateFailure(error: unknown): HttpError | undefined {
  const fault = stateFaultOf(error);
  if (!fault) return undefined;
  const failure = new HttpError(fault === 'full' ? 'STORAGE_FULL' : 'STATE_UNAVAILABLE', '');
  // For the log.
  failure.cause = error;
  return failure;
}
