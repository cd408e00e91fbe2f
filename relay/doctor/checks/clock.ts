// Clocks that differ make certificates, tokens and caches go wrong.
import type { Check } from '../check.ts';
import { fail, ok, skip, warn } from '../finding.ts';

const expected = 'less than 30 s between this clock and the server’s';
const remedy =
  'Set the clock from the network on the machine that is wrong: `timedatectl set-ntp true`, then `timedatectl`.';

export const clock: Check = {
  id: 'clock',
  group: 'Network',
  title: 'The clocks agree',
  looksAt: 'The server’s Date header agrees with this machine’s clock',
  fix: 'Set the wrong clock from the network: `timedatectl set-ntp true`',
  needs: ['port'],
  yieldsTo: ['tls'],
  run: async ({ subject: { url }, http }) => {
    const answer = await http.get(`${url.origin}/healthz`);
    const date = Date.parse(answer.header('date') ?? '');
    if (Number.isNaN(date)) return skip('the server sends no Date header');
    const seconds = Math.round(Math.abs(answer.arrivedAt - date) / 1000);
    const found = `${seconds} s between them: the server says ${answer.header('date')}`;
    if (seconds > 300) return fail(expected, found, remedy);
    return seconds > 30 ? warn(expected, found, remedy) : ok(expected, `${seconds} s apart`);
  },
};
