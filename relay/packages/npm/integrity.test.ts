import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { IntegrityCheck } from './integrity.ts';

const content = Buffer.from('a tarball');
const digest = (algorithm: string, encoding: 'base64' | 'hex' = 'base64'): string =>
  createHash(algorithm).update(content).digest(encoding);
const right = (algorithm: string): string => `${algorithm}-${digest(algorithm)}`;
const wrong = (algorithm: string): string =>
  `${algorithm}-${createHash(algorithm).update('another').digest('base64')}`;

function check(stated: { integrity?: string; shasum?: string }): { matches: boolean; actual: string } {
  const checking = new IntegrityCheck({ tarball: 'http://localhost/x.tgz', ...stated });
  // In pieces, as it arrives.
  checking.update(content.subarray(0, 4));
  checking.update(content.subarray(4));
  return checking.finish();
}

test.each([
  ['one digest', right('sha512'), 'sha512'],
  ['the strongest of several algorithms', `${wrong('sha1')} ${right('sha384')} ${wrong('sha256')}`, 'sha384'],
  ['any of several digests', `${wrong('sha512')}  ${right('sha512')}`, 'sha512'],
  ['a digest with options', `${right('sha256')}?foo`, 'sha256'],
  ['the algorithm that is known', `${wrong('md5')} ${right('sha1')} sha3-512-x`, 'sha1'],
])('is checked against %s', (_, integrity, algorithm) => {
  expect(check({ integrity })).toEqual({ matches: true, actual: right(algorithm) });
});

test.each([
  ['another digest', { integrity: wrong('sha512') }],
  ['a weaker one that is right', { integrity: `${right('sha1')} ${wrong('sha512')}` }],
  ['an algorithm that proves nothing', { integrity: right('md5') }],
  ['an algorithm that nobody knows', { integrity: 'sha1024-AAAA' }],
  ['no digest at all', { integrity: 'sha512-' }],
  ['something else', { integrity: 'yes' }],
  ['white space', { integrity: ' ' }],
  ['a wrong integrity beside a right shasum', { integrity: wrong('sha512'), shasum: digest('sha1', 'hex') }],
  ['an unreadable integrity beside a right shasum', { integrity: 'yes', shasum: digest('sha1', 'hex') }],
  ['another shasum', { shasum: '0'.repeat(40) }],
  ['a shasum that is none', { shasum: 'yes' }],
])('matches nothing when the registry states %s', (_, stated) => {
  expect(check(stated).matches).toBe(false);
});

test('a shasum counts where there is no integrity', () => {
  expect(check({ shasum: digest('sha1', 'hex') })).toEqual({ matches: true, actual: right('sha1') });
});

test.each([{}, { integrity: '' }, { integrity: '', shasum: '' }])(
  'what the registry says nothing about is only recorded: %j',
  (stated) => {
    expect(check(stated)).toEqual({ matches: true, actual: right('sha512') });
  },
);
