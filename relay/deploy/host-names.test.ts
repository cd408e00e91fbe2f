import { describe, expect, it } from 'vitest';
import {
  certificateFor,
  certificatesOf,
  type HostNames,
  nameFaults,
  parseDomain,
  parsePreviewsHost,
  sharesSite,
  wildcardOf,
} from './host-names.ts';

const names = (librechatHost: string, previewsHost: string, domain = 'example.com'): HostNames => ({
  domain,
  librechatHost,
  previewsHost,
});

describe('certificatesOf', () => {
  it.each<[string, HostNames, [string, string[]][]]>([
    [
      'one for both, when both are directly below the domain',
      names('librechat.example.com', 'preview.example.com'),
      [['example.com', ['example.com', '*.example.com']]],
    ],
    [
      'one for LibreChat at the top of the domain',
      names('example.com', 'preview.example.com'),
      [['example.com', ['example.com', '*.example.com']]],
    ],
    [
      'one more for a separate domain of previews',
      names('librechat.example.com', 'preview.example.net'),
      [
        ['example.com', ['example.com', '*.example.com']],
        ['example.net', ['example.net', '*.example.net']],
      ],
    ],
    [
      'one more for previews a level down, because a wildcard stands for one label',
      names('librechat.example.com', 'preview.artifacts.example.com'),
      [
        ['example.com', ['example.com', '*.example.com']],
        ['artifacts.example.com', ['artifacts.example.com', '*.artifacts.example.com']],
      ],
    ],
    [
      'one for the host alone, when LibreChat is further down',
      names('chat.intern.example.com', 'preview.example.com'),
      [
        ['chat.intern.example.com', ['chat.intern.example.com']],
        ['example.com', ['example.com', '*.example.com']],
      ],
    ],
  ])('%s', (_name, given, expected) => {
    expect(certificatesOf(given).map(({ name, names: covered }) => [name, covered])).toEqual(expected);
  });

  it('gives each host one that covers it', () => {
    const given = names('chat.intern.example.com', 'preview.example.net');
    expect(certificateFor(given.librechatHost, given)).toBe('chat.intern.example.com');
    expect(certificateFor(given.previewsHost, given)).toBe('example.net');
  });
});

describe('names', () => {
  it('are wildcards of the zone, not of the base host', () => {
    expect(wildcardOf('preview.example.com')).toBe('*.example.com');
  });

  it('share a site when one may set cookies for the other', () => {
    expect(sharesSite(names('librechat.example.com', 'preview.example.com'))).toBe(true);
    expect(sharesSite(names('librechat.example.com', 'preview.example.net'))).toBe(false);
    expect(sharesSite(names('chat.example.co.uk', 'preview.other.co.uk', 'example.co.uk'))).toBe(false);
  });

  it.each([
    'com',
    'co.uk',
    'github.io',
    'https://example.com',
    'example.com:443',
    '*.example.com',
    '192.0.2.1',
    'exa mple.com',
    '',
  ])('are refused as a domain: %j', (text) => {
    expect(() => parseDomain(text)).toThrow();
  });

  it('are taken in lower case', () => {
    expect(parseDomain(' Example.COM ')).toBe('example.com');
    expect(parseDomain('example.test')).toBe('example.test');
  });

  it.each(['example.net', 'preview.co.uk', 'localhost', `${'p'.repeat(41)}.example.com`])(
    'are refused as base host of previews: %s',
    (text) => {
      expect(() => parsePreviewsHost(text)).toThrow();
    },
  );

  it('have to fit together', () => {
    expect(nameFaults(names('librechat.example.com', 'preview.example.com'))).toEqual([]);
    expect(nameFaults(names('chat.example.org', 'preview.example.com'))).toHaveLength(1);
    expect(nameFaults(names('preview.example.com', 'preview.example.com'))).toHaveLength(1);
    expect(nameFaults(names('chat-preview.example.com', 'preview.example.com'))).toHaveLength(1);
  });
});
