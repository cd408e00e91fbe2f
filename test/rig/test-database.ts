// Which database a test's state is kept in: SQLite, unless another test runs the same cases with databases of its own
// (test/deploy/postgres.test.ts).

type MakeDatabase = () => Promise<string>;

let makeDatabase: MakeDatabase | undefined;
const known = new Map<string, Promise<string>>();

/** @param make gives the address of a new, empty database; undefined for SQLite again */
export function useDatabases(make: MakeDatabase | undefined): void {
  makeDatabase = make;
  known.clear();
}

/** @returns `DATABASE_URL` for a data folder, the same each time; empty for SQLite */
export async function testDatabaseUrl(dataDir: string): Promise<string> {
  if (!makeDatabase) return '';
  const url = known.get(dataDir) ?? makeDatabase();
  known.set(dataDir, url);
  return url;
}
