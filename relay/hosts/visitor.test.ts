import { describe, expect, it } from 'vitest';
import { cleanTarget, readVisitor, sessionCookie } from './visitor.ts';

describe('readVisitor', () => {
  it.each([
    [{ url: '/?preview_token=a&preview_token=b' }, { queryToken: 'a' }],
    [{ url: '/?preview_token=a%2Fb' }, { queryToken: 'a/b' }],
    [{ headers: { 'csb-preview-token': 'a' } }, { token: 'a' }],
    [{ headers: { authorization: 'Bearer abc-_~.+/=' } }, { token: 'abc-_~.+/=' }],
    [{ headers: { authorization: 'bearer a' } }, { token: 'a' }],
    [{ headers: { authorization: 'Basic a' } }, {}],
    [{ headers: { authorization: 'Bearer a b' } }, {}],
    [{ headers: { cookie: 'csb_preview_token=a' } }, { token: 'a' }],
    [{ headers: { cookie: 'x=1; __Host-preview_session=s' } }, { session: 's' }],
    [{ headers: { cookie: 'preview_session=s' } }, {}],
    [{ headers: { cookie: ';;=;' } }, {}],
  ])('of %j by TLS', (request, expected) => {
    expect(readVisitor({ url: '/', headers: {}, ...request }, true)).toEqual({
      queryToken: undefined,
      token: undefined,
      session: undefined,
      ...expected,
    });
  });

  it('takes the cookie of plain http without TLS only', () => {
    const headers = { cookie: '__Host-preview_session=a; preview_session=b' };
    expect(readVisitor({ url: '/', headers }, false).session).toBe('b');
  });
});

describe('cleanTarget', () => {
  it.each([
    ['/?preview_token=a', '/'],
    ['/a%20b?x=1&preview_token=a&y=%26', '/a%20b?x=1&y=%26'],
    ['/?preview%5Ftoken=a&x', '/?x'],
    ['//evil.example/?preview_token=a', '/evil.example/'],
    ['/\\evil.example?preview_token=a', '/evil.example'],
    ['/?%=1&preview_token=a', '/?%=1'],
    ['/?xpreview_token=a', '/?xpreview_token=a'],
  ])('of %s is %s', (url, expected) => {
    expect(cleanTarget({ url })).toBe(expected);
  });
});

describe('sessionCookie', () => {
  const session = { secret: 'pks_x', expiresAt: 90_500 };

  it('is for this host alone, over TLS, and in the partition of the page around it', () => {
    expect(sessionCookie(session, { isSecure: true, now: 30_000 })).toBe(
      '__Host-preview_session=pks_x; Max-Age=60; Path=/; HttpOnly; Secure; Partitioned; SameSite=None',
    );
  });

  it('works at localhost without TLS', () => {
    expect(sessionCookie(session, { isSecure: false, now: 100_000 })).toBe(
      'preview_session=pks_x; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    );
  });
});
