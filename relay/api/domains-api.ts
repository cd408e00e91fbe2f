// `/api/shares/<name>/domains`: domains of the operator's own for somebody's page. Only the operator's tokens may.
import { type Request, type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import type { ApiTokens } from '../hosts/api-tokens.ts';
import { recordAct } from '../hosts/audit.ts';
import { type KnownNames, readDomain } from '../hosts/domain-name.ts';
import type { HostDomains } from '../hosts/host-domains.ts';
import type { HostRegistry } from '../hosts/host-registry.ts';
import { ShareMissing } from '../shares/share-service.ts';
import { CallRefused } from './api-errors.ts';
import { authenticate } from './authenticate.ts';
import { type PublicPlace, viewDomain } from './share-views.ts';
import { answerFailure } from './shares-api.ts';

/** What calls are answered with. */
export interface DomainsApiParts {
  hosts: HostRegistry;
  domains: HostDomains;
  apiTokens: ApiTokens;
}

/** Builds the router, to be mounted at `/api`. @param options `names`: what no domain may be */
export function createDomainsApi(options: {
  open: () => Promise<DomainsApiParts>;
  place: (req: Request) => PublicPlace;
  names: KnownNames;
  log: Logger;
}): Router {
  const { open, place, names, log } = options;
  const router = Router();
  const call =
    (
      handle: (found: { parts: DomainsApiParts; hostId: string; actor: string; req: Request }) => Promise<{
        status?: number;
        body: object;
      }>,
    ): RequestHandler =>
    async (req, res) => {
      res.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
      const parts = await open();
      const actor = await authenticate(req, parts.apiTokens, 'operator');
      const host = await parts.hosts.find(String(req.params.name));
      if (!host || host.deleted_at !== null) throw new ShareMissing(String(req.params.name));
      const { status = 200, body } = await handle({ parts, hostId: host.id, actor: actor.name, req });
      res.status(status).json(body);
    };
  const record = (
    { hosts }: DomainsApiParts,
    act: { actor: string; action: string; hostId: string; domain: string },
  ) => recordAct(hosts.db, { ...act, detail: { domain: act.domain } }, hosts.now());

  router.get(
    '/shares/:name/domains',
    call(async ({ parts, hostId, req }) => ({
      body: {
        domains: (await parts.domains.list(hostId)).map((domain) => viewDomain(domain, place(req))),
      },
    })),
  );
  router.put(
    '/shares/:name/domains/:domain',
    call(async ({ parts, hostId, actor, req }) => {
      const domain = readDomain(String(req.params.domain), names);
      const outcome = await parts.domains.add(hostId, domain);
      if (outcome === 'taken')
        throw new CallRefused(
          409,
          'DOMAIN_TAKEN',
          `${domain} is another page’s. Remove it there first: \`npm run share -- domain list\` names the page.`,
        );
      if (outcome === 'added') await record(parts, { actor, action: 'share.domain.add', hostId, domain });
      const [added] = (await parts.domains.list(hostId)).filter((each) => each.domain === domain);
      return {
        status: outcome === 'added' ? 201 : 200,
        body: added ? viewDomain(added, place(req)) : {},
      };
    }),
  );
  router.delete(
    '/shares/:name/domains/:domain',
    call(async ({ parts, hostId, actor, req }) => {
      const domain = readDomain(String(req.params.domain), names);
      if (!(await parts.domains.remove(hostId, domain)))
        throw new CallRefused(
          404,
          'DOMAIN_NOT_FOUND',
          `${domain} is no domain of the page “${String(req.params.name)}”.`,
        );
      await record(parts, { actor, action: 'share.domain.remove', hostId, domain });
      return { body: { removed: domain } };
    }),
  );
  router.use(answerFailure(log));
  return router;
}
