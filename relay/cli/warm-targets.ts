// Turns the arguments of `npm run warm` into a plan: packages, artifact files and CDN addresses beside LibreChat's own sets.
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { UsageError } from '../flags.ts';
import { PackageError } from '../packages/base/package-error.ts';
import { parseSpec } from '../packages/base/package-spec.ts';
import {
  planPackages,
  planPage,
  planReactArtifact,
  planStandardSets,
  type WarmPlan,
  type WarmSet,
} from '../packages/upkeep/warm/warm-plan.ts';

const code = new Set(['.tsx', '.jsx', '.ts', '.js', '.mjs']);
const pages = new Set(['.html', '.htm', '.svg', '.md']);

/**
 * @param targets packages, paths of artifact files, `https:` addresses
 * @param options `standard`: LibreChat's own sets and files too, or of the sets only those named by `sets`;
 *   `base`: what those are, for tests
 * @throws UsageError naming the target that cannot be read
 */
export async function planTargets(
  targets: string[],
  options: {
    standard: boolean;
    sets?: string[] | undefined;
    packagesFile?: string | undefined;
    base?: WarmPlan;
  },
): Promise<WarmPlan> {
  const base = options.base ?? planStandardSets();
  const plan: WarmPlan = options.standard
    ? { sets: [...base.sets], files: [...base.files] }
    : { sets: [], files: [] };
  if (options.sets !== undefined) Object.assign(plan, { sets: chooseSets(base, options.sets), files: [] });
  const packages: Record<string, string> = {};
  if (options.packagesFile !== undefined)
    Object.assign(packages, await readPackagesFile(options.packagesFile));
  for (const target of targets) {
    const extension = extname(target).toLowerCase();
    if (/^https?:\/\//.test(target)) plan.files.push(target);
    else if (pages.has(extension)) plan.files.push(...planPage(await readText(target)));
    else if (code.has(extension) && !isPackage(target))
      plan.sets.push(...planReactArtifact(basename(target), await readText(target)));
    else Object.assign(packages, readSpec(target));
  }
  if (Object.keys(packages).length > 0) plan.sets.push(...planPackages(packages));
  return { sets: mergeSets(plan.sets), files: [...new Set(plan.files)] };
}

function chooseSets({ sets }: WarmPlan, names: string[]): WarmSet[] {
  return names.map((name) => {
    const found = sets.find((set) => set.name === name);
    const known = sets.map((set) => set.name).join(', ');
    if (!found) throw new UsageError(`There is no set “${name}”; LibreChat’s are ${known}.`);
    return found;
  });
}

/** `three.js` is a file, unless it says which version of a package it is. */
function isPackage(target: string): boolean {
  return /^(@[^/]+\/)?[^/@]+@/.test(target);
}

function readSpec(text: string): Record<string, string> {
  const [, name, range = 'latest'] = /^((?:@[^/@]+\/)?[^/@]+)(?:@(.+))?$/.exec(text) ?? [];
  try {
    if (name === undefined) throw new PackageError('INVALID_NAME', { packageName: text });
    parseSpec(name, range);
    return { [name]: range };
  } catch (error) {
    throw new UsageError(`“${text}” is neither a file nor a package: ${(error as Error).message}`);
  }
}

async function readPackagesFile(file: string): Promise<Record<string, string>> {
  const text = await readText(file);
  if (text.trimStart().startsWith('{')) {
    try {
      return (JSON.parse(text) as { dependencies?: Record<string, string> }).dependencies ?? {};
    } catch {
      throw new UsageError(`${file} is not valid JSON.`);
    }
  }
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return Object.assign({}, ...lines.filter(Boolean).map(readSpec));
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error) => {
    throw new UsageError(
      `${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    );
  });
}

/** Sets with the same dependencies are one set. */
function mergeSets(sets: WarmSet[]): WarmSet[] {
  const merged = new Map<string, WarmSet>();
  for (const set of sets) {
    const key = JSON.stringify(Object.entries(set.dependencies).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = merged.get(key);
    merged.set(
      key,
      known
        ? {
            ...known,
            specifiers: [...new Set([...known.specifiers, ...set.specifiers])],
            artifacts: [...known.artifacts, ...set.artifacts],
          }
        : set,
    );
  }
  return [...merged.values()];
}
