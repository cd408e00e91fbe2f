import { describe, expect, it } from 'vitest';
import { classifyHost } from './host.ts';
import { isStaticId } from './shared/preview-id.ts';

const hostname = 'preview.example.com';

describe('classifyHost', () => {
  it.each([
    ['preview.example.com', 'preview.example.com', 'preview.example.com'],
    ['preview.example.com:1580', 'preview.example.com:1580', 'preview.example.com:1580'],
    ['PREVIEW.Example.COM', 'preview.example.com', 'preview.example.com'],
    ['preview.example.com.', 'preview.example.com.', 'preview.example.com'],
  ])('%s is the base', (header, authority, baseAuthority) => {
    expect(classifyHost(header, hostname)).toEqual({ kind: 'base', authority, baseAuthority });
  });

  it.each([
    ['abcdefgh-preview.example.com', 'abcdefgh', ''],
    ['0123456789abcdef-preview.example.com:8443', '0123456789abcdef', ':8443'],
    [`${'a'.repeat(40)}-preview.example.com:1`, 'a'.repeat(40), ':1'],
    ['ABCDEFGH-preview.example.com', 'abcdefgh', ''],
    ['abcdefgh-preview.example.com.', 'abcdefgh', ''],
  ])('%s is a preview', (header, id, port) => {
    expect(classifyHost(header, hostname)).toEqual({
      kind: 'preview',
      id,
      authority: `${id}-${hostname}${port}`,
      baseAuthority: `${hostname}${port}`,
    });
  });

  it.each(['abcdefg', 'a', 'a'.repeat(41), 'abcd-efgh', 'app-3000', 'abcdefghij-x'])(
    '%s is a name',
    (name) => {
      expect(classifyHost(`${name}-${hostname}:1580`, hostname)).toEqual({
        kind: 'named',
        name,
        authority: `${name}-${hostname}:1580`,
        baseAuthority: `${hostname}:1580`,
      });
    },
  );

  it.each([
    '127.0.0.1',
    '127.0.0.1:1580',
    '10.1.2.3',
    '[::1]',
    '[::1]:1580',
    '[fe80::1]',
    'localhost',
    'LOCALHOST:80',
  ])('%s is a probe', (header) => {
    expect(classifyHost(header, hostname)).toEqual({ kind: 'probe' });
  });

  it.each([
    undefined,
    '',
    ':',
    ':80',
    '.',
    '-preview.example.com',
    `${'a'.repeat(56)}-preview.example.com`,
    'abcd--efgh-preview.example.com',
    '-abcd-preview.example.com',
    'abcd_efgh-preview.example.com',
    'äbcdefgh-preview.example.com',
    'abcdefgh.preview.example.com',
    'preview.example.com..',
    'preview.example.com:',
    'preview.example.com:0x50',
    'preview.example.com:123456',
    'preview.example.com:80:80',
    'preview.example.com/',
    'user@preview.example.com',
    ' preview.example.com',
    'preview.example.com, evil.org',
    '[::1',
    '::1',
    '1.2.3',
    '1.2.3.4.5',
  ])('%j is unknown', (header) => {
    expect(classifyHost(header, hostname)).toEqual({ kind: 'unknown' });
  });

  it.each([
    'example.com',
    'xpreview.example.com',
    'preview.example.com.evil.org',
    'localhost.evil.org',
    'xn--bcher-kva.example',
  ])('%s may be a domain of the operator’s own', (domain) => {
    expect(classifyHost(`${domain.toUpperCase()}.:8443`, hostname)).toEqual({
      kind: 'foreign',
      domain,
      authority: `${domain}:8443`,
      baseAuthority: `${hostname}:8443`,
    });
  });

  it('knows the host of the API, even one that would be a preview', () => {
    const api = 'mykit-preview.example.com';
    expect(classifyHost(`${api}:443`, hostname, [api])).toEqual({ kind: 'api', authority: `${api}:443` });
    expect(classifyHost('relay:1580', hostname, [api, 'relay']).kind).toBe('api');
    expect(classifyHost('preview.example.com', hostname, [api]).kind).toBe('base');
  });

  it('takes its time linearly', () => {
    const long = `${'a-'.repeat(8_000)}preview.example.com:${'1'.repeat(8_000)}`;
    const started = performance.now();
    expect(classifyHost(long, hostname).kind).toBe('unknown');
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('isStaticId', () => {
  it.each(['0123456789', 'abcdefabcdefabcdefab', '0123456789abcdef'])(
    '%s was made by the static client',
    (id) => {
      expect(isStaticId(id)).toBe(true);
    },
  );
  it.each(['', '012345678', '0123456789abcdef01234', 'r0123456789abcdefghij', 'ABCDEFABCD', '0123456789\n'])(
    '%j was not',
    (id) => {
      expect(isStaticId(id)).toBe(false);
    },
  );
});
