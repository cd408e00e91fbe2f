// PostgreSQL for Kysely: a pool that outlives the server's absence. Nothing waits for ever, a lost connection ends no process, and one that
// does not answer is not used again.
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { PoolClient } from 'pg';

/** PostgreSQL's `bigint`; the numbers here are moments and sizes, which JavaScript has room for. */
const bigintType = 20;
const maxConnections = 10;
/** For a connection, a new one or one that is free again. */
const connectTimeoutMs = 5_000;
/** For the answer to a statement. */
const queryTimeoutMs = 10_000;

/** @param connectionString `postgres://…` */
export async function openPostgres(connectionString: string): Promise<PostgresPool> {
  const { default: pg } = await import('pg');
  const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format: never) =>
    oid === bigintType ? Number : pg.types.getTypeParser(oid, format)) as never;
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
    types: { getTypeParser },
  });
  // The next statement on that connection tells the same; without a listener the event would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const handles = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const handle = handles.get(client) ?? handleOf(client);
      handles.set(client, handle);
      return handle;
    },
    end: () => pool.end(),
  };
}

/** A client that is thrown away when it did not answer in time: the pool itself would hand it out again. */
function handleOf(client: PoolClient): PostgresPoolClient {
  let isStuck = false;
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      return await client.query(text, values as unknown[]);
    } catch (error) {
      isStuck ||= /timeout/i.test((error as Error).message);
      throw error;
    }
  };
  // Cursors, the other form of `query`, are not used.
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(isStuck) };
}
