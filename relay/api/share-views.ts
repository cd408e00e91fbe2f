// Shares and tokens as the API and the MCP tools show them. Moments are in ISO 8601, UTC.
import type { DomainRecord } from '../hosts/host-domains.ts';
import type { ReportRecord } from '../hosts/host-reports.ts';
import type { TokenRecord } from '../hosts/host-tokens.ts';
import { tokenQuery } from '../hosts/visitor.ts';
import type { ReportView, ShareView, TokenView, VersionView } from '../shared/manage/views.ts';
import type { Share } from '../shares/share-service.ts';
import type { VersionRecord } from '../shares/share-versions.ts';

/** Where shares are, as browsers reach them: `https` and `preview.example.com`, with a port where it is not the scheme's own. */
export interface PublicPlace {
  scheme: string;
  authority: string;
}

/** The address of a share, without a token. */
export function addressOf(name: string, { scheme, authority }: PublicPlace): string {
  return `${scheme}://${name}-${authority}/`;
}

/** The address that opens a private share. */
export function linkOf(name: string, token: string, place: PublicPlace): string {
  return `${addressOf(name, place)}?${tokenQuery}=${token}`;
}

export function viewShare({ host, settings, shown }: Share, place: PublicPlace): ShareView {
  return {
    name: host.name,
    title: host.title,
    url: addressOf(host.name, place),
    owner: host.owner,
    visibility: host.visibility,
    version: shown?.number ?? null,
    pinned: host.pinned_version !== null,
    bytes: shown?.bytes ?? 0,
    ...settings,
    createdAt: moment(host.created_at),
    updatedAt: moment(host.updated_at),
    expiresAt: moment(host.expires_at),
    unpublishedAt: moment(host.unpublished_at),
    deletedAt: moment(host.deleted_at),
    disabledAt: moment(host.disabled_at),
  };
}

export function viewDomain({ domain, createdAt }: DomainRecord, { scheme, authority }: PublicPlace) {
  const port = /:\d+$/.exec(authority)?.[0] ?? '';
  return { domain, url: `${scheme}://${domain}${port}/`, createdAt: moment(createdAt) };
}

export function viewVersion({ number, bytes, created_at }: VersionRecord): VersionView {
  return { number, bytes, createdAt: moment(created_at) };
}

export function viewReport({ id, name, title, owner, reason, message, ...at }: ReportRecord): ReportView {
  return {
    id,
    name,
    title,
    owner,
    reason,
    message,
    createdAt: moment(at.created_at),
    disabledAt: moment(at.disabled_at),
  };
}

export function viewToken(record: TokenRecord): TokenView {
  return {
    tokenId: record.id,
    tokenPrefix: record.prefix,
    label: record.label,
    createdAt: moment(record.created_at),
    expiresAt: moment(record.expires_at),
    revokedAt: moment(record.revoked_at),
    lastUsedAt: moment(record.last_used_at),
    uses: record.uses,
    maxUses: record.max_uses,
  };
}

function moment<At extends number | null>(at: At): At extends number ? string : string | null;
function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
