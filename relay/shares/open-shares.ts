// Puts state, hosts and shares together, when they are first needed: a relay that only shows previews opens no database.
import { access as canAccess } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiTokens } from '../hosts/api-tokens.ts';
import { type ForeignTokenSettings, ForeignTokens } from '../hosts/foreign-tokens.ts';
import { HostAccess } from '../hosts/host-access.ts';
import { HostDomains } from '../hosts/host-domains.ts';
import type { HostRecord } from '../hosts/host-record.ts';
import { HostRegistry } from '../hosts/host-registry.ts';
import { HostReports } from '../hosts/host-reports.ts';
import { HostTokens } from '../hosts/host-tokens.ts';
import { OwnerSessions } from '../hosts/owner-sessions.ts';
import { PasswordGate } from '../hosts/password-gate.ts';
import { RecordedTokens } from '../hosts/recorded-tokens.ts';
import { ViewCounts } from '../hosts/view-counts.ts';
import type { PackageLog } from '../packages/base/package-log.ts';
import { BlobStore } from '../state/blob-store.ts';
import { openState, type State, stateFile } from '../state/state.ts';
import { blobsFolder } from '../state/state-backup.ts';
import type { PageCamera } from './page-camera.ts';
import { ShareAnswers } from './share-answers.ts';
import type { ShareLimits } from './share-archive.ts';
import type { ReactPageMaker } from './share-pages.ts';
import { ShareService } from './share-service.ts';
import { type ShareQuota, ShareVersions, type VersionRecord } from './share-versions.ts';
import { VersionPictures } from './version-pictures.ts';

/** Everything about shares, open. */
export interface OpenShares {
  state: State;
  hosts: HostRegistry;
  domains: HostDomains;
  tokens: HostTokens;
  links: RecordedTokens;
  apiTokens: ApiTokens;
  access: HostAccess;
  versions: ShareVersions;
  answers: ShareAnswers;
  passwords: PasswordGate;
  views: ViewCounts;
  /** Of people who manage their pages. */
  owners: OwnerSessions;
  reports: HostReports;
  pictures: VersionPictures;
  service: ShareService;
}

export interface SharesSettings {
  /** Absolute. */
  dataDir: string;
  /** Empty for SQLite. */
  databaseUrl: string;
  /** Hash of LibreChat's token, '' for none; undefined where that is not known, as in commands, which then change nothing. */
  chatToken?: string;
  limits: ShareLimits;
  quota: ShareQuota;
  /** How long a deleted share can be restored, in milliseconds. */
  graceMs: number;
  makeReactPage: ReactPageMaker;
  /** Whose tokens open private shares besides the kit's own; undefined for nobody's. */
  foreignTokens?: ForeignTokenSettings | undefined;
  /** Ends what {@link makeReactPage} started. */
  closePages?: () => Promise<void>;
  /** Takes pictures of public pages; undefined for none. */
  camera?: PageCamera;
  log: PackageLog;
}

const sweepEveryMs = 3_600_000;

/** See the head of this file. */
export class LazyShares {
  #opening: Promise<OpenShares> | undefined;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(readonly settings: SharesSettings) {}

  /** The state, made where there is none. @throws StateError; the next call tries again */
  open(): Promise<OpenShares> {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** The state where there is one: visitors of addresses that never were make no database. @throws StateError */
  async openExisting(): Promise<OpenShares | undefined> {
    if (this.#opening) return this.#opening;
    const { dataDir, databaseUrl } = this.settings;
    const isThere = databaseUrl !== '' || (await isReadable(join(dataDir, stateFile)));
    return isThere ? this.open() : undefined;
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    const open = await this.#opening?.catch(() => undefined);
    await this.settings.camera?.close();
    await open?.views.flush();
    await open?.state.close();
    await this.settings.closePages?.();
  }

  async #open(): Promise<OpenShares> {
    const { settings } = this;
    const state = await openState(settings);
    const { db } = state;
    const hosts = new HostRegistry(db);
    const tokens = new HostTokens(db);
    const blobs = new BlobStore(join(settings.dataDir, blobsFolder));
    const versions = new ShareVersions({ db, blobs, quota: settings.quota });
    const apiTokens = new ApiTokens(db);
    if (settings.chatToken !== undefined) await apiTokens.keepForChat(settings.chatToken);
    const pictures = new VersionPictures({ db, blobs, camera: settings.camera });
    const service = new ShareService({
      ...settings,
      db,
      hosts,
      tokens,
      versions,
      onShown: (host, version) => this.#picture(pictures, host, version),
    });
    this.#sweeping = setInterval(() => void this.#sweep(service), sweepEveryMs).unref();
    return {
      state,
      hosts,
      domains: new HostDomains(db),
      tokens,
      links: new RecordedTokens(tokens),
      apiTokens,
      access: new HostAccess(
        tokens,
        settings.foreignTokens && new ForeignTokens(settings.foreignTokens, settings.log),
      ),
      versions,
      answers: new ShareAnswers(versions),
      passwords: new PasswordGate(),
      views: new ViewCounts(hosts, settings.log),
      owners: new OwnerSessions(db),
      reports: new HostReports(db),
      pictures,
      service,
    };
  }

  /** In the background, so that a link that is posted at once has its picture. */
  #picture(pictures: VersionPictures, host: HostRecord, version: VersionRecord): void {
    if (host.visibility !== 'public') return;
    pictures.of(host, version).catch((err) => {
      this.settings.log.warn({ err, name: host.name }, 'the picture of a page could not be kept');
    });
  }

  async #sweep(service: ShareService): Promise<void> {
    try {
      const removed = await service.sweep();
      if (removed.shares + removed.files > 0) this.settings.log.info(removed, 'deleted shares were removed');
    } catch (err) {
      this.settings.log.warn({ err }, 'deleted shares could not be removed; it is tried again in an hour');
    }
  }
}

function isReadable(file: string): Promise<boolean> {
  return canAccess(file).then(
    () => true,
    () => false,
  );
}
