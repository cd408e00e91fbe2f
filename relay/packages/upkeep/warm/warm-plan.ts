// What to have in the store before it is asked for: dependency sets with the imports to build, and files of CDNs.
// Pure; the warm command makes a plan from its arguments, the warmer carries it out.
import { findImports } from '../../../shared/imports.ts';
import { artifactSets, type DependencySet, type StandardSetName } from '../../../shared/standard-sets.ts';
import { splitSpecifier } from '../../base/specifier.ts';
import { reactArtifactFiles } from '../../sets/librechat-files.ts';
import { isBuiltin } from '../../sources/node-builtins.ts';

/** One dependency set to prepare. */
export interface WarmSet {
  /** For people and for the set's pin. */
  name: string;
  /** Ranges as the frame asks for them, without the bundler's own additions. */
  dependencies: DependencySet;
  /** Those of `dependencies` that are the operator's wish: one that cannot be had is left out, and the rest is prepared. */
  added: readonly string[];
  /** Specifiers that may be imported, in any combination. */
  specifiers: readonly string[];
  /** Known artifacts; their answers are finished and kept. */
  artifacts: readonly KnownArtifact[];
}

/** An artifact as both engines see it. */
export interface KnownArtifact {
  /** All that the bundler will be asked for, in the set's own tree. */
  imports: readonly string[];
  /** What the native engine compiles: text by absolute path. LibreChat's own files are reduced to their imports. */
  files: Readonly<Record<string, string>>;
  /** Ranges that the client declares; it knows nothing of what an artifact imports beyond LibreChat's set. */
  declared: DependencySet;
}

/** Everything to prepare. */
export interface WarmPlan {
  sets: WarmSet[];
  /** Absolute addresses of files on CDNs that the kit answers for. */
  files: string[];
}

const three = (path: string): string[] => [
  `three/addons/${path}.js`,
  `three/examples/jsm/${path}.js`,
  `three/examples/jsm/${path}`,
];

/** Entries beside the main one that models write often. */
const commonSubpaths: Readonly<Record<string, readonly string[]>> = {
  three: [
    'controls/OrbitControls',
    'controls/PointerLockControls',
    'controls/TrackballControls',
    'controls/TransformControls',
    'environments/RoomEnvironment',
    'geometries/RoundedBoxGeometry',
    'geometries/TextGeometry',
    'libs/stats.module',
    'loaders/FontLoader',
    'loaders/GLTFLoader',
    'objects/Sky',
    'objects/Water',
    'postprocessing/EffectComposer',
    'postprocessing/OutputPass',
    'postprocessing/RenderPass',
    'postprocessing/UnrealBloomPass',
    'renderers/CSS2DRenderer',
    'utils/BufferGeometryUtils',
  ].flatMap(three),
  'date-fns': ['date-fns/locale'],
  'react-day-picker': ['react-day-picker/style.css', 'react-day-picker/dist/style.css'],
};

/** An artifact that imports nothing but React. */
export const plainCode = 'export default () => <p />;';

/** Files that LibreChat’s own pages load, at the versions it pins (0.8.x); what every preview loads first. */
export const libreChatCdnFiles = [
  'https://cdn.tailwindcss.com/3.4.17',
  'https://cdn.tailwindcss.com/',
  // What models add to it.
  'https://cdn.tailwindcss.com/?plugins=forms,typography,aspect-ratio,container-queries,line-clamp',
  'https://cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js',
  'https://cdn.jsdelivr.net/npm/jszip@3.10.1/dist/jszip.min.js',
  'https://cdn.jsdelivr.net/npm/docx-preview@0.3.7/dist/docx-preview.min.js',
  'https://cdn.jsdelivr.net/npm/pptx-preview@1.0.7/dist/pptx-preview.umd.js',
  // Before October 2025.
  'https://unpkg.com/@tailwindcss/ui/dist/tailwind-ui.min.css',
];

/** A set whose every direct dependency may be imported. */
export function planSet(name: string, dependencies: DependencySet): WarmSet {
  const specifiers = Object.keys(dependencies).flatMap((dependency) => [
    dependency,
    ...(commonSubpaths[dependency] ?? []),
  ]);
  return { name, dependencies, added: [], specifiers, artifacts: [] };
}

/** What LibreChat's own artifacts need. */
export function planStandardSets(): WarmPlan {
  const names = Object.keys(artifactSets) as StandardSetName[];
  const sets = names.map((name) => planSet(name, artifactSets[name]));
  const isReact = ({ name }: WarmSet): boolean => reactSets.some((base) => base === name);
  const withPlain = sets.map((set) =>
    isReact(set) ? { ...set, artifacts: [knownArtifact(set.dependencies, plainCode)] } : set,
  );
  return { sets: withPlain, files: [...libreChatCdnFiles] };
}

/**
 * Packages as an artifact would have them: each React set with these in addition.
 * @param packages name → range
 */
export function planPackages(packages: DependencySet): WarmSet[] {
  const added = Object.entries(packages).map(([name, range]) =>
    range === 'latest' ? name : `${name}@${range}`,
  );
  return reactSets.map((base) => ({
    name: `${base} + ${added.join(' ')}`,
    dependencies: { ...artifactSets[base], ...packages },
    added: Object.keys(packages),
    specifiers: Object.keys(packages),
    artifacts: [],
  }));
}

const reactSets = ['react-18', 'react-19'] as const satisfies StandardSetName[];

/**
 * A React artifact: the standard set, and what it imports beyond that at its latest version.
 * @param name the file's name, for people
 */
export function planReactArtifact(name: string, code: string): WarmSet[] {
  return reactSets.map((base) => {
    const known = artifactSets[base];
    const artifact = knownArtifact(known, code);
    const { imports } = artifact;
    const names = imports
      .filter((specifier) => !isBuiltin(specifier))
      .map((specifier) => splitSpecifier(specifier).name);
    const unknown = [...new Set(names)].filter((dependency) => known[dependency] === undefined);
    return {
      name: unknown.length > 0 ? `${base} + ${unknown.join(' ')} (${name})` : base,
      dependencies: { ...Object.fromEntries(unknown.map((dependency) => [dependency, 'latest'])), ...known },
      added: unknown,
      specifiers: imports,
      artifacts: [artifact],
    };
  });
}

/** A React artifact of LibreChat's, with the ranges that LibreChat declares. */
export function knownArtifact(declared: DependencySet, code: string): KnownArtifact {
  const modules = reactArtifactFiles(code);
  const sources = Object.entries(modules).map(([path, { code: text }]) => [path, text] as const);
  return { imports: findImports(modules), files: Object.fromEntries(sources), declared };
}

/** The files that a page (HTML, SVG or Markdown) loads from elsewhere: scripts, styles, images; links are not followed. */
export function planPage(text: string): string[] {
  const tags =
    /<(?:script|link|img|image|source|use)\b[^>]*?\b(?:src|href)\s*=\s*["'](https?:\/\/[^"'\s<>]+)["']/gi;
  const modules = /(?:\bfrom|\bimport)\s*\(?\s*["'](https?:\/\/[^"'\s]+)["']/g;
  const found = [...text.matchAll(tags), ...text.matchAll(modules)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );
  return [...new Set(found)];
}
