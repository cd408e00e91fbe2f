import { expect, it } from 'vitest';
import { StateError } from './state.ts';
import { stateFaultOf } from './state-faults.ts';

const failed = (code: string, message = 'It failed.') => Object.assign(new Error(message), { code });

it.each([
  failed('ECONNREFUSED'),
  failed('57P01', 'terminating connection due to administrator command'),
  failed('08006'),
  failed('25006', 'cannot execute INSERT in a read-only transaction'),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
  new Error('Query read timeout'),
  failed('ERR_SQLITE_ERROR', 'database is locked'),
  new AggregateError([failed('ECONNREFUSED'), failed('ECONNREFUSED')]),
  new StateError('The state cannot be opened.'),
])('takes $code $message for a database that is away', (error) => {
  expect(stateFaultOf(error)).toBe('unavailable');
});

it.each([
  failed('ENOSPC'),
  failed('EDQUOT'),
  failed('53100', 'could not extend file'),
  failed('ERR_SQLITE_ERROR', 'database or disk is full'),
  new StateError('The state cannot be opened.', { cause: failed('ENOSPC') }),
])('takes $code $message for a disk that is full', (error) => {
  expect(stateFaultOf(error)).toBe('full');
});

it.each([failed('23505', 'duplicate key value'), failed('ENOENT'), new Error('A bug.'), 'text', undefined])(
  'takes %s for neither',
  (error) => {
    expect(stateFaultOf(error)).toBeUndefined();
  },
);
