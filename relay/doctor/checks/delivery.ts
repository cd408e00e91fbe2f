// How the relay's answers are delivered: kept, compressed, and without cookies.
import { lifetimes } from '../../http/headers.ts';
import type { Check } from '../check.ts';
import { fail, type Outcome, ok, okUnless, skip, warn } from '../finding.ts';
import type { Answer } from '../http-probe.ts';
import { assetUrl, fetchPages } from '../relay-pages.ts';

export const caching: Check = {
  id: 'caching',
  group: 'Headers',
  title: 'Cache lifetimes arrive',
  looksAt:
    'The bundler’s files are immutable, pages are revalidated and answered with 304, and no cache of the proxy answers for the relay',
  fix: 'Remove `expires`, `add_header Cache-Control`, `proxy_cache` and `etag off` from the relay’s server',
  needs: ['host-header'],
  run: async (context) => {
    const { shell, frame } = await fetchPages(context);
    const remedy =
      'Remove `expires`, `add_header Cache-Control`, `proxy_cache` and `etag off` from the relay’s server: the relay says what may be kept, and for how long.';
    const url = await assetUrl(context);
    const asset = url ? await context.http.get(url) : undefined;
    const faults: Outcome[] = [];
    const want = (answer: Answer, value: string): void => {
      const found = answer.header('cache-control');
      if (found !== value)
        faults.push(fail(`Cache-Control: ${value}`, `${answer.url} has ${found ?? 'none'}`, remedy));
    };
    if (asset) want(asset, lifetimes.immutable);
    for (const page of [shell, frame]) {
      want(page, lifetimes.revalidate);
      const age =
        page.header('age') ?? (/hit/i.test(page.header('x-cache') ?? '') ? 'from a cache' : undefined);
      if (age !== undefined)
        faults.push(
          fail('pages straight from the relay', `${page.url} comes from a cache (Age: ${age})`, remedy),
        );
    }
    const etag = shell.header('etag');
    const again = etag && (await context.http.get(shell.url, { headers: { 'if-none-match': etag } }));
    if (!again) faults.push(fail('an ETag on pages', `${shell.url} has none`, remedy));
    else if (again.status !== 304)
      faults.push(fail('304 when nothing has changed', `${shell.url}: ${again.status}`, remedy));
    return okUnless(faults.slice(0, 1), 'the relay’s lifetimes', 'unchanged');
  },
};

export const compression: Check = {
  id: 'compression',
  group: 'Headers',
  title: 'Compressed files arrive compressed',
  looksAt: 'The bundler’s files arrive in the encoding that the browser offers: brotli or gzip',
  fix: 'Remove `proxy_set_header Accept-Encoding "";` from the relay’s server',
  needs: ['host-header'],
  run: async (context) => {
    const url = await assetUrl(context);
    if (!url) return skip('the page of previews names no script');
    const faults: Outcome[] = [];
    for (const encoding of ['br', 'gzip']) {
      const answer = await context.http.get(url, { headers: { 'accept-encoding': encoding } });
      const found = answer.header('content-encoding') ?? 'none';
      if (found !== encoding)
        faults.push(
          warn(
            `Content-Encoding: ${encoding}`,
            `${url} has ${found}`,
            'Previews open more slowly. Remove `proxy_set_header Accept-Encoding "";` from the relay’s server.',
          ),
        );
    }
    return okUnless(faults.slice(0, 1), 'brotli and gzip', 'both');
  },
};

export const cookies: Check = {
  id: 'cookies',
  group: 'Headers',
  title: 'No cookies on preview hosts',
  looksAt: 'No answer sets a cookie: artifacts could read it, and it would tie previews together',
  fix: 'Switch off what adds it for these hosts, such as sticky sessions or a login',
  needs: ['host-header'],
  run: async (context) => {
    const { shell, frame, relayFrame, workers } = await fetchPages(context);
    const found = [shell, frame, relayFrame, ...workers].find(
      (answer) => answer.all('set-cookie').length > 0,
    );
    if (!found) return ok('no Set-Cookie', 'none');
    const names = found.all('set-cookie').map((cookie) => cookie.split('=')[0]);
    return fail(
      'no Set-Cookie',
      `${found.url} sets ${names.join(', ')}`,
      'The relay sets none. Switch off what adds it for these hosts: sticky sessions of a load balancer, a login in front, or `add_header Set-Cookie`.',
    );
  },
};
