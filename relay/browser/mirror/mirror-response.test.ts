import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchFromMirror } from './mirror-response.ts';

const address = 'http://preview.localhost:1580/-/cdn/unpkg.com/a';

function createRequest() {
  return new Request('https://unpkg.com/a');
}

function stubFetch(copy: Response, final?: string) {
  if (final) Object.defineProperties(copy, { url: { value: final }, redirected: { value: true } });
  const fetch = vi.fn(async (_address: string, _init: RequestInit) => copy);
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const options = () => ({ timeoutMs: 50, hosts: new Set(['unpkg.com']), onAnswer: vi.fn() });

afterEach(() => void vi.unstubAllGlobals());

describe('fetchFromMirror', () => {
  it('asks without credentials and rebuilds the answer with no address of its own', async () => {
    const fetch = stubFetch(
      new Response('let a', {
        headers: { 'content-type': 'text/javascript', 'content-length': '3', 'x-own': '1' },
      }),
    );
    const given = options();
    const response = await fetchFromMirror(createRequest(), address, given);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: 'GET', mode: 'cors', credentials: 'omit' });
    expect(response.url).toBe('');
    expect(Object.fromEntries(response.headers)).toEqual({
      'access-control-allow-origin': '*',
      'content-type': 'text/javascript',
    });
    expect(await response.text()).toBe('let a');
    expect(given.onAnswer).toHaveBeenCalledExactlyOnceWith(3);
  });

  it('passes errors of the mirror on', async () => {
    stubFetch(new Response('no such package', { status: 404 }));
    expect((await fetchFromMirror(createRequest(), address, options())).status).toBe(404);
  });

  it('turns a redirect within the mirror into one between the CDN’s addresses', async () => {
    stubFetch(new Response('x'), 'http://preview.localhost:1580/-/cdn/unpkg.com/a@1.0.0/index.js');
    const response = await fetchFromMirror(createRequest(), address, options());
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('https://unpkg.com/a@1.0.0/index.js');
  });

  it('says what could not be fetched, from where and why', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(fetchFromMirror(createRequest(), address, options())).rejects.toThrow(
      `https://unpkg.com/a could not be had from the preview server (${address}): Failed to fetch.`,
    );
  });

  it('gives up after the time-out', async () => {
    vi.stubGlobal(
      'fetch',
      (_: string, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    await expect(fetchFromMirror(createRequest(), address, options())).rejects.toThrow(
      'no answer within 0.05 s',
    );
  });
});
