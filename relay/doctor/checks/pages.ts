// Published pages: where their state is, the operator's sign-in, and domains of the operator's own.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFile } from '../../state/state.ts';
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, okUnless, skip } from '../finding.ts';
import { domainsOf, examineCertificate, examineDns } from '../further-host.ts';
import { NoAnswer } from '../http-probe.ts';

export const pagesState: Check = {
  id: 'pages-state',
  group: 'Pages',
  title: 'State of published pages can be written',
  looksAt:
    'The user who runs the doctor can write to the database of pages, and to the folder of their files',
  fix: 'Give both to the relay’s user, or run the doctor as that user',
  needs: ['relay-settings'],
  yieldsTo: ['store-writable', 'disk-space'],
  run: async ({ subject: { isLocal, config, files, env } }) => {
    if (!isLocal || !config) return skip('the relay’s data is elsewhere');
    if (config.shares === 'off') return ok('SHARES=on, if at all', 'SHARES=off');
    const isNamed = env.DATA_DIR !== undefined || files.relay.values.DATA_DIR !== undefined;
    if (!isNamed && files.compose.values.COMPOSE_FILE !== undefined)
      return skip('the store is in a Docker volume', 'Run `compose/kit.sh doctor`, which sees the volume.');
    const database = join(config.dataDir, stateFile);
    const blobs = join(config.dataDir, 'blobs');
    const faults: Outcome[] = [];
    const attempt = async (place: string, write: () => Promise<void>): Promise<void> => {
      if (!existsSync(place)) return;
      await write().catch(({ code }: NodeJS.ErrnoException) =>
        faults.push(
          fail(
            `${place} can be written to`,
            code ?? 'it cannot',
            code === 'EROFS'
              ? `The file system is mounted read-only there: remount it (\`mount -o remount,rw …\`). Until then nothing can be published, and nobody gets in by a link.`
              : 'Give it to the relay’s user: `chown -R <user> <DATA_DIR>`.',
          ),
        ),
      );
    };
    const writeBeside = async (folder: string): Promise<void> => {
      const file = join(folder, `.${randomUUID()}.tmp`);
      await writeFile(file, 'x');
      await rm(file);
    };
    // SQLite writes beside the database, too.
    await attempt(database, async () => (await open(database, 'r+')).close());
    await attempt(join(config.dataDir, 'state'), () => writeBeside(join(config.dataDir, 'state')));
    await attempt(blobs, () => writeBeside(blobs));
    return okUnless(
      faults.slice(0, 1),
      'state that can be written',
      existsSync(database) || existsSync(blobs) ? config.dataDir : 'nothing was published yet',
    );
  },
};

export const signIn: Check = {
  id: 'sign-in',
  group: 'Pages',
  title: 'The sign-in answers',
  looksAt: 'SIGN_IN_AUTH_URL answers, and lets nobody in who is not signed in',
  fix: 'Correct SIGN_IN_AUTH_URL: the address that nginx’s `auth_request` would ask',
  needs: ['relay-settings'],
  run: async ({ subject: { isLocal, config, files }, http }) => {
    const address = config?.signInAuthUrl ?? '';
    if (!isLocal) return skip('the relay’s settings are elsewhere');
    if (address === '') return ok('SIGN_IN_AUTH_URL, if at all', 'there is none');
    const expected = '401, 403 or a redirect to whoever is not signed in';
    const remedy = `Set SIGN_IN_AUTH_URL in ${files.relay.name} to what nginx’s auth_request would ask, e.g. http://oauth2-proxy:4180/oauth2/auth, and restart the relay.`;
    try {
      const { status } = await http.get(address);
      if (status === 401 || status === 403 || (status >= 300 && status < 400))
        return ok(expected, String(status));
      if (status < 300)
        return fail(
          expected,
          `${status}: it lets everybody in, so pages for people who are signed in are public`,
          remedy,
        );
      return fail(expected, String(status), remedy);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const { hostname } = new URL(address);
      if (error.code === 'ENOTFOUND' && !hostname.includes('.'))
        return skip(
          `${hostname} is the name of a container`,
          'Run `compose/kit.sh doctor`, which reaches it.',
        );
      return fail(expected, error.message, remedy);
    }
  },
};

/** A check of each domain that has a server in deploy/nginx. */
function domainCheck(
  row: Omit<Check, 'group' | 'run'>,
  look: (context: CheckContext, domain: string) => Promise<Outcome>,
): Check {
  return {
    ...row,
    group: 'Pages',
    run: async (context) => {
      if (!context.subject.isLocal) return skip('the deployment’s files are elsewhere');
      const domains = await domainsOf(context.subject);
      if (domains.length === 0) return ok('domains of your own, if at all', 'there is none in deploy/nginx');
      const outcomes = await Promise.all(domains.map((domain) => look(context, domain)));
      return okUnless(
        outcomes.filter(({ level }) => level !== 'ok'),
        (outcomes[0] as Outcome).expected,
        domains.join(', '),
      );
    },
  };
}

export const domainDns: Check = domainCheck(
  {
    id: 'domain-dns',
    title: 'DNS of your own domains',
    looksAt: 'Domains with a server in deploy/nginx have an address of the base host’s',
    fix: 'Point the domain to the base host’s address',
    needs: ['relay-settings', 'dns-same', 'port'],
  },
  examineDns,
);

export const domainCertificate: Check = domainCheck(
  {
    id: 'domain-certificate',
    title: 'Certificates of your own domains',
    looksAt: 'The certificate shown for each of them names it, and is trusted',
    fix: 'Run `certbot/issue.sh <domain>`, put its file of deploy/nginx where nginx reads it, and reload nginx',
    needs: ['domain-dns', 'certificate-names', 'certificate-dates', 'certificate-chain'],
  },
  (context, domain) =>
    examineCertificate(
      context,
      domain,
      `Get one with \`sudo certbot/issue.sh ${domain}\`, then \`sudo install -m 644 deploy/nginx/${domain}.conf /etc/nginx/conf.d/ && sudo nginx -t && sudo nginx -s reload\`.`,
    ),
);

export const domainAnswers: Check = domainCheck(
  {
    id: 'domain-answers',
    title: 'Your own domains show their pages',
    looksAt: 'nginx passes each of them on to the relay, and the relay knows it',
    fix: 'Register it with `npm run share -- domain add <name> <domain>`; pass it on with the Host header',
    needs: ['domain-certificate', 'relay-base'],
  },
  async ({ http, subject: { url } }, domain) => {
    const answer = await http.get(`${url.protocol}//${domain}${url.port && `:${url.port}`}/`, {
      headers: { accept: 'application/json' },
    });
    const expected = `a page at ${domain}`;
    const code = (answer.json as { error?: { code?: unknown } } | undefined)?.error?.code;
    if (code === 'HOST_UNKNOWN')
      return fail(
        expected,
        'the relay does not know it',
        `Register it: \`npm run share -- domain add <name> ${domain}\`; or remove deploy/nginx/${domain}.conf. If it is registered, nginx has to pass on the Host header: \`proxy_set_header Host $http_host;\``,
      );
    if (answer.header('origin-agent-cluster') === '?1' || typeof code === 'string')
      return ok(expected, String(answer.status));
    return fail(
      expected,
      `${answer.status}, from something else than the relay`,
      `Use deploy/nginx/${domain}.conf: \`sudo install -m 644 deploy/nginx/${domain}.conf /etc/nginx/conf.d/ && sudo nginx -s reload\`.`,
    );
  },
);
