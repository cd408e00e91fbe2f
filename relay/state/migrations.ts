// How the tables came about, step by step, in both databases. A step that was released is never changed: the next one mends it.
import type { Kysely, Migration, MigrationProvider } from 'kysely';
import { sql } from 'kysely';

type Schema = Kysely<unknown>['schema'];

/** Text keys without a length: PostgreSQL and SQLite index both. */
async function createHosts(schema: Schema): Promise<void> {
  await schema
    .createTable('hosts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('settings', 'text', (column) => column.notNull())
    .addColumn('pinned_version', 'integer')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('unpublished_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .addColumn('disabled_at', 'bigint')
    .addColumn('disabled_reason', 'text')
    .execute();
  await schema.createIndex('hosts_by_owner').on('hosts').columns(['owner', 'updated_at', 'id']).execute();
  await schema.createIndex('hosts_by_deletion').on('hosts').column('deleted_at').execute();
  await schema
    .createTable('host_domains')
    .addColumn('domain', 'text', (column) => column.primaryKey())
    .addColumn('host_id', 'text', (column) => column.notNull().references('hosts.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('host_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('host_id', 'text', (column) => column.notNull().references('hosts.id').onDelete('cascade'))
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .addColumn('uses', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('max_uses', 'integer')
    .execute();
  await schema.createIndex('host_tokens_by_host').on('host_tokens').column('host_id').execute();
  await schema
    .createTable('host_sessions')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('host_id', 'text', (column) => column.notNull().references('hosts.id').onDelete('cascade'))
    .addColumn('token_id', 'text', (column) => column.references('host_tokens.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('host_sessions_by_token').on('host_sessions').column('token_id').execute();
  await schema.createIndex('host_sessions_by_host').on('host_sessions').column('host_id').execute();
  await schema.createIndex('host_sessions_by_expiry').on('host_sessions').column('expires_at').execute();
  await schema
    .createTable('host_views')
    .addColumn('host_id', 'text', (column) => column.notNull().references('hosts.id').onDelete('cascade'))
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('views', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('host_views_key', ['host_id', 'day'])
    .execute();
}

async function createVersions(schema: Schema): Promise<void> {
  await schema
    .createTable('versions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('host_id', 'text', (column) => column.notNull().references('hosts.id').onDelete('cascade'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('manifest', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('versions_number', ['host_id', 'number'])
    .execute();
  await schema
    .createTable('version_blobs')
    .addColumn('version_id', 'text', (column) =>
      column.notNull().references('versions.id').onDelete('cascade'),
    )
    .addColumn('digest', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('version_blobs_key', ['version_id', 'digest'])
    .execute();
  await schema.createIndex('version_blobs_by_digest').on('version_blobs').column('digest').execute();
}

async function createAccounts(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  await db.schema
    .createTable('api_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .execute();
  await db.schema
    .createTable('audit')
    .addColumn('id', isPostgres ? 'bigserial' : 'integer', (column) =>
      isPostgres ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('at', 'bigint', (column) => column.notNull().defaultTo(sql`0`))
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    // Without a reference: what was done to a host outlives it.
    .addColumn('host_id', 'text')
    .addColumn('detail', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_by_host').on('audit').columns(['host_id', 'at']).execute();
}

async function createPages(schema: Schema): Promise<void> {
  await schema
    .createTable('owner_sessions')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('is_link', 'integer', (column) => column.notNull())
    .addColumn('is_operator', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('owner_sessions_by_expiry').on('owner_sessions').column('expires_at').execute();
  await schema
    .createTable('host_reports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('host_id', 'text', (column) => column.notNull().references('hosts.id').onDelete('cascade'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('closed_at', 'bigint')
    .execute();
  await schema
    .createIndex('host_reports_by_host')
    .on('host_reports')
    .columns(['host_id', 'closed_at'])
    .execute();
  await schema
    .createTable('version_pictures')
    .addColumn('version_id', 'text', (column) =>
      column.primaryKey().references('versions.id').onDelete('cascade'),
    )
    .addColumn('digest', 'text', (column) => column.notNull())
    .execute();
}

/** Steps by name, in the order of their names. */
export function migrations(isPostgres: boolean): MigrationProvider {
  const steps: Record<string, Migration> = {
    '001-hosts': {
      async up(db) {
        await createHosts(db.schema);
        await createVersions(db.schema);
        await createAccounts(db, isPostgres);
      },
    },
    '002-pages': { up: (db) => createPages(db.schema) },
  };
  return { getMigrations: async () => steps };
}
