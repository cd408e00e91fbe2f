import { describe, expect, it } from 'vitest';
import { mirroredHosts } from './cdn-hosts.ts';
import { dialects } from './dialects.ts';
import { smallHostRows } from './libraries/small-host-rows.ts';

describe('the dialects', () => {
  it('answer for every host that the service worker mirrors', () => {
    expect(mirroredHosts.filter((host) => !Object.hasOwn(dialects, host))).toEqual([]);
  });

  it('are for mirrored hosts, but for those that only bundlers ask', () => {
    const mirrored = new Set<string>(mirroredHosts);
    expect(Object.keys(dialects).filter((host) => !mirrored.has(host))).toEqual([
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
