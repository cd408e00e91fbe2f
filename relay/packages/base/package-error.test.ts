import { expect, test } from 'vitest';
import { PackageError, type PackageErrorCode, packageErrorTable } from './package-error.ts';

const codes = Object.keys(packageErrorTable) as PackageErrorCode[];

test.each(codes)('%s has a status, a sentence and a remedy, also without facts', (code) => {
  for (const facts of [
    {},
    {
      packageName: 'pad',
      version: '1.0.0',
      range: '^1',
      newest: '2.0.0',
      path: '/x',
      limit: '9',
      requiredBy: 'a',
    },
  ]) {
    const error = new PackageError(code, facts);
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.message).toMatch(/^\S.*\.$/);
    expect(error.message).not.toMatch(/undefined|null/);
    expect(error.remedy).toMatch(/\.$/);
  }
});

test('details for the log are without credentials', () => {
  const cause = new Error('GET https://user:sesame@host/x with Bearer sesame and npm_abcdefgh12345678');
  const { detail } = new PackageError('REGISTRY_REFUSED', {}, cause);
  expect(detail).toBe('GET https://***@host/x with *** and ***');
});
