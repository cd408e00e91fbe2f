// One package called `fixture`, built as ES modules and run.
import { writePackage } from './package-folder.ts';
import { type EsRunner, runnerFor } from './run-es-modules.ts';
import type { Exports } from './run-prebundle.ts';

type Files = Record<string, string>;

/**
 * Writes it and builds it.
 * @param fields package.json beside name and version
 * @param files content by path
 */
export async function fixture(fields: Record<string, unknown>, files: Files): Promise<EsRunner> {
  return runnerFor(await writePackage(fields, files));
}

/** The namespace of its main entry. */
export async function main(fields: Record<string, unknown>, files: Files): Promise<Exports> {
  return (await (await fixture(fields, files)).run('fixture'))[0];
}

/** Names that a namespace exports, in order. */
export const names = (exports: Exports): string[] => Object.keys(exports).sort();
