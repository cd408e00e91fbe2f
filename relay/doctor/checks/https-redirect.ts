// Plain HTTP has to lead to HTTPS, on the same host.
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, okUnless, skip, warn } from '../finding.ts';
import { describeAnswer } from '../relay-signs.ts';

export const httpsRedirect: Check = {
  id: 'https-redirect',
  group: 'Network',
  title: 'HTTP leads to HTTPS',
  looksAt: 'Port 80 redirects the base host and previews to HTTPS on the same host',
  fix: 'Put `return 301 https://$host$request_uri;` into the server for port 80',
  needs: ['port'],
  yieldsTo: ['dns-same'],
  run: async (context) => {
    const { url, staticHost } = context.subject;
    if (url.protocol === 'http:') return skip('previews are on localhost, where plain HTTP will do');
    if (url.port !== '') return skip(`the address has a port of its own, ${url.port}`);
    const { port } = await context.names.addresses(url.hostname);
    if (port !== undefined) return skip('--resolve names a port, so port 80 is not known');
    const faults = await Promise.all([url.hostname, staticHost].map((host) => look(context, host)));
    return okUnless(
      faults.flat().slice(0, 1),
      'a redirect to https:// on the same host',
      'both hosts redirect',
    );
  },
};

async function look({ http }: CheckContext, host: string): Promise<Outcome[]> {
  const expected = `http://${host}/ redirects to https://${host}/`;
  const remedy = 'In the server for port 80: `return 301 https://$host$request_uri;`';
  try {
    const answer = await http.get(`http://${host}/`);
    const location = answer.header('location');
    if (answer.status >= 300 && answer.status < 400 && location) {
      if (location.startsWith(`https://${host}`)) return [];
      return [fail(expected, `it redirects to ${location}`, remedy)];
    }
    return [fail(expected, describeAnswer(answer), remedy)];
  } catch (error) {
    return [
      warn(
        expected,
        (error as Error).message,
        'Previews work without it. For people who type the address, let nginx listen on port 80 and redirect.',
      ),
    ];
  }
}
