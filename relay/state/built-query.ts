// Queries of the hot path, built once: to build one takes longer than SQLite takes to answer it.
import type { CompiledQuery } from 'kysely';
import type { Database } from './state.ts';

/** See the head of this file. */
export class BuiltQuery<Row, Parameters extends readonly unknown[]> {
  #compiled: CompiledQuery<Row> | undefined;

  /** @param build with any values, in whose places the parameters of {@link first} come, in the order of the text */
  constructor(
    readonly db: Database,
    readonly build: (db: Database) => { compile(): CompiledQuery<Row> },
  ) {}

  /** @returns the first row; undefined when there is none */
  async first(...parameters: Parameters): Promise<Row | undefined> {
    this.#compiled ??= this.build(this.db).compile();
    const { rows } = await this.db.executeQuery<Row>({ ...this.#compiled, parameters });
    return rows[0];
  }
}
