import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { classifyHost } from '../host.ts';
import { faultOfShareName, shareNameFor } from './host-name.ts';

describe('faultOfShareName', () => {
  it.each(['demo', 'a', 'q3-report', 'my-app-v2', 'sales-2026-final', '7'])('lets %s be', (name) => {
    expect(faultOfShareName(name)).toBeUndefined();
    expect(classifyHost(`${name}-preview.example.com`, 'preview.example.com')).not.toMatchObject({
      kind: 'preview',
    });
  });

  it.each([
    ['', 'must have 1 to 40'],
    ['a'.repeat(41), 'must have 1 to 40'],
    ['Demo', 'lower-case'],
    ['de_mo', 'lower-case'],
    ['de.mo', 'lower-case'],
    ['-demo', 'lower-case'],
    ['demo-', 'lower-case'],
    ['de--mo', 'lower-case'],
    ['xn--abc', 'lower-case'],
    ['dé-mo', 'lower-case'],
    ['demo\n', 'lower-case'],
    ['quarterly', 'needs a dash'],
    ['4f2a9c01bd77', 'needs a dash'],
    ['app-3000', 'sandbox’s port'],
    ['app-1', 'sandbox’s port'],
    ['api', 'reserved'],
  ])('refuses %j', (name, reason) => {
    expect(faultOfShareName(name)).toContain(reason);
  });
});

describe('shareNameFor', () => {
  it.each([
    ['Quarterly Report — Q3', /^quarterly-report-q3-[a-z2-9]{10}$/],
    ['Über uns', /^uber-uns-[a-z2-9]{10}$/],
    ['日本語', /^page-[a-z2-9]{10}$/],
    ['', /^page-[a-z2-9]{10}$/],
    ['a'.repeat(200), /^a{29}-[a-z2-9]{10}$/],
    ['</script>', /^script-[a-z2-9]{10}$/],
  ])('makes a name of %j', (title, expected) => {
    const name = shareNameFor(title, randomBytes(10));
    expect(name).toMatch(expected);
    expect(faultOfShareName(name)).toBeUndefined();
  });

  it('never makes one that looks like a port', () => {
    for (let first = 0; first < 256; first += 1) {
      const random = new Uint8Array(10).fill(25);
      random[0] = first;
      expect(faultOfShareName(shareNameFor('x', random))).toBeUndefined();
    }
  });
});
