// Transactions that write what depends on what is there: one after the other, whichever process they are of, and each whole or not at all.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { busyTimeoutMs } from './sqlite-driver.ts';

const turnTimeoutMs = 30_000;
const turnPauseMs = 20;
/** PostgreSQL's lock is a number that all who take part agree on. */
const lockNumber = 1_013;

/**
 * @param work writes by what it is given; once it has thrown, nothing of it is there
 * @throws what `work` throws, or the database
 */
export function writeAlone<Tables, Result>(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  if (db.getExecutor().adapter instanceof PostgresAdapter)
    return db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(transaction);
      return work(transaction);
    });
  return db.connection().execute(async (connection) => {
    await beginAlone(connection);
    try {
      const result = await work(connection);
      await sql`COMMIT`.execute(connection);
      return result;
    } catch (error) {
      // SQLite itself has rolled back where the disk was full.
      await sql`ROLLBACK`.execute(connection).catch(() => {});
      throw error;
    }
  });
}

/** Waits its turn without holding up the process, as SQLite's own time-out would. @throws Error of SQLite when it takes too long */
async function beginAlone<Tables>(connection: Kysely<Tables>): Promise<void> {
  const deadline = Date.now() + turnTimeoutMs;
  await sql`PRAGMA busy_timeout = 0`.execute(connection);
  try {
    for (;;) {
      try {
        await sql`BEGIN IMMEDIATE`.execute(connection);
        return;
      } catch (error) {
        if (!/busy|locked/i.test((error as Error).message) || Date.now() > deadline) throw error;
        await sleep(turnPauseMs);
      }
    }
  } finally {
    await sql`PRAGMA busy_timeout = ${sql.lit(busyTimeoutMs)}`.execute(connection);
  }
}
