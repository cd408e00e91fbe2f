// Mistakes about published pages: the API's host, LibreChat's token, the sign-in, domains of the operator's own.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { apiHostname, ownDomain } from '../rig/deployment.ts';
import { file, type Mistake, nginx, spa, zone } from './mistake.ts';

const run = promisify(execFile);

/** Has the deployment's files name another host for the API. */
const apiAt = (name: string) =>
  file('relay.env', (usual) => usual.replace(`API_HOSTNAME=${apiHostname}`, `API_HOSTNAME=${name}`));

export const pagesMistakes: Mistake[] = [
  {
    name: 'no record for the API',
    plant: apiAt('pages.example.org'),
    fails: ['api-dns'],
    remedy: /pages\.example\.org\. A 127\.77\.0\.1/,
  },
  {
    name: 'the API at another server',
    plant: zone((usual) => usual.replace(/^pages .*$/m, 'pages A 127.77.0.2')),
    fails: ['api-dns'],
    remedy: /Change the record to `pages\.example\.test\. A 127\.77\.0\.1`/,
  },
  {
    name: 'an API one level below the wildcard of the certificate',
    plant: apiAt('pages.kit.example.test'),
    fails: ['api-certificate'],
    remedy: /npm run setup -- --yes --api-host pages\.kit\.example\.test.*certbot\/issue\.sh/,
  },
  {
    name: 'the API’s name at LibreChat’s page',
    plant: nginx((usual) => ({ apiLocation: spa(usual) })),
    fails: ['api-answers'],
    remedy: /server for pages\.example\.test: `location \/ \{ proxy_pass/,
  },
  {
    name: 'an API that the relay does not know',
    plant: async (deployment) => {
      await apiAt('other.example.test')(deployment);
      await deployment.setNginx(() => ({ apiName: 'other.example.test' }));
      return undefined;
    },
    fails: ['api-answers'],
    remedy: /API_HOSTNAME=other\.example\.test/,
  },
  {
    name: 'a token in LibreChat that the relay does not know',
    plant: file('librechat.env', (usual) =>
      usual.replace(/^PREVIEW_KIT_TOKEN=.*$/m, `PREVIEW_KIT_TOKEN=pka_${'x'.repeat(43)}`),
    ),
    fails: ['chat-token'],
    remedy: /npm run setup -- --yes --publish yes/,
  },
  {
    name: 'a token in LibreChat, and no name at which the relay takes it',
    plant: file('relay.env', (usual) => usual.replace(/^API_.*\n/gm, '')),
    fails: ['chat-token'],
    remedy: /API_ALIASES=relay/,
  },
  {
    name: 'state of pages that is read-only',
    plant: async ({ folder }) => {
      const state = join(folder, 'data', 'state');
      await run('mount', ['--bind', state, state]);
      await run('mount', ['-o', 'remount,bind,ro', state]);
      return { undo: () => run('umount', ['--lazy', state]) };
    },
    fails: ['pages-state'],
    remedy: /mounted read-only there/,
  },
  {
    name: 'a sign-in that is not there',
    plant: file('relay.env', (usual) =>
      usual.replace(/^SIGN_IN_AUTH_URL=.*$/m, 'SIGN_IN_AUTH_URL=http://127.0.0.1:9/auth'),
    ),
    fails: ['sign-in'],
    remedy: /SIGN_IN_AUTH_URL in relay\.env/,
  },
  {
    name: 'a sign-in that lets everybody in',
    plant: async ({ setFile, librechatPort }) => {
      await setFile('relay.env', (usual) =>
        usual.replace(/^SIGN_IN_AUTH_URL=.*$/m, `SIGN_IN_AUTH_URL=http://127.0.0.1:${librechatPort}/`),
      );
      return undefined;
    },
    fails: ['sign-in'],
    remedy: /auth_request would ask/,
  },
  {
    name: 'a domain that points elsewhere',
    plant: zone((usual) => usual.replace(/^demo .*$/m, 'demo A 127.77.0.2')),
    fails: ['domain-dns'],
    remedy: /demo\.example\.test\. A 127\.77\.0\.1/,
  },
  {
    name: 'a domain without a certificate of its own',
    plant: async ({ ca, setNginx }) => {
      const other = await ca.issue({ names: ['other.example.test'] });
      await setNginx((usual) => ({
        domainName: 'unused.example.test',
        more: `server { listen 127.77.0.1:443 ssl http2; server_name ${ownDomain}; ssl_certificate ${other.certFile}; ssl_certificate_key ${other.keyFile}; location / { ${usual.domainLocation} } }`,
      }));
      return undefined;
    },
    fails: ['domain-certificate'],
    remedy: /certbot\/issue\.sh demo\.example\.test/,
  },
  {
    name: 'a domain whose server shows something else',
    plant: nginx((usual) => ({ domainLocation: spa(usual) })),
    fails: ['domain-answers'],
    remedy: /deploy\/nginx\/demo\.example\.test\.conf/,
  },
  {
    name: 'a domain that drops Host',
    plant: nginx(({ domainLocation }) => ({
      domainLocation: domainLocation.replace('$http_host', 'unknown.example.test'),
    })),
    fails: ['domain-answers'],
    remedy: /share -- domain add <name> demo\.example\.test/,
  },
];
