// github.com/lit/dist: Lit in one file, which its makers publish on GitHub only (https://lit.dev/docs/getting-started/#use-bundles).
// Here they are the modules of the npm package, so that a page has one Lit, however it is loaded.
import { textAnswer } from '../../answers/content-answer.ts';
import type { EsModules } from '../../es-modules/es-modules.ts';
import type { CdnAnswer } from '../answer/answer.ts';
import { moduleOrigin } from '../modules/module-answer.ts';
import { type GithubAddress, rangeOf } from './github-address.ts';

/** What the bundles of all have beside the core: the directives, and static templates under names of their own. */
const parts = /^\/(?:async-directive|directive-helpers|directive|directives\/[a-z-]+)\.js$/;
const staticNames = 'html as staticHtml, svg as staticSvg, literal, unsafeStatic, withStatic';

/**
 * The bundle as a module.
 * @returns undefined for what is no bundle of Lit
 * @throws PackageError
 */
export async function answerLitBundle(
  esModules: EsModules,
  { owner, repository, ref, file }: GithubAddress,
): Promise<CdnAnswer | undefined> {
  const [, bundle] = /^(?:core|all)\/lit-(core|all)(?:\.min)?\.js$/.exec(file) ?? [];
  const range = rangeOf(ref);
  if (`${owner}/${repository}` !== 'lit/dist' || bundle === undefined || range === undefined)
    return undefined;
  const { asked } = esModules.parts;
  const version = await asked.resolve('lit', range);
  const addressOf = async (subpath: string): Promise<string> => {
    const { address } = await esModules.entry({ name: 'lit', range: version, subpath });
    return JSON.stringify(moduleOrigin + address);
  };
  const lines = [`export * from ${await addressOf('.')};`];
  if (bundle === 'all') {
    const files = (await (await asked.files('lit', version)).list()).map(({ path }) => path);
    const own = files.filter((path) => parts.test(path)).map((path) => addressOf(`.${path}`));
    lines.push(...(await Promise.all(own)).map((address) => `export * from ${address};`));
    lines.push(`export { ${staticNames} } from ${await addressOf('./static-html.js')};`);
  }
  return textAnswer(`${lines.join('\n')}\n`, {
    type: 'text/javascript; charset=utf-8',
    lifetime: version === range ? 'immutable' : 'resolved',
    source: `lit@${version}`,
    file: '/index.js',
  });
}
