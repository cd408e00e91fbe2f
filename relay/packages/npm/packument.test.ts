import { expect, test } from 'vitest';
import { newestVersion, parsePackument, readTarballSpec } from './packument.ts';

const dist = { tarball: 'http://localhost/x.tgz', integrity: 'sha512-x' };
const parse = (document: object) => parsePackument('pad', JSON.stringify(document));

test('keeps what resolving needs and nothing else', () => {
  const packument = parse({
    name: 'pad',
    readme: 'long',
    'dist-tags': { latest: '1.0.0' },
    versions: {
      '1.0.0': {
        name: 'pad',
        version: '1.0.0',
        dependencies: { a: '^1', broken: 7 },
        engines: { node: '>=99' },
        bundleDependencies: ['a'],
        _hasShrinkwrap: true,
        scripts: { install: 'evil' },
        dist,
      },
      'not-a-version': { dist },
      '2.0.0': { name: 'pad' },
    },
  });
  expect(packument).toEqual({
    name: 'pad',
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { name: 'pad', version: '1.0.0', dependencies: { a: '^1' }, dist } },
  });
});

test.each([
  [{ integrity: 'sha512-x', shasum: 'aa' }, { integrity: 'sha512-x' }],
  [{ integrity: '', shasum: 'aa' }, { shasum: 'aa' }],
  [{ integrity: null, shasum: 'aa' }, { shasum: 'aa' }],
  [{ integrity: '' }, {}],
])('of the checksums %j it keeps the one that counts', (stated, kept) => {
  const { tarball } = dist;
  const packument = parse({ versions: { '1.0.0': { dist: { tarball, ...stated } } } });
  expect(packument.versions['1.0.0']?.dist).toEqual({ tarball, ...kept });
});

test.each(['', 'null', '[]', '"x"', '{}', '{"versions":[]}', '{"name":"other","versions":{}}', '<html>'])(
  'refuses %j',
  (text) => {
    expect(() => parsePackument('pad', text)).toThrow(
      expect.objectContaining({ code: 'REGISTRY_INVALID_ANSWER' }),
    );
  },
);

test('an unpublished package has no versions', () => {
  expect(parse({ name: 'pad', time: { unpublished: {} } }).versions).toEqual({});
});

test('a hostile key harms nobody', () => {
  const text = `{"versions":{"1.0.0":{"dependencies":{"__proto__":"1","a":"1"},"dist":${JSON.stringify(dist)}}},"dist-tags":{"__proto__":"x"}}`;
  const packument = parsePackument('pad', text);
  expect(Object.keys(packument.versions['1.0.0']?.dependencies ?? {})).toContain('a');
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test('the newest is what is tagged latest, else the highest', () => {
  const versions = { '1.0.0': { dist }, '2.0.0': { dist } };
  expect(newestVersion(parse({ versions, 'dist-tags': { latest: '1.0.0' } }))).toBe('1.0.0');
  expect(newestVersion(parse({ versions, 'dist-tags': { latest: '9.0.0' } }))).toBe('2.0.0');
  expect(newestVersion(parse({ versions: {} }))).toBeUndefined();
});

test.each([
  ['https://r.example/pad/-/pad-1.3.0.tgz', 'npm:pad@1.3.0'],
  ['https://r.example/repo/npm/@a/b/-/b-1.0.0-rc.1.tgz', 'npm:@a/b@1.0.0-rc.1'],
  ['https://r.example/@a%2fb/-/b-1.0.0.tgz', 'npm:@a/b@1.0.0'],
  ['https://r.example/pad-1.0.0.tgz', 'https://r.example/pad-1.0.0.tgz'],
  ['git+https://r.example/pad/-/pad-1.0.0.tgz', 'git+https://r.example/pad/-/pad-1.0.0.tgz'],
  ['^1.0.0', '^1.0.0'],
])('reads the spec %s as %s', (spec, expected) => {
  expect(readTarballSpec(spec)).toBe(expected);
});
