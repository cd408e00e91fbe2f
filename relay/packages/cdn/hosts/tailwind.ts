// cdn.tailwindcss.com, Tailwind's Play CDN for version 3. Its script is not in the npm package `tailwindcss`; the package
// `tailwindcss-cdn` carries byte-for-byte copies of some versions, and the nearest of them answers.
import semver from 'semver';
import { fileAnswer } from '../../answers/content-answer.ts';
import { PackageError } from '../../base/package-error.ts';
import type { Registry } from '../../registry/registry.ts';
import type { CdnAnswer } from '../answer/answer.ts';

const packageName = 'tailwindcss-cdn';
/** What the package's files are called for a set of plugins; all of them where there is no exact match. */
const pluginFiles: Record<string, string> = {
  '': 'tailwindcss.js',
  'aspect-ratio': 'tailwindcss-with-aspect-ratio.js',
  'container-queries': 'tailwindcss-with-container-queries.js',
  forms: 'tailwindcss-with-forms.js',
  'line-clamp': 'tailwindcss-with-line-clamp.js',
  typography: 'tailwindcss-with-typography.js',
};

/**
 * `/`, `/3.4.17`, `/?plugins=forms,typography`. The header `X-Tailwind-Version` says which version answered.
 * @throws PackageError when the address names no version of Tailwind 3
 */
export async function answerTailwind(
  registry: Registry,
  path: string,
  search: URLSearchParams,
): Promise<CdnAnswer | undefined> {
  const asked = path.replace(/^\/+|\/+$/g, '');
  if (asked !== '' && !semver.validRange(asked)) return undefined;
  const files = await registry.files(packageName, await registry.resolve(packageName, 'latest'));
  const paths = new Set((await files.list()).map((file) => file.path));
  const plugins = (search.get('plugins') ?? '')
    .split(',')
    .map((plugin) => plugin.replace(/@.*$/, '').trim())
    .filter(Boolean);
  const file =
    (plugins.length > 1 ? undefined : pluginFiles[plugins[0] ?? '']) ?? 'tailwindcss-with-all-plugins.js';
  const versions = [...paths].flatMap((name) => /^\/(\d+\.\d+\.\d+)\//.exec(name)?.[1] ?? []);
  const candidates = [...new Set(versions)].filter((version) => paths.has(`/${version}/${file}`));
  const version = nearest(candidates, asked);
  if (version === undefined)
    throw new PackageError('VERSION_NOT_FOUND', { packageName: 'cdn.tailwindcss.com', range: asked });
  return {
    ...(await fileAnswer(files, `/${version}/${file}`, false)),
    headers: { 'X-Tailwind-Version': version, 'Access-Control-Expose-Headers': 'X-Tailwind-Version' },
  };
}

/** The highest version not above the one asked for, else the lowest above it; the newest when none is asked for. */
function nearest(versions: string[], asked: string): string | undefined {
  if (asked === '') return semver.rsort([...versions])[0];
  const wanted = semver.minVersion(asked)?.version ?? asked;
  const sameMajor = versions.filter((version) => semver.major(version) === semver.major(wanted));
  return (
    semver.rsort(sameMajor.filter((version) => semver.lte(version, wanted)))[0] ?? semver.sort(sameMajor)[0]
  );
}
