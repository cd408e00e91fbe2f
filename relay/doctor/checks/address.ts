// Can the address be one for previews at all?
import { isIP } from 'node:net';
import type { Check } from '../check.ts';
import { fail, type Outcome, okUnless } from '../finding.ts';
import { isLocalhost } from '../subject.ts';

const form = 'an address such as https://preview.example.com';

export const address: Check = {
  id: 'address',
  group: 'Address',
  title: 'Address of previews',
  looksAt: 'The address uses HTTPS, is a DNS name of at least two labels, and has no path',
  fix: 'Use `https://<name>`, with a DNS name that belongs to previews alone',
  run: ({ subject: { url, givenUrl, urlSource } }) => {
    const faults: Outcome[] = [];
    const add = (found: string, remedy: string): void => {
      faults.push(fail(form, `${urlSource} is ${givenUrl}: ${found}`, remedy));
    };
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (url.protocol === 'http:' && !isLocalhost(host) && !isIP(host))
      add(
        'plain HTTP',
        `Use https://${url.host}. Browsers offer no service workers over HTTP, and block such frames in an HTTPS page.`,
      );
    if (isIP(host))
      add(
        'an IP address',
        'Use a DNS name: every preview opens at <id>-<name>, and nothing can be put in front of an IP address.',
      );
    else if (!host.includes('.'))
      add('a name of one label', 'Use the full name that browsers can resolve, with its domain.');
    if ((host.split('.')[0] ?? '').length > 40)
      add(
        'a first label of more than 40 characters',
        'Use a shorter one: an id is put in front of it, and DNS limits a label to 63 characters.',
      );
    if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
      add(
        'more than an origin',
        `Use ${url.origin} and give the relay a host of its own: LibreChat’s client drops the path for static previews, and the relay does not serve sub-paths.`,
      );
    if (url.username !== '') add('a user name in it', `Use ${url.origin}.`);
    return okUnless(faults, form, url.origin);
  },
};
