// Published pages at `<name>-<base host>`: who may see one is decided anew at every request, then a file of it is sent.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostClass } from '../host.ts';
import type { HostDomains } from '../hosts/host-domains.ts';
import { type GateOptions, type GateParts, HostGate } from '../hosts/host-gate.ts';
import type { HostRecord } from '../hosts/host-record.ts';
import type { HostRegistry } from '../hosts/host-registry.ts';
import type { HostReports } from '../hosts/host-reports.ts';
import { RunningAnswers } from '../hosts/running-answers.ts';
import { stateFailure } from '../hosts/state-failure.ts';
import type { ViewCounts } from '../hosts/view-counts.ts';
import { HttpError } from '../http/errors.ts';
import { hostOf } from '../http/host-routing.ts';
import { isNavigation } from '../http/navigation.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { chooseEncoding } from '../http/prepared.ts';
import { pathOf } from '../http/target.ts';
import type { Egress } from '../shared/egress.ts';
import type { OwnPages } from '../shares/own-pages.ts';
import { cameraAgent } from '../shares/page-camera.ts';
import type { ShareAnswers } from '../shares/share-answers.ts';
import type { ShareSurroundings } from '../shares/share-document.ts';
import { settingsOf } from '../shares/share-service.ts';
import type { ShareVersions } from '../shares/share-versions.ts';
import type { VersionPictures } from '../shares/version-pictures.ts';

/** What the surface needs of the state, once it is open. */
export interface ShareParts extends GateParts {
  hosts: HostRegistry;
  domains: HostDomains;
  answers: ShareAnswers;
  views: ViewCounts;
  versions: ShareVersions;
  reports: HostReports;
  pictures: VersionPictures;
}

/** How the surface is made. */
export interface SharesOptions extends GateOptions {
  /** The state; undefined where nothing was ever published. It is not called for hosts that can be no share. */
  open: () => Promise<ShareParts | undefined>;
  egress: Egress;
  /** Text of the built script for documents. */
  innerScript: string;
  /** Whether shares that want one have a bar. */
  hasBars: boolean;
  /** What the kit itself answers on a share's host. */
  own: OwnPages;
  /** Said in place of every share; empty while they are shown. */
  maintenance?: string;
}

/** After which to ask again, while shares are not shown. */
const maintenanceSeconds = 300;

/** Answers hosts with names and domains of the operator's own; hands those on that are no share. */
export function createShares(options: SharesOptions): PlainHandler {
  const running = new RunningAnswers();
  return (req, res, next) => {
    const host = hostOf(res);
    if (host.kind !== 'named' && host.kind !== 'foreign') return next();
    const answer = async (parts: ShareParts | undefined): Promise<void> => {
      if (!parts || (host.kind === 'foreign' && !(await parts.domains.has(host.domain)))) return next();
      if (options.maintenance) {
        res.setHeader('Retry-After', String(maintenanceSeconds));
        throw new HttpError('MAINTENANCE', options.maintenance);
      }
      await new ShareRequest(options, parts, running, host, req, res).answer();
    };
    options
      .open()
      .then(answer)
      .catch((error) => next(stateFailure(error) ?? error));
  };
}

/** Where a request asks. */
type SharePlace = Extract<HostClass, { kind: 'named' | 'foreign' }>;
const isCamera = ({ headers }: IncomingMessage) => headers['user-agent'] === cameraAgent;

class ShareRequest {
  readonly #gate: HostGate;

  constructor(
    readonly options: SharesOptions,
    readonly parts: ShareParts,
    readonly running: RunningAnswers,
    readonly place: SharePlace,
    readonly req: IncomingMessage,
    readonly res: ServerResponse,
  ) {
    this.#gate = new HostGate(options, parts, req, res, place.authority);
  }

  /** @throws HttpError */
  async answer(): Promise<void> {
    const { parts, req, res, options } = this;
    const host = await this.#gate.admit(await this.#find());
    if (!host) return;
    if (!options.own.owns(pathOf(req))) return this.#send(host);
    const { origin, clientAddress } = this.#gate;
    await options.own.answer({ req, res, host, url: `${origin}/`, address: clientAddress }, parts);
  }

  async #send(host: HostRecord): Promise<void> {
    const { parts, req, res, place, options } = this;
    if (!isRead(req)) throw new HttpError('METHOD_NOT_ALLOWED', req.method ?? '');
    // It could answer in place of the kit's own pages, and of the page that is published next.
    if (req.headers['service-worker'] !== undefined)
      throw new HttpError('PAGE_NOT_FOUND', 'service worker for published pages');
    const around: ShareSurroundings = {
      base: `${this.#gate.scheme}://${this.place.baseAuthority}`,
      origin: this.#gate.origin,
      egress: options.egress,
      innerScript: options.innerScript,
      hasBars: options.hasBars,
      hasPictures: await parts.pictures.isReady(),
    };
    // Parts are of the file as it is.
    const encoding = req.headers.range === undefined ? chooseEncoding(req) : 'identity';
    const found = await parts.answers.find(host, pathOf(req), around, encoding);
    if (!found && pathOf(req) === '/favicon.ico') return options.own.sendFavicon(req, res);
    if (!found) throw new HttpError('PAGE_NOT_FOUND', `file ${pathOf(req).slice(0, 120)}`);
    if (found.isDocument && place.kind === 'named') await this.#nameDomain(host);
    // The frame below a bar, and what programs ask for, get the document itself.
    const isWhole = req.headers['sec-fetch-dest'] === 'document';
    if (found.isDocument && isWhole && options.hasBars && settingsOf(host).bar)
      return parts.answers.barFor(host, found, around, options.own.fingerprint).send(req, res);
    if (found.isDocument && req.method === 'GET' && isNavigation(req) && !isCamera(req))
      parts.views.count(host.id);
    found.response.send(req, res);
    this.running.watch(res, async () => this.#gate.remains(await this.#find()));
  }

  #find(): Promise<HostRecord | undefined> {
    const { parts, place } = this;
    return place.kind === 'named' ? parts.hosts.find(place.name) : parts.hosts.findByDomain(place.domain);
  }

  /** A page with a domain of its own says that its address is there (RFC 6596). */
  async #nameDomain({ id }: HostRecord): Promise<void> {
    const domain = await this.parts.domains.of(id);
    if (domain === undefined) return;
    const port = /:\d+$/.exec(this.place.authority)?.[0] ?? '';
    this.res.setHeader(
      'Link',
      `<${this.#gate.scheme}://${domain}${port}${pathOf(this.req).replaceAll('>', '%3E')}>; rel="canonical"`,
    );
  }
}
