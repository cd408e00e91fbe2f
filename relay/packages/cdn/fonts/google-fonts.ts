// fonts.googleapis.com and fonts.gstatic.com, from the packages of Fontsource. Browsers of today all read woff2, so that is what there is.

import { fileAnswer, textAnswer } from '../../answers/content-answer.ts';
import { PackageError } from '../../base/package-error.ts';
import type { Registry } from '../../registry/registry.ts';
import type { CdnAnswer } from '../answer/answer.ts';
import { type FontQuery, type FontRequest, parseFontQuery } from './font-query.ts';
import { type FontFace, type FontFamily, findFamily, fontPackage } from './fontsource.ts';
import { iconClass } from './icon-class.ts';

/** Ours, not Google's: `/s/<form>/<id>@<version>/<file>`. */
const fileAddress = /^\/s\/(static|variable)\/([a-z\d-]+)@([^/@]+)\/([\w.[\]-]+\.woff2)$/;

/**
 * `/css2?family=…`, `/css?family=…`, `/icon?family=…`. A comment names the families and styles that are not there.
 * @throws PackageError FONT_NOT_FOUND when nothing is
 */
export async function answerFontSheet(
  registry: Registry,
  path: string,
  search: URLSearchParams,
): Promise<CdnAnswer | undefined> {
  const query = parseFontQuery(path, search);
  if (!query) return undefined;
  const found = await Promise.all(
    query.fonts.map(async (request) => ({ request, family: await findFamily(registry, request) })),
  );
  const missing = found.filter(({ family }) => !family?.faces.length).map(({ request }) => request.family);
  if (missing.length === found.length) throw nothingFound(registry, missing);
  const body = [
    ...missing.map((name) => `/* ${name}: not to be had from the npm packages of Fontsource */\n`),
    ...found.flatMap(({ request, family }) =>
      family?.faces.length ? formatFamily(family, request, query) : [],
    ),
  ];
  return textAnswer(body.join(''), {
    type: 'text/css; charset=utf-8',
    lifetime: 'resolved',
    source: sourceOf(found.flatMap(({ family }) => family ?? [])),
  });
}

/**
 * A file that such a stylesheet names.
 * @throws PackageError NOT_ON_NPM for the addresses of Google's own stylesheets, which say nothing about what they are
 */
export async function answerFontFile(registry: Registry, path: string): Promise<CdnAnswer | undefined> {
  const [, form, id = '', version = '', file = ''] = fileAddress.exec(path) ?? [];
  if (form === undefined && path.startsWith('/s/'))
    throw new PackageError('NOT_ON_NPM', { address: `https://fonts.gstatic.com${path}` });
  if (form !== 'static' && form !== 'variable') return undefined;
  return fileAnswer(await registry.files(fontPackage(form, id), version), `/files/${file}`, true);
}

/** The packages that faces are from. */
function sourceOf(families: FontFamily[]): string {
  const packages = families.flatMap(({ id, faces }) =>
    faces.map(({ form, version }) => `${fontPackage(form, id)}@${version}`),
  );
  return [...new Set(packages)].join(', ');
}

function nothingFound({ offline }: Registry, families: string[]): PackageError {
  return offline
    ? new PackageError('OFFLINE_MISSING', { packageName: `The font ${families.join(', ')}` })
    : new PackageError('FONT_NOT_FOUND', { packageName: families.join(', ') });
}

function formatFamily(family: FontFamily, request: FontRequest, query: FontQuery): string[] {
  return [...family.faces.map((face) => formatFace(family, face, query)), iconClass(family, request)];
}

function formatFace({ id, name }: FontFamily, face: FontFace, { display }: FontQuery): string {
  const { form, version, file } = face;
  const address = `https://fonts.gstatic.com/s/${form}/${id}@${version}/${file}`;
  const descriptors: Record<string, string | undefined> = {
    'font-family': `'${name}'`,
    'font-style': face.style,
    'font-weight': face.weight,
    'font-stretch': face.stretch,
    'font-display': display,
    src: `url(${address}) format('woff2')`,
    'unicode-range': face.unicodeRange,
  };
  const lines = Object.entries(descriptors).flatMap(([property, value]) =>
    value === undefined ? [] : [`  ${property}: ${value};\n`],
  );
  return `/* ${face.title} */\n@font-face {\n${lines.join('')}}\n`;
}
