import { describe, expect, it } from 'vitest';
import { permissionsPolicy } from '../../shared/permissions-policy.ts';
import { buildPreviewResponse } from './preview-response.ts';

const html = { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: '<p>é' };

const unlimited = { policy: '', prelude: '', listener: '', prepare: (html: string) => html };

describe('buildPreviewResponse', () => {
  it('passes status, headers and body on, and is not stored', async () => {
    const { response, bytes } = buildPreviewResponse({ ...html, status: 404 }, 'GET', unlimited);
    expect(response.status).toBe(404);
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'origin-agent-cluster': '?1',
      'permissions-policy': permissionsPolicy,
    });
    expect(await response.text()).toBe('<p>é');
    expect(bytes).toBe(5);
  });

  it.each([
    ['text/css', 'text/css; charset=utf-8'],
    ['text/html; charset=iso-8859-1', 'text/html; charset=iso-8859-1'],
    ['image/svg+xml', 'image/svg+xml'],
  ])('says that text is UTF-8: %s → %s', (type, sent) => {
    const { response } = buildPreviewResponse(
      { status: 200, headers: { 'Content-Type': type }, body: 'é' },
      'GET',
      unlimited,
    );
    expect(response.headers.get('content-type')).toBe(sent);
  });

  it('does not guess a type that the client did not give, nor forbid the browser to', () => {
    const { response } = buildPreviewResponse({ status: 200, headers: {}, body: 'x' }, 'GET', unlimited);
    expect(response.headers.get('content-type')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBeNull();
  });

  it('leaves bytes and their type alone', async () => {
    const body = new Uint8Array([0xff, 0x00]);
    const { response } = buildPreviewResponse(
      { status: 200, headers: { 'Content-Type': 'text/plain' }, body },
      'GET',
      unlimited,
    );
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(body);
  });

  it('takes off the byte order mark that the client made text of the body', async () => {
    const page = (body: string) =>
      `<!DOCTYPE html>\n<html lang="en"><head></head><body class="a">${body}</body></html>`;
    const { response } = buildPreviewResponse({ ...html, body: page('\uFEFF<p>a\uFEFF') }, 'GET', unlimited);
    expect(await response.text()).toBe(page('<p>a\uFEFF'));
  });

  it('answers HEAD with headers only', async () => {
    const { response, bytes } = buildPreviewResponse(html, 'HEAD', unlimited);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toBe('');
    expect(bytes).toBe(0);
  });

  it('gives 204 no body, which would throw', () => {
    expect(buildPreviewResponse({ ...html, status: 204 }, 'GET', unlimited).response.status).toBe(204);
  });

  it('throws on a header that is none', () => {
    expect(() => buildPreviewResponse({ ...html, headers: { 'a b': 'c' } }, 'GET', unlimited)).toThrow(
      TypeError,
    );
  });

  it('makes the frames of an HTML document ready, given as text or as bytes, and of nothing else', async () => {
    const limits = { ...unlimited, prepare: (html: string) => html.replace('frame', 'ready') };
    const text = async (type: string, body: string | Uint8Array<ArrayBuffer>) =>
      buildPreviewResponse(
        { status: 200, headers: { 'content-type': type }, body } as never,
        'GET',
        limits,
      ).response.text();
    expect(await text('text/html', 'é frame')).toBe('é ready');
    expect(await text('text/html', new TextEncoder().encode('é frame'))).toBe('é ready');
    expect(await text('text/css', 'é frame')).toBe('é frame');
  });
});
