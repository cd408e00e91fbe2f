// Opens the database: SQLite in the data folder, or PostgreSQL where several relays share one. Whoever opens it brings its tables up to date.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import { migrations } from './migrations.ts';
import { openPostgres } from './postgres-driver.ts';
import type { StateTables } from './schema.ts';
import { openSqlite } from './sqlite-driver.ts';
import { writeAlone } from './write-alone.ts';

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
    const dialect = isPostgres
      ? new PostgresDialect({ pool: await openPostgres(databaseUrl) })
      : await sqliteDialect(place);
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
  await writeAlone(db, run);
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return 'DATABASE_URL';
  const url = new URL(address);
  if (url.password) url.password = '…';
  return decodeURI(url.href);
}
