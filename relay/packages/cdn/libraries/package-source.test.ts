import { describe, expect, it } from 'vitest';
import { exactVersion } from './package-source.ts';

describe('exactVersion', () => {
  it.each([
    ['3.9.1', '3.9.1'],
    ['v3.9.1', '3.9.1'],
    ['r128', '0.128.0'],
    ['1.9', '1.9.0'],
    ['17', '17.0.0'],
    ['6.0.0-beta3', '6.0.0-beta3'],
  ])('%s is %s', (text, version) => {
    expect(exactVersion(text)).toBe(version);
  });

  it.each(['latest', '^3.0.0', '1.x', '', 'toString'])('%s is no single version', (text) => {
    expect(exactVersion(text)).toBeUndefined();
  });
});
