// Fonts of Google Fonts as Fontsource publishes them on npm: `@fontsource/<id>` has a file for each weight and style,
// `@fontsource-variable/<id>` one for several axes; both are cut into subsets by writing system (https://fontsource.org/docs).
import { PackageError } from '../../base/package-error.ts';
import type { Registry } from '../../registry/registry.ts';
import type { PackageFiles } from '../../store/package-files.ts';
import type { FontRequest, FontStyle } from './font-query.ts';

export type FontForm = 'static' | 'variable';

/** One `@font-face`, as the package's own stylesheet has it. */
export interface FontFace {
  form: FontForm;
  /** The package version. */
  version: string;
  /** Subset, weight and style, for people: `roboto-latin-400-normal`. */
  title: string;
  /** The woff2 file's name. */
  file: string;
  style: string;
  weight: string;
  stretch: string | undefined;
  unicodeRange: string | undefined;
}

/** What there is of a family. */
export interface FontFamily {
  id: string;
  /** As its makers write it. */
  name: string;
  /** In the order of the request, without duplicates. */
  faces: FontFace[];
}

const scopes: Readonly<Record<FontForm, string>> = {
  static: '@fontsource',
  variable: '@fontsource-variable',
};
/** What `standard.css` has besides the weight; `<axis>.css` has that axis and the weight, `full.css` has all. */
const standardAxes = new Set(['wdth', 'slnt', 'opsz']);

interface Metadata {
  family: string;
  variable: false | Axes;
}

type Axes = Readonly<Record<string, { min: string; max: string; default: string }>>;

/** Either package of a family, opened when it is needed; undefined when there is none. */
type OpenForm = (form: FontForm) => Promise<PackageFiles | undefined>;

/** The name of the package that has a family. */
export function fontPackage(form: FontForm, id: string): string {
  return `${scopes[form]}/${id}`;
}

/**
 * The faces of a family that exist, of those that are asked for.
 * @returns undefined when there is no such family
 * @throws PackageError when the registry fails
 */
export async function findFamily(
  registry: Registry,
  { family, styles }: FontRequest,
): Promise<FontFamily | undefined> {
  const id = family.toLowerCase().replace(/[ .]+/g, '-');
  const opened = new Map<FontForm, Promise<PackageFiles | undefined>>();
  const open: OpenForm = (form) => {
    const files = opened.get(form) ?? openForm(registry, form, id);
    opened.set(form, files);
    return files;
  };
  const faces = new Map<string, FontFace>();
  for (const style of styles)
    for (const face of await facesOf(open, style)) faces.set(`${face.weight} ${face.file}`, face);
  const any = (await opened.get('static')) ?? (await opened.get('variable'));
  if (!any) return undefined;
  return { id, name: (await readMetadata(any)).family.replace(/[^\w .-]/g, ''), faces: [...faces.values()] };
}

/** Without a registry, what is not stored is as good as not there. */
async function openForm(registry: Registry, form: FontForm, id: string): Promise<PackageFiles | undefined> {
  const name = fontPackage(form, id);
  try {
    return await registry.files(name, await registry.resolve(name, 'latest'));
  } catch (error) {
    const absent = ['PACKAGE_NOT_FOUND', 'OFFLINE_MISSING'];
    if (error instanceof PackageError && absent.includes(error.code)) return undefined;
    throw error;
  }
}

async function readMetadata(files: PackageFiles): Promise<Metadata> {
  return JSON.parse(String(await files.read('/metadata.json'))) as Metadata;
}

async function facesOf(open: OpenForm, style: FontStyle): Promise<FontFace[]> {
  const forms: FontForm[] = ['static', 'variable'];
  for (const form of (await needsVariable(open, style)) ? forms.reverse() : forms) {
    const files = await open(form);
    const faces = files && (await (form === 'static' ? staticFaces : variableFaces)(files, style));
    if (faces && faces.length > 0) return faces;
  }
  return [];
}

/** Whether one file has to serve for more than one value of an axis, or for one that is not the default. */
async function needsVariable(open: OpenForm, { weight, axes }: FontStyle): Promise<boolean> {
  const spans = Object.entries(axes).filter(([axis]) => axis !== 'opsz');
  if ([weight, ...Object.values(axes)].some(([from, to]) => from !== to)) return true;
  if (spans.length === 0) return false;
  const files = (await open('static')) ?? (await open('variable'));
  const known = (files && (await readMetadata(files)).variable) || {};
  return spans.some(([axis, [value]]) => Number(known[axis]?.default ?? value) !== value);
}

/** Every weight of a span that there is a file for. */
async function staticFaces(files: PackageFiles, { isItalic, weight }: FontStyle): Promise<FontFace[]> {
  const present = (await files.list()).flatMap(({ path }) => {
    const [, found, italic] = /^\/(\d+)(-italic)?\.css$/.exec(path) ?? [];
    const isWanted = Number(found) >= weight[0] && Number(found) <= weight[1];
    return isWanted && (italic !== undefined) === isItalic ? [path] : [];
  });
  const sheets = await Promise.all(present.map(async (path) => String(await files.read(path))));
  return sheets.flatMap((sheet) => readFaces('static', files.version, sheet));
}

async function variableFaces(
  files: PackageFiles,
  { isItalic, weight, axes }: FontStyle,
): Promise<FontFace[]> {
  const { wght: range } = (await readMetadata(files)).variable || ({} as Axes);
  if (range && (weight[1] < Number(range.min) || weight[0] > Number(range.max))) return [];
  const present = new Set((await files.list()).map(({ path }) => path));
  const path = sheetNames(Object.keys(axes))
    .map((name) => `/${name}${isItalic ? '-italic' : ''}.css`)
    .find((candidate) => present.has(candidate));
  if (path === undefined) return [];
  const faces = readFaces('variable', files.version, String(await files.read(path)));
  return faces.map((face) => ({
    ...face,
    weight: weight[0] === weight[1] ? `${weight[0]}` : weight.join(' '),
  }));
}

/** The stylesheets that have the axes, the smallest files first. */
function sheetNames(axes: readonly string[]): string[] {
  const names = axes.map((axis) => axis.toLowerCase());
  if (names.length === 0) return ['wght', 'index'];
  const isStandard = names.every((name) => standardAxes.has(name));
  return [
    ...(names.length === 1 ? names : []),
    ...(isStandard ? ['standard'] : []),
    'full',
    'standard',
    'wght',
    'index',
  ];
}

const face = /(?:\/\*\s*([\w[\]-]+)\s*\*\/\s*)?@font-face\s*\{([^}]*)\}/g;

/** The faces of one of the packages' stylesheets, which a tool writes. */
function readFaces(form: FontForm, version: string, sheet: string): FontFace[] {
  return [...sheet.matchAll(face)].flatMap(([, title = '', body = '']) => {
    const value = (name: string): string | undefined =>
      new RegExp(`${name}:\\s*([^;]+);`).exec(body)?.[1]?.trim();
    const file = /url\(['"]?\.\/files\/([\w.[\]-]+\.woff2)['"]?\)/.exec(body)?.[1];
    if (file === undefined) return [];
    return [
      {
        form,
        version,
        title,
        file,
        style: value('font-style') ?? 'normal',
        weight: value('font-weight') ?? '400',
        stretch: value('font-stretch'),
        unicodeRange: value('unicode-range'),
      },
    ];
  });
}
