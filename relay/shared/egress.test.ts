import { describe, expect, it } from 'vitest';
import { mirroredHosts } from '../packages/cdn/dialects.ts';
import { type Egress, egressDirectives, explainBlocked, innerDirectives, policyStart } from './egress.ts';

const egress: Egress = {
  mode: 'mirror',
  allow: ['https://api.example.com', 'wss://*.example.com'],
  mirroredHosts: ['unpkg.com', 'cdn.jsdelivr.net'],
};
const base = 'preview.example.com';

describe('A content policy', () => {
  it('allows the kit, its mirror and what the operator lists', () => {
    const inside = "'self' data: blob: 'unsafe-inline' 'unsafe-eval'";
    const listed = 'https://api.example.com wss://*.example.com';
    expect(egressDirectives(egress, base)).toBe(
      `default-src ${inside} ${base} unpkg.com cdn.jsdelivr.net ${listed}; frame-src 'self' ${base} ${listed}; worker-src blob: 'self' ${base} ${listed}; form-action 'self' ${base} ${listed}`,
    );
  });

  it('is told from one of the artifact’s own by how it begins', () => {
    expect(egressDirectives(egress, base).startsWith(policyStart)).toBe(true);
    expect(egressDirectives({ ...egress, mode: 'none' }, base).startsWith(policyStart)).toBe(true);
    expect(explainBlocked({ mode: 'mirror' }, 'https://api.test/x', false)).toBe(
      'https://api.test/x is blocked by a content policy of the artifact’s own.',
    );
  });

  it('leaves CDN hosts out where no service worker answers for them', () => {
    const origin = 'https://r1-preview.example.com';
    const policy = innerDirectives(egress, base, origin);
    expect(policy).toContain(` ${base} ${origin} https://api.example.com`);
    expect(policy).not.toMatch(/unpkg|jsdelivr|frame-src/);
  });

  it('is short enough for the 4 kB that proxies keep for all headers', () => {
    expect(egressDirectives({ ...egress, mirroredHosts }, base).length).toBeLessThan(2500);
  });

  it('allows the kit only, or everything', () => {
    const none = egressDirectives({ ...egress, mode: 'none' }, base);
    expect(none).toContain('preview.example.com');
    expect(none).not.toMatch(/unpkg|api\.example/);
    expect(egressDirectives({ ...egress, mode: 'open' }, base)).toBe('');
  });
});

describe('What was blocked', () => {
  it('is named with the setting that would allow it', () => {
    expect(explainBlocked({ mode: 'mirror' }, 'https://api.test:8443/x?y', true)).toMatch(
      /EGRESS_ALLOW=https:\/\/api\.test:8443$/,
    );
    expect(explainBlocked({ mode: 'none' }, 'https://api.test/x', true)).toContain('EGRESS=none');
    expect(explainBlocked({ mode: 'mirror' }, 'eval', true)).toBe(
      'eval is blocked by this preview’s content policy.',
    );
  });
});
