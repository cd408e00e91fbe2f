// cdn.tailwindcss.com, Tailwind's Play CDN for version 3. Its script is in no package of Tailwind's; it is made here of the compiler
// of the version that the address names. What needs no other version is made of the one that is installed with the relay.
import semver from 'semver';
import { PackageError, type PackageErrorCode } from '../../base/package-error.ts';
import { parseSpec } from '../../base/package-spec.ts';
import type { Registry } from '../../registry/registry.ts';
import { describeFailure } from '../../sources/build-failure.ts';
import type { CdnAnswer } from '../answer/answer.ts';
import { buildPlay, playBuildVersion } from './play-build.ts';
import { installedVersion, listDependencies, PlayPackages } from './play-packages.ts';

/** What `?plugins=` may name. */
const pluginNames = new Set(['forms', 'typography', 'aspect-ratio', 'container-queries', 'line-clamp']);
/** Another version is not to be had: the installed one is better than a page without styles. */
const unavailable = new Set<PackageErrorCode>([
  'PACKAGE_NOT_FOUND',
  'VERSION_NOT_FOUND',
  'OFFLINE_MISSING',
  'REGISTRY_REFUSED',
  'REGISTRY_UNREACHABLE',
  'REGISTRY_FAILED',
  'REGISTRY_TIMEOUT',
  'REGISTRY_RATE_LIMITED',
  'REGISTRY_INVALID_ANSWER',
]);

/**
 * `/`, `/3.4.17`, `/3.3`, `/?plugins=forms,typography@0.5.9`. The header `X-Tailwind-Version` says which version answered.
 * @throws PackageError when the address names no version of Tailwind 3, or a plugin cannot be had
 */
export async function answerTailwind(
  registry: Registry,
  path: string,
  search: URLSearchParams,
): Promise<CdnAnswer | undefined> {
  const asked = path.replace(/^\/+|\/+$/g, '');
  if (asked !== '' && !semver.validRange(asked)) return undefined;
  const version = await chooseVersion(registry, asked);
  const plugins = await choosePlugins(registry, search.get('plugins') ?? '');
  const named = [...plugins].map(([name, exact]) => `${name}@${exact}`);
  return {
    kind: 'content',
    type: 'text/javascript; charset=utf-8',
    lifetime: 'resolved',
    identity: `tailwindcss@${version} play ${playBuildVersion} ${named.join()}`,
    read: () => build(registry, version, plugins),
    isBuilt: true,
    source: `tailwindcss@${version}`,
    otherSources: () => listDependencies(registry, plugins),
    headers: { 'X-Tailwind-Version': version, 'Access-Control-Expose-Headers': 'X-Tailwind-Version' },
  };
}

async function chooseVersion(registry: Registry, asked: string): Promise<string> {
  const installed = installedVersion();
  if (asked === '' || semver.satisfies(installed, asked)) return installed;
  if (!semver.intersects(asked, '3'))
    throw new PackageError('VERSION_NOT_FOUND', { packageName: 'cdn.tailwindcss.com', range: asked });
  try {
    const version = semver.valid(asked) ?? (await registry.resolve('tailwindcss', asked));
    await registry.files('tailwindcss', version);
    return semver.major(version) === 3 ? version : installed;
  } catch (error) {
    if (error instanceof PackageError && unavailable.has(error.code)) return installed;
    throw error;
  }
}

/** Exact versions by name of the package, in the order in which they are named. */
async function choosePlugins(registry: Registry, asked: string): Promise<ReadonlyMap<string, string>> {
  const named = asked.split(',').map((plugin) => /^\s*([\w-]+)(?:@(.*?))?\s*$/.exec(plugin));
  const chosen = named.flatMap((match) => {
    const [, name = '', range = 'latest'] = match ?? [];
    return pluginNames.has(name) ? [[`@tailwindcss/${name}`, range] as const] : [];
  });
  const exact = chosen.map(async ([name, range]) => {
    const spec = parseSpec(name, range);
    return [name, await registry.resolve(spec.packageName, spec.range)] as const;
  });
  return new Map(await Promise.all(exact));
}

async function build(
  registry: Registry,
  version: string,
  plugins: ReadonlyMap<string, string>,
): Promise<string> {
  try {
    return await buildPlay(await PlayPackages.of(version, { registry, plugins }), [...plugins.keys()]);
  } catch (error) {
    if (error instanceof PackageError) throw error;
    // What the registry said is inside of what esbuild says.
    const { errors = [] } = error as { errors?: { detail?: unknown }[] };
    const cause = errors.map(({ detail }) => detail).find((detail) => detail instanceof PackageError);
    if (cause) throw cause;
    const facts = { packageName: 'tailwindcss', version, path: '/src' };
    throw new PackageError('BUILD_FAILED', facts, describeFailure(error));
  }
}
