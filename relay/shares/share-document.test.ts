import { describe, expect, it } from 'vitest';
import { renderDocument, type ShareSurroundings, shareHeaders } from './share-document.ts';
import type { ShareSettings } from './share-service.ts';

const around: ShareSurroundings = {
  base: 'https://preview.example.com',
  origin: 'https://tides-preview.example.com',
  egress: {
    mode: 'mirror',
    allow: ['https://api.example.com', 'https://*.tile.example.com'],
    mirroredHosts: ['unpkg.com'],
  },
  innerScript: '(function(config){\n"use strict"})',
};
const plain: ShareSettings = {
  bar: false,
  publisher: '',
  download: true,
  index: false,
  embedOrigins: [],
  egress: [],
};

describe('renderDocument', () => {
  it('sends CDN addresses home, and brings the script and the policy along', () => {
    const html = '<!doctype html>\n<script src="https://unpkg.com/react"></script><p>https://unpkg.com/</p>';
    const shown = renderDocument(html, plain, around);
    expect(shown).toContain('<script src="https://preview.example.com/-/inner/unpkg.com/react">');
    expect(shown).toContain('<p>https://unpkg.com/</p>');
    expect(shown).toMatch(
      /^<!doctype html><meta http-equiv="Content-Security-Policy"[^>]*><script data-preview-kit>[^\n]*<\/script>\n/,
    );
    expect(shown).toContain('"role":"inner"');
  });

  it('changes nothing where artifacts may reach nothing', () => {
    const html = '<script src="https://unpkg.com/react"></script>';
    expect(renderDocument(html, plain, { ...around, egress: { ...around.egress, mode: 'none' } })).toBe(html);
  });
});

describe('shareHeaders', () => {
  const policyOf = (settings: Partial<ShareSettings>, egress = around.egress) =>
    shareHeaders({ ...plain, ...settings }, true, { ...around, egress })['Content-Security-Policy'];

  it('lets a share reach the kit alone, and be framed by nobody', () => {
    expect(policyOf({})).toBe(
      "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval' https://preview.example.com; form-action 'self' https://preview.example.com; base-uri 'self'; frame-ancestors 'self'",
    );
  });

  it('lets it reach what its publisher asked for and the operator allows', () => {
    const egress = [
      'https://api.example.com',
      'https://a.tile.example.com',
      'https://evil.example',
      'http://b.tile.example.com',
    ];
    const policy = policyOf({ egress });
    expect(policy).toContain(
      'https://preview.example.com https://api.example.com https://a.tile.example.com;',
    );
    expect(policy).not.toMatch(/evil|http:/);
    expect(policyOf({ egress }, { ...around.egress, mode: 'open' })).toContain('https://evil.example');
    expect(policyOf({ egress }, { ...around.egress, mode: 'none' })).not.toContain('api.example.com');
  });

  it('lets the sites frame it that its publisher names', () => {
    expect(policyOf({ embedOrigins: ['https://wiki.example.com'] })).toContain(
      "frame-ancestors 'self' https://wiki.example.com",
    );
  });

  it('is listed by search engines when it is public and says so', () => {
    const robots = (isPublic: boolean, index: boolean) =>
      shareHeaders({ ...plain, index }, isPublic, around)['X-Robots-Tag'];
    expect([robots(true, true), robots(true, false), robots(false, true)]).toEqual([
      undefined,
      'noindex, nofollow',
      'noindex, nofollow',
    ]);
  });
});
