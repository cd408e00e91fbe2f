// The tables of the kit's state, for SQLite and PostgreSQL alike. Moments are milliseconds since 1970; what did not happen yet is null.
import type { Generated } from 'kysely';

/** See the head of this file. */
export interface StateTables {
  hosts: HostTable;
  host_domains: HostDomainTable;
  host_tokens: HostTokenTable;
  host_sessions: HostSessionTable;
  host_views: HostViewTable;
  versions: VersionTable;
  version_blobs: VersionBlobTable;
  api_tokens: ApiTokenTable;
  audit: AuditTable;
  owner_sessions: OwnerSessionTable;
  host_reports: HostReportTable;
  version_pictures: VersionPictureTable;
}

/** A name that something answers at. */
export interface HostTable {
  id: string;
  /** The label in front of `-<base host>`. A deleted host keeps it until it is swept. */
  name: string;
  kind: 'share' | 'port';
  /** Who may change it: a user of LibreChat, or of an API token. */
  owner: string;
  title: string;
  visibility: Visibility;
  /** Of visibility `password`. */
  password_hash: string | null;
  /** JSON; what it holds is the business of the kind. */
  settings: string;
  /** The version that is shown: a number, or null for the newest. */
  pinned_version: number | null;
  created_at: number;
  updated_at: number;
  expires_at: number | null;
  unpublished_at: number | null;
  deleted_at: number | null;
  /** Set by the operator's kill switch. */
  disabled_at: number | null;
  disabled_reason: string | null;
}

/** Who may see a host. */
export type Visibility = 'public' | 'private' | 'password' | 'signed-in';

/** A whole host name of the operator's own. */
export interface HostDomainTable {
  domain: string;
  host_id: string;
  created_at: number;
}

/** Opens a private host. */
export interface HostTokenTable {
  id: string;
  host_id: string;
  /** SHA-256 in hexadecimal; the token itself is stored nowhere. */
  hash: string;
  /** The token's first characters, for lists. */
  prefix: string;
  label: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
  uses: number;
  max_uses: number | null;
}

/** A browser that was let in; its cookie holds what the hash is of. */
export interface HostSessionTable {
  hash: string;
  host_id: string;
  /** The token that let it in; null where a password did. */
  token_id: string | null;
  created_at: number;
  expires_at: number;
}

export interface HostViewTable {
  host_id: string;
  /** `2026-11-28`, in UTC. */
  day: string;
  views: number;
}

/** One published state of a share; never changed. */
export interface VersionTable {
  id: string;
  host_id: string;
  /** Counted from 1 for each host. */
  number: number;
  /** Digest of the blob that lists its files. */
  manifest: string;
  /** Of all files together. */
  bytes: number;
  created_at: number;
}

/** Which blobs a version needs, so that what nobody needs can be swept. */
export interface VersionBlobTable {
  version_id: string;
  digest: string;
}

export interface ApiTokenTable {
  id: string;
  hash: string;
  prefix: string;
  label: string;
  /** Separated by spaces. */
  scopes: string;
  /** Whose hosts it may change; null where the caller says for whom it acts. */
  owner: string | null;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
}

/** Who did what; never changed. */
export interface AuditTable {
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  host_id: string | null;
  /** JSON, without secrets. */
  detail: string;
}

/** A person who manages pages: the link that lets one in once, or the browser that came by it. */
export interface OwnerSessionTable {
  /** SHA-256 in hexadecimal of what the link or the cookie holds. */
  hash: string;
  owner: string;
  /** 1 for a link that was not used yet. */
  is_link: number;
  /** 1 where the operator let the person in as the operator. */
  is_operator: number;
  created_at: number;
  expires_at: number;
}

/** What a visitor says is wrong with a page. */
export interface HostReportTable {
  id: string;
  host_id: string;
  reason: string;
  message: string;
  created_at: number;
  /** When the operator was done with it. */
  closed_at: number | null;
}

/** What a version looks like, for links that others show. */
export interface VersionPictureTable {
  version_id: string;
  /** Of a blob; it is among `version_blobs`, too. */
  digest: string;
}
