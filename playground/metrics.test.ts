import { describe, expect, it } from 'vitest';
import { parseMetrics } from './metrics.ts';

const answer = {
  type: 'preview-kit:metrics',
  origin: 'http://abc-preview.localhost:1580',
  requests: 12,
  bytes: 34_567,
};

describe('parseMetrics', () => {
  it('accepts the kit’s answer', () => {
    expect(parseMetrics(answer)).toEqual({ origin: answer.origin, requests: 12, bytes: 34_567 });
  });

  it.each([
    null,
    'preview-kit:metrics',
    { ...answer, type: 'console' },
    { ...answer, origin: 'javascript:alert(1)' },
    { ...answer, origin: 'http://abc-preview.localhost:1580/path' },
    { ...answer, requests: -1 },
    { ...answer, bytes: '12' },
    { ...answer, bytes: Number.NaN },
  ])('refuses %j', (data) => {
    expect(parseMetrics(data)).toBeNull();
  });
});
