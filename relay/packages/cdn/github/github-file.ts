// Files of GitHub repositories, from the npm packages that hold the same: by the table of repositories, or from the package of the
// repository's name, if its package.json says that it comes from there.
import { PackageError } from '../../base/package-error.ts';
import type { EsModules } from '../../es-modules/es-modules.ts';
import type { PackageJson } from '../../npm/packument.ts';
import type { Registry } from '../../registry/registry.ts';
import { type CdnAnswer, parseFileAddress } from '../answer/answer.ts';
import type { CdnFile } from '../answer/minified.ts';
import { openFromSources, type PackageSource } from '../libraries/package-source.ts';
import { answerModule } from '../modules/module-answer.ts';
import { type GithubAddress, rangeOf } from './github-address.ts';
import { githubRepositories } from './github-repositories.ts';
import { answerLitBundle } from './lit-bundles.ts';

const moduleEnd = '/+esm';

/**
 * The answer for a file of a repository; with `/+esm` at the end of an address of jsDelivr, as an ES module.
 * @param address what the artifact wrote, for the message
 * @throws PackageError NOT_ON_NPM when no package is known to hold that repository, or that commit
 */
export async function answerGithub(
  { registry, esModules }: { registry: Registry; esModules: EsModules },
  wanted: GithubAddress,
  address: string,
): Promise<CdnAnswer> {
  const isModule = wanted.file.endsWith(moduleEnd);
  const plain = isModule ? { ...wanted, file: wanted.file.slice(0, -moduleEnd.length) } : wanted;
  const bundle = await answerLitBundle(esModules, plain);
  if (bundle) return bundle;
  const file = await openGithubFile(registry, plain, address);
  if (!isModule) return file.answer();
  const { name, version } = file.files;
  return answerModule(esModules, { name, range: version, path: file.path });
}

/** The package's file for a file of a repository; throws as {@link answerGithub} does. */
export async function openGithubFile(
  registry: Registry,
  { owner, repository, ref, file }: GithubAddress,
  address: string,
): Promise<CdnFile> {
  const range = rangeOf(ref);
  if (range === undefined)
    throw new PackageError('NOT_ON_NPM', {
      address,
      instead: `npm has releases of a repository, and ${ref} is none`,
    });
  const key = `${owner}/${repository}`.toLowerCase();
  const places = Object.hasOwn(githubRepositories, key) ? githubRepositories[key] : undefined;
  if (places !== undefined) return openFromSources(registry, sourcesOf(places, range, file));
  const comesFrom = (packageJson: PackageJson) => repositoryOf(packageJson) === key;
  const guesses = guessPackages(owner, repository).map((packageName) => ({
    packageName,
    range,
    paths: [file],
    comesFrom,
  }));
  return openFromSources(registry, guesses).catch((error) => {
    // Only a package that comes from there is asked for the file.
    if (!(error instanceof PackageError) || error.status !== 404 || error.code === 'FILE_NOT_FOUND')
      throw error;
    throw new PackageError('NOT_ON_NPM', {
      address,
      instead: `it is on GitHub, and the kit knows no npm package of ${owner}/${repository} in that version`,
    });
  });
}

/** What the places of a repository's row mean for one file, in their order. */
export function sourcesOf(places: string, range: string, file: string): PackageSource[] {
  return places.split(' ').flatMap((place) => {
    const [inside, outside] = place.includes('=') ? place.split('=') : ['', place];
    const folder = new RegExp(`^${inside?.replace('*', '([^/]+)')}${inside && '/'}`);
    const match = folder.exec(file);
    const found = match && parseFileAddress((outside ?? '').replace('*', match[1] ?? ''));
    if (!found) return [];
    const rest = file.slice(match[0].length);
    const path = found.path === '' ? rest : `${found.path.slice(1)}/${rest}`;
    return [{ packageName: found.name, range, paths: [path] }];
  });
}

function guessPackages(owner: string, repository: string): string[] {
  const lower = repository.toLowerCase();
  const bare = lower.replace(/[.-]js$/, '');
  return [...new Set([lower, bare, `${bare}.js`, `${bare}js`, `@${owner.toLowerCase()}/${bare}`])];
}

/** `owner/repository` in lower case, of the forms that https://docs.npmjs.com/cli/configuring-npm/package-json#repository has. */
function repositoryOf({ repository }: PackageJson): string | undefined {
  const { url } = (typeof repository === 'object' ? repository : { url: repository }) as { url?: unknown };
  const [, key] =
    /^(?:github:|.*[/@]github\.com[/:])?([\w.-]+\/[\w.-]+?)(?:\.git)?(?:[#/].*)?$/i.exec(String(url ?? '')) ??
    [];
  return key?.toLowerCase();
}
