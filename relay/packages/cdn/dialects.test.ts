import { describe, expect, it } from 'vitest';
import { dialects, mirroredHosts } from './dialects.ts';
import { smallHostRows } from './libraries/small-host-rows.ts';

describe('the dialects', () => {
  it('are for mirrored hosts, but for those that only bundlers ask', () => {
    expect(Object.keys(dialects).filter((host) => !mirroredHosts.includes(host))).toEqual([
      'data.jsdelivr.com',
      'prod-packager-packages.codesandbox.io',
    ]);
  });

  it('have rows of small hosts that match whole paths and say what is there', () => {
    for (const { at, from, instead, script } of smallHostRows) {
      expect(at.source, String(at)).toMatch(/^\^.*\$$/);
      expect(
        [from, instead, script].filter((answer) => answer !== undefined),
        String(at),
      ).toHaveLength(1);
    }
  });
});
