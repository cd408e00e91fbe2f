// Names under which chunks export what their files export: no two things of a package share one, and each thing has one.
import type { ChunkExport } from './module-text.ts';

/** Gives out the names of chunks' exports: the same one for the same thing. */
export class ChunkNames {
  readonly #byChunk = new Map<string, Map<string, ChunkExport>>();
  #count = 0;

  /** @param name of an export; undefined for the function that loads a CommonJS file */
  name(chunk: string, file: string, name?: string): string {
    const known = this.#byChunk.get(chunk) ?? new Map<string, ChunkExport>();
    this.#byChunk.set(chunk, known);
    const key = JSON.stringify([file, name]);
    const found = known.get(key) ?? {
      file,
      as: `$${(this.#count++).toString(36)}`,
      ...(name === undefined ? {} : { name }),
    };
    known.set(key, found);
    return found.as;
  }

  /** All that a chunk has to export, in the order in which it was asked for. */
  of(chunk: string): ChunkExport[] {
    return [...(this.#byChunk.get(chunk)?.values() ?? [])];
  }
}
