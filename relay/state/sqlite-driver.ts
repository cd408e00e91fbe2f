// SQLite for Kysely, by a library with the interface of Node's own `node:sqlite`, which Node 20 does not have yet.
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { LRUCache } from 'lru-cache';

/** How long a statement waits while another process writes, in milliseconds. */
export const busyTimeoutMs = 5_000;

/** Statements are prepared once. */
const maxStatements = 300;

const pragmas = [
  `PRAGMA busy_timeout = ${busyTimeoutMs}`,
  // Readers and one writer at the same time, and other processes on the same file: https://www.sqlite.org/wal.html
  'PRAGMA journal_mode = WAL',
  // What was acknowledged survives a power cut.
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
];

/**
 * Opens or creates a database file.
 * @param file absolute path; its folder has to be there
 * @throws Error of SQLite when the file is none, or cannot be written
 */
export async function openSqlite(file: string): Promise<SqliteDatabase> {
  // Loaded only where there is state: it brings a native library along.
  const { DatabaseSync } = await import('@photostructure/sqlite');
  const database = new DatabaseSync(file);
  try {
    for (const pragma of pragmas) database.exec(pragma);
  } catch (error) {
    database.close();
    throw error;
  }
  const statements = new LRUCache<string, SqliteStatement>({ max: maxStatements });
  function prepare(text: string): SqliteStatement {
    const statement = database.prepare(text);
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...(parameters as never[])),
      iterate: (parameters) => statement.iterate(...(parameters as never[])),
      run: (parameters) => statement.run(...(parameters as never[])),
    };
  }
  return {
    close() {
      statements.clear();
      database.close();
    },
    prepare(text) {
      const known = statements.get(text);
      if (known) return known;
      const made = prepare(text);
      statements.set(text, made);
      return made;
    },
  };
}
