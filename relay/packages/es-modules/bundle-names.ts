// Names under which bundles export what their files export: no two things of a package share one, and each thing has one.
import type { BundleExport } from './module-text.ts';

/** Gives out the names of bundles' exports: the same one for the same thing. */
export class BundleNames {
  readonly #byBundle = new Map<string, Map<string, BundleExport>>();
  #count = 0;

  /** @param name of an export; undefined for the function that loads a CommonJS file */
  name(bundle: string, file: string, name?: string): string {
    const known = this.#byBundle.get(bundle) ?? new Map<string, BundleExport>();
    this.#byBundle.set(bundle, known);
    const key = JSON.stringify([file, name]);
    const found = known.get(key) ?? {
      file,
      as: `$${(this.#count++).toString(36)}`,
      ...(name === undefined ? {} : { name }),
    };
    known.set(key, found);
    return found.as;
  }

  /** All that a bundle has to export, in the order in which it was asked for. */
  of(bundle: string): BundleExport[] {
    return [...(this.#byBundle.get(bundle)?.values() ?? [])];
  }
}
