// What the API tells of shares. Shapes only; moments are in ISO 8601, UTC.

export interface ShareView {
  name: string;
  title: string;
  url: string;
  owner: string;
  visibility: 'public' | 'private' | 'password' | 'signed-in';
  /** The one that is shown; null where there is none. */
  version: number | null;
  /** Whether it stays the one that is shown when there is a newer one. */
  pinned: boolean;
  bytes: number;
  bar: boolean;
  publisher: string;
  download: boolean;
  index: boolean;
  embedOrigins: string[];
  egress: string[];
  createdAt: string;
  updatedAt: string;
  expiresAt: string | null;
  unpublishedAt: string | null;
  deletedAt: string | null;
  disabledAt: string | null;
}

export interface VersionView {
  number: number;
  bytes: number;
  createdAt: string;
}

export interface TokenView {
  tokenId: string;
  tokenPrefix: string;
  label: string;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  uses: number;
  maxUses: number | null;
}

export interface ReportView {
  id: string;
  name: string;
  title: string;
  owner: string;
  reason: string;
  message: string;
  createdAt: string;
  disabledAt: string | null;
}

/** Views of one day, `2026-11-28`, in UTC. */
export interface DayView {
  day: string;
  views: number;
}
