// Opens the database: SQLite in the data folder, or PostgreSQL where several relays share one. Whoever opens it brings its tables up to date.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, Migrator, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { migrations } from './migrations.ts';
import type { StateTables } from './schema.ts';
import { busyTimeoutMs, openSqlite } from './sqlite-driver.ts';

export type Database = Kysely<StateTables>;

/** The database, open. */
export interface State {
  db: Database;
  kind: 'sqlite' | 'postgres';
  close(): Promise<void>;
}

/** State that cannot be opened; the message is for people. */
export class StateError extends Error {
  override name = 'StateError';
}

/** Below the data folder. */
export const stateFile = join('state', 'kit.db');

/** PostgreSQL's `bigint`; the numbers here are moments and sizes, which JavaScript has room for. */
const bigintType = 20;
const maxConnections = 10;
const connectTimeoutMs = 5_000;
const turnTimeoutMs = 30_000;
const turnPauseMs = 20;

/**
 * @param options `dataDir`: absolute; `databaseUrl`: `postgres://…`, or empty for SQLite
 * @throws StateError naming what cannot be opened, without its password
 */
export async function openState({
  dataDir,
  databaseUrl,
}: {
  dataDir: string;
  databaseUrl: string;
}): Promise<State> {
  const isPostgres = databaseUrl !== '';
  const place = isPostgres ? withoutPassword(databaseUrl) : join(dataDir, stateFile);
  try {
    const dialect = isPostgres ? await postgresDialect(databaseUrl) : await sqliteDialect(place);
    const db: Database = new Kysely<StateTables>({ dialect });
    const state: State = { db, kind: isPostgres ? 'postgres' : 'sqlite', close: () => db.destroy() };
    await migrate(state).catch(async (error) => {
      await db.destroy();
      throw error;
    });
    return state;
  } catch (error) {
    throw new StateError(`The state in ${place} cannot be opened: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function sqliteDialect(file: string): Promise<SqliteDialect> {
  await mkdir(join(file, '..'), { recursive: true });
  return new SqliteDialect({ database: await openSqlite(file) });
}

async function postgresDialect(connectionString: string): Promise<PostgresDialect> {
  const { default: pg } = await import('pg');
  const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format: never) =>
    oid === bigintType ? Number : pg.types.getTypeParser(oid, format)) as never;
  return new PostgresDialect({
    pool: new pg.Pool({
      connectionString,
      max: maxConnections,
      connectionTimeoutMillis: connectTimeoutMs,
      types: { getTypeParser },
    }),
  });
}

/** Of several relays that start at once, one brings the tables up to date, and the others find them so. */
async function migrate({ db, kind }: State): Promise<void> {
  const isPostgres = kind === 'postgres';
  const run = async (database: Database) => {
    const { error } = await new Migrator({
      db: database,
      provider: migrations(isPostgres),
    }).migrateToLatest();
    if (error) throw error;
  };
  // With PostgreSQL, Kysely's migrator holds a lock of the database's own.
  if (isPostgres) return run(db);
  await db.connection().execute(async (connection) => {
    await beginAlone(connection);
    try {
      await run(connection);
      await sql`COMMIT`.execute(connection);
    } catch (error) {
      await sql`ROLLBACK`.execute(connection);
      throw error;
    }
  });
}

/** Waits its turn without holding up the process, as SQLite's own time-out would. @throws Error of SQLite when it takes too long */
async function beginAlone(connection: Database): Promise<void> {
  const deadline = Date.now() + turnTimeoutMs;
  await sql`PRAGMA busy_timeout = 0`.execute(connection);
  for (;;) {
    try {
      await sql`BEGIN IMMEDIATE`.execute(connection);
      await sql`PRAGMA busy_timeout = ${sql.lit(busyTimeoutMs)}`.execute(connection);
      return;
    } catch (error) {
      if (!/busy|locked/i.test((error as Error).message) || Date.now() > deadline) throw error;
      await sleep(turnPauseMs);
    }
  }
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return 'DATABASE_URL';
  const url = new URL(address);
  if (url.password) url.password = '…';
  return decodeURI(url.href);
}
