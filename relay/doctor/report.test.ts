import { describe, expect, it } from 'vitest';
import type { Check } from './check.ts';
import { type Finding, fail, ok, skip, warn } from './finding.ts';
import { formatReport } from './report.ts';

const check = (id: string, group: Check['group']): Check => ({
  id,
  group,
  title: `Check ${id}`,
  looksAt: '',
  fix: '',
  run: () => ok('', ''),
});
const checks = [check('a', 'Network'), check('b', 'Network'), check('c', 'Proxy'), check('d', 'Proxy')];

function report(outcomes: Record<string, Omit<Finding, 'id' | 'title'>>, color = false): string {
  const findings = Object.entries(outcomes).map(([id, outcome]) => ({
    id,
    title: `Check ${id}`,
    ...outcome,
  }));
  return formatReport({ ok: true, url: '', checkedAt: '', findings }, checks, {
    heading: 'https://preview.example.com',
    color,
    width: 60,
    ms: 1234,
  });
}

describe('formatReport', () => {
  it('aligns what is fine, explains what is not, and tells what was skipped for one reason once', () => {
    const remedy = 'Write `add_header X-One "one two"; add_header` here.';
    expect(
      report({
        a: ok('', '203.0.113.5'),
        b: fail('an address', 'none', remedy),
        c: skip('not looked at'),
        d: skip('not looked at'),
      }),
    ).toBe(`https://preview.example.com

Network
  ✓ Check a  203.0.113.5
  ✗ Check b
      expected  an address
      found     none
      fix       Write
                \`add_header X-One "one two"; add_header\`
                here.

Proxy
  – 2 checks not looked at

Something is wrong: 1 failed, 1 fine, 2 not looked at, in 1.2 s. Begin with “Check b”.`);
  });

  it('calls a deployment with warnings healthy', () => {
    expect(report({ a: warn('x', 'y', 'z') })).toContain('This deployment is healthy: 1 warning, in 1.2 s.');
  });

  it('uses colours only when it is told to', () => {
    expect(report({ a: fail('x', 'y', 'z') })).not.toContain('\u001b');
    expect(report({ a: fail('x', 'y', 'z') }, true)).toContain('\u001b[31m✗ Check a\u001b[0m');
  });
});
